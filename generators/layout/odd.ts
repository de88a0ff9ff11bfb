import fc from 'fast-check';
import type { ZoneName } from '../../model/index.ts';
import type { Layout, LayoutZone } from './layout.ts';
import { record } from '../record.ts';

/** A zone whose size, marks and reserves no set-up computed. In pages. */
interface OddZone {
  readonly size: 'tiny' | 'nine' | 'large' | 'unmanaged' | 'unpopulated';
  readonly pages: number;
  /** Present pages that are not managed. */
  readonly hole: number;
  readonly min: number;
  readonly minToLow: number;
  readonly lowToHigh: number;
  /** The marks may be more than the zone holds, as HighMem's least mark is in a tiny zone. */
  readonly marksExceed: boolean;
  /** Kept from requests of the next higher zone, and again from those of each zone above that. */
  readonly reserve: number;
  /** The drift mark lies so far above the high mark; 0: there is none. */
  readonly highToDriftMark: number;
}

const LARGE_FACTOR = 1021;

export const arbitraryOddZone: fc.Arbitrary<OddZone> = record({
  size: fc.constantFrom('tiny', 'tiny', 'tiny', 'tiny', 'tiny', 'nine', 'large', 'large', 'unmanaged', 'unpopulated'),
  pages: fc.integer({ min: 4, max: 2000 }),
  hole: fc.constantFrom(0, 0, 1, 40),
  min: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: 0, max: 128 }) }),
  minToLow: fc.integer({ min: 0, max: 40 }),
  lowToHigh: fc.integer({ min: 0, max: 40 }),
  marksExceed: fc.constantFrom(false, false, false, false, false, false, false, true),
  reserve: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
  highToDriftMark: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 })),
});

/**
 * How the zones of a node relate: as they were drawn, or one holding a quarter of the managed pages, give or take
 * (`beside` pages more in the others than three times as much).
 */
export interface OddShape {
  readonly names: number;
  readonly quarter: { readonly zone: number; readonly beside: number } | undefined;
}

export const arbitraryOddShape: fc.Arbitrary<OddShape> = record({
  names: fc.integer({ min: 0, max: 4 }),
  quarter: fc.option(record({ zone: fc.integer({ min: 0, max: 3 }), beside: fc.constantFrom(0, -1, 1, 3, 4) }), {
    nil: undefined,
    freq: 2,
  }),
});

const NAMES: readonly (readonly (readonly ZoneName[])[])[] = [
  [['Normal'], ['DMA'], ['DMA32'], ['HighMem'], ['Movable']],
  [
    ['DMA', 'Normal'],
    ['DMA32', 'Normal'],
    ['Normal', 'HighMem'],
    ['Normal', 'Movable'],
    ['DMA', 'DMA32'],
  ],
  [
    ['DMA', 'DMA32', 'Normal'],
    ['DMA', 'Normal', 'HighMem'],
    ['DMA32', 'Normal', 'Movable'],
    ['DMA', 'Normal', 'Movable'],
    ['DMA', 'HighMem', 'Movable'],
  ],
  [
    ['DMA', 'DMA32', 'Normal', 'Movable'],
    ['DMA', 'Normal', 'HighMem', 'Movable'],
  ],
];

/** A layout of odd zones. */
export function oddLayout(shape: OddShape, odd: readonly OddZone[]): Layout {
  const candidates = NAMES[odd.length - 1]!;
  const names = candidates[shape.names % candidates.length]!;
  const managed = atQuarter(shape, odd.map(managedOf));
  const present = odd.map((zone, i) => (zone.size === 'unpopulated' ? 0 : managed[i]! + zone.hole + holeOnly(zone)));
  const both = names.includes('HighMem') && names.includes('Movable');
  if (both && present[names.indexOf('HighMem')]! > 0) clearLast(present, managed);
  if (!present.some((pages) => pages > 0)) {
    managed[0] = odd[0]!.pages;
    present[0] = odd[0]!.pages;
  }
  return { zones: odd.map((zone, i) => layoutZone(names[i]!, zone, i, present[i]!, managed[i]!, odd.length)) };
}

function clearLast(present: number[], managed: number[]): void {
  present[present.length - 1] = 0;
  managed[managed.length - 1] = 0;
}

const holeOnly = ({ size, pages }: OddZone): number => (size === 'unmanaged' ? pages : 0);

function managedOf({ size, pages }: OddZone): number {
  switch (size) {
    case 'tiny':
      return pages;
    case 'nine':
      return 9;
    case 'large':
      return pages * LARGE_FACTOR;
    case 'unmanaged':
    case 'unpopulated':
      return 0;
  }
}

/** Makes one zone hold a quarter of all managed pages; the others share what is beside it in equal parts. */
function atQuarter({ quarter }: OddShape, managed: readonly number[]): number[] {
  const sizes = managed.slice();
  if (quarter === undefined) return sizes;
  const populated = sizes.flatMap((pages, i) => (pages > 0 ? [i] : []));
  if (populated.length < 2) return sizes;
  const one = populated[quarter.zone % populated.length]!;
  const others = populated.filter((i) => i !== one);
  let left = 3 * sizes[one]! + quarter.beside;
  others.forEach((i, at) => {
    sizes[i] = at === others.length - 1 ? left : Math.floor(left / (others.length - at));
    left -= sizes[i];
  });
  return sizes;
}

function layoutZone(
  name: ZoneName,
  odd: OddZone,
  index: number,
  present: number,
  managed: number,
  count: number,
): LayoutZone {
  const most = odd.marksExceed ? Infinity : Math.floor(managed / 2);
  const min = Math.min(odd.min, most);
  const low = Math.min(min + odd.minToLow, most);
  const high = Math.min(low + odd.lowToHigh, most);
  const lowmemReserve = Array.from({ length: count }, (_, j) => (j > index ? (j - index) * odd.reserve : 0));
  return {
    name,
    present,
    managed,
    watermark: { min, low, high },
    lowmemReserve,
    percpuDriftMark: present > 0 && odd.highToDriftMark > 0 ? high + odd.highToDriftMark : 0,
  };
}
