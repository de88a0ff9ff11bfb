import type { GfpName } from '../../model/index.ts';

/** A request's mask, and how it lives. */
export interface Mask {
  readonly name: string;
  readonly gfp: readonly GfpName[];
}

const REST: readonly {
  readonly name: string;
  readonly waits: boolean;
  readonly wakes: boolean;
  readonly gfp: readonly GfpName[];
}[] = [
  { name: 'GFP_KERNEL', waits: true, wakes: true, gfp: ['IO', 'FS'] },
  { name: 'GFP_HIGHUSER_MOVABLE', waits: true, wakes: true, gfp: ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE'] },
  { name: 'GFP_ATOMIC', waits: false, wakes: true, gfp: ['HIGH'] },
  { name: 'GFP_NOWAIT', waits: false, wakes: true, gfp: [] },
  { name: 'GFP_DMA', waits: true, wakes: true, gfp: ['IO', 'FS', 'DMA'] },
  { name: 'GFP_TRANSHUGE', waits: true, wakes: false, gfp: ['IO', 'FS', 'HARDWALL', 'HIGHMEM', 'MOVABLE', 'NORETRY'] },
  { name: 'GFP_THISNODE', waits: true, wakes: true, gfp: ['IO', 'FS', 'THISNODE', 'NORETRY'] },
  { name: 'GFP_NOFS', waits: true, wakes: true, gfp: ['IO'] },
  { name: 'GFP_NOFAIL', waits: true, wakes: true, gfp: ['IO', 'FS', 'NOFAIL'] },
];

/**
 * The masks that callers use, by what they allow: up to v4.3 a mask says that its caller can wait and that kswapd is
 * to be left alone, later that it may reclaim and that kswapd may.
 */
export const masksOf = (later: boolean): readonly Mask[] =>
  REST.map(({ name, waits, wakes, gfp }) => {
    const old: readonly GfpName[] = [...(waits ? (['WAIT'] as const) : []), ...(wakes ? [] : (['NO_KSWAPD'] as const))];
    const now: readonly GfpName[] = [
      ...(waits ? (['DIRECT_RECLAIM'] as const) : []),
      ...(wakes ? (['KSWAPD_RECLAIM'] as const) : []),
      ...(name === 'GFP_ATOMIC' ? (['ATOMIC'] as const) : []),
    ];
    return { name, gfp: [...gfp, ...(later ? now : old)] };
  });

/** How many of the masks, the last ones, may make their callers wait for ever. */
export const PATIENT_MASKS = 2;
