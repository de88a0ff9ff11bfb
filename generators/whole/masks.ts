import type { GfpName } from '../../model/index.ts';

/** A mask, by the names of its flags. */
export type Mask = readonly GfpName[];

interface Caller {
  /** It can wait for memory. */
  readonly waits: boolean;
  /** kswapd may be woken for it. */
  readonly wakes: boolean;
  readonly gfp: readonly GfpName[];
}

/** The masks that callers use; those of the last ones may make their callers wait for ever. */
const CALLERS: readonly Caller[] = [
  // GFP_KERNEL, and the pages of processes and files
  { waits: true, wakes: true, gfp: ['IO', 'FS'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE', 'WRITE'] },
  // GFP_ATOMIC, and the same where nothing is to be risked; GFP_NOWAIT
  { waits: false, wakes: true, gfp: ['HIGH', 'ATOMIC'] },
  { waits: false, wakes: true, gfp: ['HIGH', 'ATOMIC', 'NOMEMALLOC'] },
  { waits: false, wakes: true, gfp: ['ATOMIC'] },
  { waits: false, wakes: true, gfp: [] },
  // GFP_KERNEL | GFP_DMA, and a caller of high priority that waits
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'DMA'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'HIGH'] },
  // GFP_TRANSHUGE, and a huge page that is not worth the wait
  { waits: true, wakes: false, gfp: ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE', 'NORETRY'] },
  { waits: false, wakes: false, gfp: ['HIGHMEM', 'MOVABLE', 'NORETRY'] },
  // GFP_THISNODE, for those who wait and for those who do not care
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'THISNODE', 'NORETRY'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'THISNODE', 'NORETRY', 'NOWARN'] },
  // GFP_KERNEL | __GFP_RETRY_MAYFAIL: large buffers that are worth some trouble
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'RETRY_MAYFAIL'] },
  // GFP_NOFS, and callers that cannot fail
  { waits: true, wakes: true, gfp: ['IO'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'NOFAIL'] },
];

/** Callers that ask for the lowest zone alone. */
const LOW_CALLERS: readonly Caller[] = [
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'DMA'] },
  { waits: true, wakes: false, gfp: ['IO', 'FS', 'DMA'] },
];

/** Callers of large blocks: how much trouble is one worth? */
const LARGE_CALLERS: readonly Caller[] = [
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'RETRY_MAYFAIL'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'RETRY_MAYFAIL', 'NOWARN'] },
  { waits: true, wakes: true, gfp: ['IO', 'FS', 'NORETRY', 'NOWARN'] },
];

/** A caller that must not enter file systems. */
const NO_FS_CALLERS: readonly Caller[] = [{ waits: true, wakes: true, gfp: ['IO'] }];

/**
 * Masks as callers write them. Up to v4.3 a mask says that its caller can wait and that kswapd is to be left alone,
 * later that it may reclaim, that kswapd may, and that it is atomic. A caller that wants to retry says so by another
 * name up to v4.12.
 */
const written = (callers: readonly Caller[], later: boolean): readonly Mask[] =>
  callers.map(({ waits, wakes, gfp }): Mask => {
    if (!later) {
      const named = gfp.filter((name) => name !== 'ATOMIC').map((name) => (name === 'RETRY_MAYFAIL' ? 'REPEAT' : name));
      return [...named, ...(waits ? (['WAIT'] as const) : []), ...(wakes ? [] : (['NO_KSWAPD'] as const))];
    }
    return [...gfp, ...(waits ? (['DIRECT_RECLAIM'] as const) : []), ...(wakes ? (['KSWAPD_RECLAIM'] as const) : [])];
  });

/** How many of the masks, the last ones, may make their callers wait for ever. */
export const PATIENT_MASKS = 2;

/** The masks that callers use. */
export const masksOf = (later: boolean): readonly Mask[] => written(CALLERS, later);

/** Those of callers that ask for the lowest zone alone. */
export const lowMasksOf = (later: boolean): readonly Mask[] => written(LOW_CALLERS, later);

/** Those of callers that ask for large blocks. */
export const largeMasksOf = (later: boolean): readonly Mask[] => written(LARGE_CALLERS, later);

/** That of callers that must not enter file systems. */
export const noFsMasksOf = (later: boolean): readonly Mask[] => written(NO_FS_CALLERS, later);
