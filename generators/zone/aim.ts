import fc from 'fast-check';
import { MAX_ORDER, type System } from '../../model/index.ts';
import type { LayoutZone } from '../layout/layout.ts';
import { gapOf } from './limits.ts';
import { record } from '../record.ts';

/** Where a rule compares: a mark of the zone, in pages. */
export const EDGE_MARKS = ['high', 'low', 'min', 'highAndGap', 'lowAndTwice', 'driftMark'] as const;
export type EdgeMark = (typeof EDGE_MARKS)[number];

/** How much of a zone is free. */
export type FreeAim =
  /** So many 64ths of the managed pages. */
  | { readonly at: 'share'; readonly of: number }
  /** So many 16ths of the high mark. */
  | { readonly at: 'below'; readonly of: number }
  /** So many blocks of the order more than the high mark and its gap, all in blocks of the order or larger. */
  | { readonly at: 'above'; readonly order: number; readonly blocks: number }
  /** As many as the check of an order compares with a mark and a reserve, and `off` pages more, on one counter. */
  | Edge
  /** The same, for what lies in blocks of at least `above`. */
  | (Edge & { readonly above: number })
  /** Exactly so many pages on the cheap counter. */
  | { readonly at: 'pages'; readonly pages: number };

export interface Edge {
  readonly at: 'edge';
  readonly mark: EdgeMark;
  readonly order: number;
  /** The zone index of the request whose reserve counts; past the highest one the zone's own. */
  readonly zoneIdx: number;
  readonly off: number;
  readonly counter: 'precise' | 'cheap';
}

/** Orders as they are asked for: mostly 0, often those that the kernel's own users ask for, any at times. */
export const arbitraryOrder: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 3, 9) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: MAX_ORDER - 1 }) },
);

const edge = {
  at: fc.constant('edge' as const),
  mark: fc.constantFrom<EdgeMark[]>(
    'high',
    'high',
    'high',
    'low',
    'low',
    'min',
    'highAndGap',
    'highAndGap',
    'lowAndTwice',
    'driftMark',
    'driftMark',
  ),
  order: arbitraryOrder,
  zoneIdx: fc.constantFrom(4, 3, 2, 1),
  off: fc.constantFrom(0, 1, -1),
  counter: fc.constantFrom('precise' as const, 'precise' as const, 'cheap' as const),
};

export const arbitraryAim: fc.Arbitrary<FreeAim> = fc.oneof(
  { weight: 1, arbitrary: record({ at: fc.constant('share' as const), of: fc.integer({ min: 0, max: 64 }) }) },
  { weight: 1, arbitrary: record({ at: fc.constant('below' as const), of: fc.integer({ min: 0, max: 15 }) }) },
  {
    weight: 1,
    arbitrary: record({
      at: fc.constant('above' as const),
      order: arbitraryOrder,
      blocks: fc.integer({ min: 1, max: 16 }),
    }),
  },
  { weight: 8, arbitrary: record(edge) },
  { weight: 1, arbitrary: record({ ...edge, above: fc.integer({ min: 1, max: MAX_ORDER - 1 }) }) },
);

/** The mark of an edge, in pages. */
export function markOf(zone: LayoutZone, mark: EdgeMark, order: number): number {
  const { min, low, high } = zone.watermark;
  switch (mark) {
    case 'min':
      return min;
    case 'low':
      return low;
    case 'high':
      return high;
    case 'highAndGap':
      return high + gapOf(zone);
    case 'lowAndTwice':
      return low + (2 << order);
    case 'driftMark':
      return zone.percpuDriftMark === 0 ? high : zone.percpuDriftMark;
  }
}

/** The free pages that the check of an edge turns at: one more passes. Free CMA pages come on top. */
function edgePages(zone: LayoutZone, { mark, order, zoneIdx }: Edge): number {
  const pages = markOf(zone, mark, order);
  if (mark === 'driftMark' && zone.percpuDriftMark !== 0) return pages;
  // Room for compaction is asked for in single pages.
  const request = mark === 'lowAndTwice' ? 0 : (1 << order) - 1;
  return pages + (zone.lowmemReserve[zoneIdx] ?? 0) + request;
}

/** Pages that must be free, and on which counter; whether free CMA pages come on top. */
export interface Wanted {
  readonly pages: number;
  readonly counter: 'precise' | 'cheap';
  readonly cmaOnTop: boolean;
  /** Whether the marks may be boosted, and pages reserved, on top. */
  readonly marked: boolean;
}

export function wantedPages(zone: LayoutZone, system: System, aim: FreeAim): Wanted {
  switch (aim.at) {
    case 'share':
      return { pages: Math.floor((zone.managed * aim.of) / 64), counter: 'precise', cmaOnTop: false, marked: false };
    case 'below':
      return {
        pages: Math.floor((zone.watermark.high * aim.of) / 16),
        counter: 'precise',
        cmaOnTop: false,
        marked: false,
      };
    case 'above': {
      const pages = zone.watermark.high + gapOf(zone) + (1 + aim.blocks) * (1 << aim.order);
      return { pages, counter: 'precise', cmaOnTop: system.cma, marked: true };
    }
    case 'edge': {
      const marked = aim.mark !== 'driftMark';
      return { pages: edgePages(zone, aim) + aim.off, counter: aim.counter, cmaOnTop: system.cma && marked, marked };
    }
    case 'pages':
      return { pages: aim.pages, counter: 'cheap', cmaOnTop: false, marked: false };
  }
}
