/** What a request for pages allows and wants: flags that are or'ed, each with a bit of its own in every version. */
export type Gfp = number;

/**
 * The flags by the names that cases write: the kernel's, without `__GFP_`.
 * @kernel v5.9 include/linux/gfp.h ___GFP_DMA, ___GFP_HIGHMEM, ___GFP_DMA32, ___GFP_MOVABLE
 * @abstracts the bits' places: the kernel reuses them from version to version.
 */
export const GFP_BITS = {
  DMA: 1 << 0,
  HIGHMEM: 1 << 1,
  DMA32: 1 << 2,
  MOVABLE: 1 << 3,
  RECLAIMABLE: 1 << 4,
  HIGH: 1 << 5,
  IO: 1 << 6,
  FS: 1 << 7,
  NOWARN: 1 << 8,
  NOFAIL: 1 << 9,
  NORETRY: 1 << 10,
  MEMALLOC: 1 << 11,
  COMP: 1 << 12,
  ZERO: 1 << 13,
  NOMEMALLOC: 1 << 14,
  HARDWALL: 1 << 15,
  THISNODE: 1 << 16,
  WRITE: 1 << 17,
  /** The caller can wait: up to v4.3. */
  WAIT: 1 << 18,
  /** kswapd is not to be woken: up to v4.3. */
  NO_KSWAPD: 1 << 19,
  /** Up to v4.12, then RETRY_MAYFAIL. */
  REPEAT: 1 << 20,
  /** Up to v4.14. */
  COLD: 1 << 21,
  /** From v4.4 on, as are DIRECT_RECLAIM and KSWAPD_RECLAIM, which took the place of WAIT and NO_KSWAPD. */
  ATOMIC: 1 << 22,
  DIRECT_RECLAIM: 1 << 23,
  KSWAPD_RECLAIM: 1 << 24,
  RETRY_MAYFAIL: 1 << 25,
  ACCOUNT: 1 << 26,
} as const;
export type GfpName = keyof typeof GFP_BITS;
export const GFP_NAMES = Object.keys(GFP_BITS) as readonly GfpName[];

export const GFP_DMA = GFP_BITS.DMA;
export const GFP_HIGHMEM = GFP_BITS.HIGHMEM;
export const GFP_DMA32 = GFP_BITS.DMA32;
export const GFP_MOVABLE = GFP_BITS.MOVABLE;
export const GFP_RECLAIMABLE = GFP_BITS.RECLAIMABLE;
export const GFP_HIGH = GFP_BITS.HIGH;
export const GFP_IO = GFP_BITS.IO;
export const GFP_FS = GFP_BITS.FS;
export const GFP_NOFAIL = GFP_BITS.NOFAIL;
export const GFP_NORETRY = GFP_BITS.NORETRY;
export const GFP_MEMALLOC = GFP_BITS.MEMALLOC;
export const GFP_NOMEMALLOC = GFP_BITS.NOMEMALLOC;
export const GFP_HARDWALL = GFP_BITS.HARDWALL;
export const GFP_THISNODE = GFP_BITS.THISNODE;
export const GFP_WRITE = GFP_BITS.WRITE;
export const GFP_WAIT = GFP_BITS.WAIT;
export const GFP_NO_KSWAPD = GFP_BITS.NO_KSWAPD;
export const GFP_REPEAT = GFP_BITS.REPEAT;
export const GFP_ATOMIC = GFP_BITS.ATOMIC;
export const GFP_DIRECT_RECLAIM = GFP_BITS.DIRECT_RECLAIM;
export const GFP_KSWAPD_RECLAIM = GFP_BITS.KSWAPD_RECLAIM;
export const GFP_RETRY_MAYFAIL = GFP_BITS.RETRY_MAYFAIL;

/** The named flags, or'ed. */
export const gfpOf = (names: readonly GfpName[]): Gfp => names.reduce((gfp, name) => gfp | GFP_BITS[name], 0);

/**
 * Pages for files and user memory that can be moved, with high memory where there is any.
 * @kernel v4.0 include/linux/gfp.h GFP_HIGHUSER_MOVABLE
 */
const GFP_HIGHUSER_MOVABLE = gfpOf(['HIGHMEM', 'MOVABLE', 'WAIT', 'IO', 'FS', 'HARDWALL']);

/**
 * What a huge page is asked for with; also the flags by which a request for one is known.
 * @kernel v4.0 include/linux/gfp.h GFP_TRANSHUGE
 */
export const GFP_TRANSHUGE = GFP_HIGHUSER_MOVABLE | gfpOf(['COMP', 'NOMEMALLOC', 'NORETRY', 'NOWARN', 'NO_KSWAPD']);

/**
 * Pages of one node or none, at no cost: reclaim is left to the caller's next attempt.
 * @kernel v4.0 include/linux/gfp.h GFP_THISNODE
 */
export const GFP_THISNODE_ONLY = gfpOf(['THISNODE', 'NORETRY', 'NOWARN']);

/** The names of the flags that are set. */
export const describeGfp = (gfp: Gfp): readonly GfpName[] => GFP_NAMES.filter((name) => (gfp & GFP_BITS[name]) !== 0);
