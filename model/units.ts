/** Sizes and limits that the kernel fixes at compile time. */

/**
 * Number of buddy orders: a free block holds 1 << order pages, order 0 to 10.
 * @kernel v4.0 include/linux/mmzone.h MAX_ORDER
 */
export const MAX_ORDER = 11;

/**
 * Bits of a page's size: 4 KiB pages.
 * @kernel v4.0 arch/x86/include/asm/page_types.h PAGE_SHIFT
 */
export const PAGE_SHIFT = 12;

/**
 * The reclaim priority that a balancing run starts at: scan 1/4096 of a list. Lower numbers scan more.
 * @kernel v4.0 include/linux/mmzone.h DEF_PRIORITY
 */
export const DEF_PRIORITY = 12;

/**
 * The least number of pages that kswapd asks one zone for.
 * @kernel v4.0 include/linux/swap.h SWAP_CLUSTER_MAX
 */
export const SWAP_CLUSTER_MAX = 32;

/**
 * Orders above this one are costly: they are given up rather than reclaimed for at any price.
 * @kernel v4.0 include/linux/mmzone.h PAGE_ALLOC_COSTLY_ORDER
 */
export const PAGE_ALLOC_COSTLY_ORDER = 3;

/**
 * Runs in a row without progress after which kswapd gives a node up.
 * @kernel v4.19 mm/internal.h MAX_RECLAIM_RETRIES
 */
export const MAX_RECLAIM_RETRIES = 16;

/**
 * The order of a page block: 2 MiB, as large as a huge page.
 * @kernel v5.9 include/linux/pageblock-flags.h pageblock_order
 */
export const PAGEBLOCK_ORDER = 9;

/**
 * The balance gap is at most one part in this many of a zone's managed pages.
 * @kernel v4.0 include/linux/swap.h KSWAPD_ZONE_BALANCE_GAP_RATIO
 */
export const KSWAPD_ZONE_BALANCE_GAP_RATIO = 100;

/** Whole pages in a number of mebibytes. */
export const mebibytes = (count: number): number => (count * 1024 * 1024) / (1 << PAGE_SHIFT);
