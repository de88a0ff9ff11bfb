import fc from 'fast-check';
import {
  hasRule,
  type Kernel,
  type ScenarioNode,
  type ScenarioZone,
  type System,
  type ZoneName,
} from '../../../model/index.ts';

/** Every machine has them, from the lowest to the highest. */
export const ZONES: readonly ZoneName[] = ['DMA', 'DMA32', 'Normal'];

export const plainSystem: fc.Arbitrary<System> = fc.record(
  {
    swapPages: fc.nat(1000),
    bufferHeadsOverLimit: fc.boolean(),
    compaction: fc.boolean(),
    cma: fc.boolean(),
    extfragThreshold: fc.nat(1000),
    laptopMode: fc.boolean(),
  },
  { noNullPrototype: true },
);

/** Numbers from 0 to 1, to share the pages of a zone out with. */
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

/** A zone whose marks are to one another as in the kernel, with its pages free, on the lists, or in use. */
const plainZone = (index: number, k: Kernel): fc.Arbitrary<ScenarioZone> => {
  const byNode = hasRule(k, 'shrinkNode');
  return fc
    .record({
      pages: fc.oneof(fc.nat(100), fc.nat(100_000)),
      min: share,
      free: share,
      order: fc.nat(10),
      onLists: share,
      file: share,
      scanned: fc.nat(10_000),
      boosted: fc.boolean(),
      reserve: fc.nat(1000),
    })
    .map(({ pages, min: minShare, free: freeShare, order, onLists, file, scanned, boosted, reserve }) => {
      const min = Math.floor((pages * minShare) / 10);
      const blocks = Math.floor((pages * freeShare) / (1 << order));
      const lru = Math.floor((pages - (blocks << order)) * onLists);
      const files = Math.floor(lru * file);
      const high = min + (min >> 1);
      return {
        name: ZONES[index]!,
        present: pages,
        managed: pages,
        watermark: { min, low: min + (min >> 2), high },
        boost: boosted && hasRule(k, 'pgdatWatermarkBoosted') ? high : 0,
        lowmemReserve: ZONES.map((_, above) => (above > index ? reserve * (above - index) : 0)),
        free: { movable: Array.from({ length: order + 1 }, (_, o) => (o === order ? blocks : 0)) },
        reservedHighatomic: 0,
        vmstatDrift: 0,
        percpuDriftMark: 0,
        lru: { inactiveAnon: lru - files, activeAnon: 0, inactiveFile: files, activeFile: 0 },
        pagesScanned: byNode || pages === 0 ? 0 : scanned,
        flags: [],
      };
    });
};

/** A node with memory. */
export const plainNode = (k: Kernel, id = 0): fc.Arbitrary<ScenarioNode> =>
  fc
    .record({
      zones: fc.tuple(...ZONES.map((_, index) => plainZone(index, k))),
      order: fc.nat(10),
      zoneIdx: fc.nat(ZONES.length - 1),
      failures: fc.nat(20),
    })
    .filter(({ zones }) => zones.some(({ present }) => present > 0))
    .map(({ zones, order, zoneIdx, failures }) => {
      const highest = zones.findLastIndex(({ present }) => present > 0);
      const request = hasRule(k, 'shrinkNode')
        ? { order, zoneIdx, failures }
        : { order, zoneIdx: Math.min(zoneIdx, highest), failures: 0 };
      return { id, zones, kswapd: request };
    });
