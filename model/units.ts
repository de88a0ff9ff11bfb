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
 * The balance gap is at most one part in this many of a zone's managed pages.
 * @kernel v4.0 include/linux/swap.h KSWAPD_ZONE_BALANCE_GAP_RATIO
 */
export const KSWAPD_ZONE_BALANCE_GAP_RATIO = 100;

/** Whole pages in a number of mebibytes. */
export const mebibytes = (count: number): number => (count * 1024 * 1024) / (1 << PAGE_SHIFT);
