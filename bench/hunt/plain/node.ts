import fc from 'fast-check';
import {
  hasRule,
  MAX_ORDER,
  type Kernel,
  type MigrateType,
  type ScenarioNode,
  type ScenarioZone,
  type System,
  type ZoneName,
} from '../../../model/index.ts';

/** So many zones has every node of one kswapd. */
export const ZONES = 3;

/** What they are, from the lowest to the highest. */
export const PLAIN_LAYOUTS: readonly (readonly ZoneName[])[] = [
  ['DMA', 'DMA32', 'Normal'],
  ['DMA', 'Normal', 'HighMem'],
  ['DMA32', 'Normal', 'Movable'],
];

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

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** Numbers from 0 to 1, to share the pages of a zone out with. */
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

const LISTS: readonly MigrateType[] = ['movable', 'movable', 'unmovable', 'reclaimable', 'cma'];

/** Free blocks of some orders on some lists. */
const plainBlocks = (byNode: boolean) =>
  fc.array(
    fc.record({
      type: fc.constantFrom<MigrateType[]>(...LISTS, ...(byNode ? (['highatomic'] as const) : [])),
      order: fc.nat(MAX_ORDER - 1),
      share,
    }),
    { minLength: 1, maxLength: 4 },
  );

/** At most so many pages, as such blocks. */
function freeOf(pages: number, blocks: Drawn<ReturnType<typeof plainBlocks>>): ScenarioZone['free'] {
  const free: Partial<Record<MigrateType, number[]>> = {};
  let left = pages;
  for (const { type, order, share: part } of blocks) {
    const count = Math.floor((left * part) / (1 << order));
    const list = (free[type] ??= Array.from({ length: MAX_ORDER }, () => 0));
    list[order]! += count;
    left -= count << order;
  }
  return free;
}

/** Pages on all free lists. */
export const freePages = ({ free }: Pick<ScenarioZone, 'free'>): number =>
  Object.values(free)
    .flatMap((list) => list.map((count, order) => count * 2 ** order))
    .reduce((sum, pages) => sum + pages, 0);

/** Pages that the cheap counters of all processors may be off by, where a zone has a mark for it. */
const DRIFT = 250;

/** A zone whose marks are to one another as in the kernel, with its pages free, on the lists, or in use. */
const plainZone = (index: number, names: readonly ZoneName[], k: Kernel): fc.Arbitrary<ScenarioZone> => {
  const byNode = hasRule(k, 'shrinkNode');
  return fc
    .record({
      pages: fc.oneof(fc.nat(100), fc.nat(100_000)),
      min: share,
      free: share,
      blocks: plainBlocks(byNode),
      reserved: fc.constantFrom(0, 0, 512, 1024),
      drift: fc.integer({ min: -100, max: 100 }),
      hasDriftMark: fc.boolean(),
      onLists: share,
      file: share,
      scanned: fc.nat(10_000),
      boosted: fc.boolean(),
      reserve: fc.nat(1000),
    })
    .map((drawn): ScenarioZone => {
      const { pages } = drawn;
      const min = Math.floor((pages * drawn.min) / 10);
      const high = min + (min >> 1);
      const free = freeOf(Math.floor(pages * drawn.free), drawn.blocks);
      const used = pages - freePages({ free });
      const lru = Math.floor(used * drawn.onLists);
      const mostDrift = drawn.hasDriftMark ? DRIFT : min >> 2;
      const files = Math.floor(lru * drawn.file);
      return {
        name: names[index]!,
        present: pages,
        managed: pages,
        watermark: { min, low: min + (min >> 2), high },
        boost: drawn.boosted && hasRule(k, 'pgdatWatermarkBoosted') ? high : 0,
        lowmemReserve: names.map((_, above) => (above > index ? drawn.reserve * (above - index) : 0)),
        free,
        reservedHighatomic: byNode ? Math.min(drawn.reserved, pages) : 0,
        vmstatDrift: pages === 0 ? 0 : Math.min(used, Math.trunc((mostDrift * drawn.drift) / 100)),
        percpuDriftMark: drawn.hasDriftMark && pages > 0 ? high + DRIFT : 0,
        lru: { inactiveAnon: lru - files, activeAnon: 0, inactiveFile: files, activeFile: 0 },
        pagesScanned: byNode || pages === 0 ? 0 : drawn.scanned,
        flags: [],
      };
    });
};

/** A node with memory. */
export const plainNode = (k: Kernel, names: readonly ZoneName[], id = 0): fc.Arbitrary<ScenarioNode> =>
  fc
    .record({
      zones: fc.tuple(...names.map((_, index) => plainZone(index, names, k))),
      order: fc.nat(10),
      zoneIdx: fc.nat(names.length - 1),
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

/** One or two nodes of the same zones. */
export const plainNodes = (k: Kernel, names: readonly ZoneName[]) =>
  fc.oneof(fc.tuple(plainNode(k, names)), fc.tuple(plainNode(k, names, 0), plainNode(k, names, 1)));
