import fc from 'fast-check';
import { giveBlocks, makeZone, takeBlocks, type Node, type System, type Zone } from '../../../model/index.ts';

export const PROPERTY = { numRuns: 2000, seed: 20150412 };

export const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

interface Drawn extends Pick<Zone, 'present' | 'vmstatDrift' | 'percpuDriftMark' | 'pagesScanned' | 'boost'> {
  readonly unmanaged: boolean;
  readonly marks: readonly number[];
  readonly movable: readonly number[];
  readonly cma: readonly number[];
  readonly highatomic: readonly number[];
  readonly reservedHighatomic: number;
  readonly anon: number;
  readonly file: number;
}

function zoneOf({ unmanaged, marks, movable, cma, highatomic, anon, file, ...rest }: Drawn): Zone {
  const [min, low, high] = marks.toSorted((a, b) => a - b);
  return makeZone({
    ...rest,
    name: 'Normal',
    managed: unmanaged ? 0 : rest.present,
    watermark: { min: min!, low: low!, high: high! },
    lowmemReserve: [0, 7, 9],
    free: { movable, cma, highatomic },
    lru: { inactiveAnon: anon, activeAnon: 0, inactiveFile: 0, activeFile: file },
    flags: [],
  });
}

/** Numbers so small that free memory, marks and the 6x limit often meet. */
export const arbitraryZone: fc.Arbitrary<Zone> = fc
  .record({
    present: fc.constantFrom(0, 40, 60, 100, 400),
    unmanaged: fc.constantFrom(false, false, false, false, true),
    marks: fc.array(small(24), { minLength: 3, maxLength: 3 }),
    boost: fc.constantFrom(0, 0, 5),
    movable: fc.array(small(5), { maxLength: 6 }),
    cma: fc.array(small(2), { maxLength: 4 }),
    highatomic: fc.array(small(1), { maxLength: 4 }),
    reservedHighatomic: fc.constantFrom(0, 0, 8),
    vmstatDrift: fc.integer({ min: -6, max: 6 }),
    percpuDriftMark: fc.constantFrom(0, 0, 20, 60),
    anon: small(2),
    file: small(3),
    pagesScanned: small(25),
  })
  .map(zoneOf);

/** The same without drift, so that the two counters agree. */
export const arbitraryExactZone: fc.Arbitrary<Zone> = arbitraryZone.map((zone) => ({ ...zone, vmstatDrift: 0 }));

export const arbitrarySystem: fc.Arbitrary<System> = fc.record({
  swapPages: small(1),
  bufferHeadsOverLimit: fc.constant(false),
  compaction: fc.boolean(),
  cma: fc.boolean(),
  extfragThreshold: fc.constantFrom(0, 300, 500, 1000),
  laptopMode: fc.constant(false),
});

export const arbitraryOrder = fc.constantFrom(0, 0, 1, 2, 3, 5);

/** A node of these zones, whose kswapd may have given up. */
export const nodeOf = (zones: readonly Zone[], failures = 0): Node => ({
  id: 0,
  zones,
  kswapd: { order: 0, zoneIdx: zones.length - 1, failures },
  dirtyOk: true,
});

export const arbitraryNode: fc.Arbitrary<Node> = fc
  .tuple(arbitraryZone, arbitraryZone, arbitraryZone, fc.constantFrom(0, 0, 0, 15, 16))
  .map(([low, middle, high, failures]) => nodeOf([low, middle, high], failures));

/** The zone with more free pages, or fewer: what is asked of order 0 looks at nothing but their number. */
export function withPages(zone: Zone, more: number): Zone {
  const { freeArea } = zone;
  if (more > 0) return { ...zone, freeArea: giveBlocks(freeArea, 0, more), pagesScanned: 0 };
  return { ...zone, freeArea: takeBlocks(freeArea, 0, -more).area };
}
