import { describe, expect, it } from 'vitest';
import { v4_0, type Scenario, type ScenarioZone, type Turn } from '../../model/index.ts';
import { simplifications, type Case } from '../../shrinkers/index.ts';
import { faultsOf } from '../../shrinkers/legal.ts';
import { system } from '../model/sketch.ts';

const zone = (name: ScenarioZone['name'], changes: Partial<ScenarioZone> = {}): ScenarioZone => ({
  name,
  present: 100,
  managed: 100,
  watermark: { min: 4, low: 5, high: 6 },
  boost: 0,
  lowmemReserve: [0, 0, 0],
  free: { movable: [10] },
  reservedHighatomic: 0,
  vmstatDrift: 0,
  percpuDriftMark: 0,
  lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 20, activeFile: 0 },
  pagesScanned: 0,
  flags: [],
  ...changes,
});

const run = (zones: readonly ScenarioZone[], script: readonly Turn[]): Scenario => ({
  system: system({ cma: false }),
  node: { id: 0, zones, kswapd: { order: 0, zoneIdx: zones.length - 1, failures: 0 } },
  script,
  limit: 50,
});

const threeZones = [
  zone('DMA', { lowmemReserve: [0, 7, 9] }),
  zone('DMA32', { lowmemReserve: [0, 0, 8] }),
  zone('Normal', { lowmemReserve: [0, 0, 0] }),
];
const oneZone = [zone('Normal', { lowmemReserve: [0] })];

const simplerRuns = (given: Scenario): readonly Scenario[] => [...simplifications('run', given)] as Scenario[];

describe('dropping a zone', () => {
  const script: readonly Turn[] = [
    {
      reclaimed: [1, 2, 3],
      merge: [{ zone: 2, from: 0, to: 1, count: 1 }],
      events: [
        { take: { zone: 1, order: 0, count: 1 } },
        { wakeup: { zone: 2, order: 0, zoneIdx: 2 } },
        { give: { zone: 0, order: 0, count: 1 } },
      ],
    },
  ];
  const fewer = simplerRuns(run(threeZones, script)).filter(({ node }) => node.zones.length === 2);
  const withoutMiddle = fewer.find(({ node }) => node.zones[0]!.name === 'DMA' && node.zones[1]!.name === 'Normal')!;

  it('takes its index out of reserves and requests', () => {
    expect(withoutMiddle.node.zones.map(({ lowmemReserve }) => lowmemReserve)).toEqual([
      [0, 9],
      [0, 0],
    ]);
    expect(withoutMiddle.node.kswapd.zoneIdx).toBe(1);
  });

  it('takes it out of the script, with what happened there', () => {
    expect(withoutMiddle.script).toEqual([
      {
        reclaimed: [1, 3],
        merge: [{ zone: 1, from: 0, to: 1, count: 1 }],
        events: [{ wakeup: { zone: 1, order: 0, zoneIdx: 1 } }, { give: { zone: 0, order: 0, count: 1 } }],
      },
    ]);
  });

  it('may leave what happened there to a neighbour', () => {
    const moved = fewer.find(({ script: [turn] }) => turn!.events?.length === 3 && 'take' in turn!.events[0]!)!;
    expect(moved.script[0]!.events![0]).toEqual({ take: { zone: 1, order: 0, count: 1 } });
  });
});

describe('events', () => {
  const take = (count: number, order = 0) => ({ take: { zone: 0, order, count } });
  const give = (count: number) => ({ give: { zone: 0, order: 0, count } });
  const scripts = (script: readonly Turn[]) => simplerRuns(run(oneZone, script)).map((one) => one.script);

  it('that take twice may take once', () => {
    expect(scripts([{ events: [take(2), take(1, 1)] }])).toContainEqual([{ events: [take(4)] }]);
  });

  it('that give back what they took may be left out', () => {
    expect(scripts([{ events: [take(2)] }, { events: [give(2)] }])).toContainEqual([{}, {}]);
  });

  it('that make page cache twice may make it once', () => {
    const cache = (pages: number) => ({ lruCacheAdd: { zone: 0, pages } });
    const script = [{ events: [cache(2)] }, { events: [give(1), cache(3)] }];
    expect(scripts(script)).toContainEqual([{ events: [cache(5)] }, { events: [give(1)] }]);
    expect(scripts(script)).toContainEqual([{}, { events: [give(1), cache(5)] }]);
  });

  it('that make page cache may make less, or happen in a neighbouring zone', () => {
    const cache = (at: number, pages: number) => ({ lruCacheAdd: { zone: at, pages } });
    expect(scripts([{ events: [cache(0, 4)] }])).toContainEqual([{ events: [cache(0, 3)] }]);
    const fewer = simplerRuns(run(threeZones, [{ events: [cache(2, 4)] }]));
    const moved = fewer.filter(({ node }) => node.zones.length === 2).map(({ script }) => script);
    expect(moved).toContainEqual([{ events: [cache(1, 4)] }]);
    expect(moved).toContainEqual([{ events: [] }]);
  });

  it('that make page cache of more pages than tasks hold are no machine’s', () => {
    const caching = (pages: number) => run(oneZone, [{ events: [give(50), { lruCacheAdd: { zone: 0, pages } }] }]);
    expect([0, 1, 20, 21].map((pages) => faultsOf(caching(pages), v4_0))).toEqual([1, 0, 0, 1]);
  });

  it('may have happened before the run', () => {
    const hoisted = simplerRuns(run(oneZone, [{ events: [take(3), { throttle: true }] }])).find(
      ({ node, script }) => script[0]?.events?.length === 1 && node.zones[0]!.free.movable![0] === 7,
    );
    expect(hoisted?.script).toEqual([{ events: [{ throttle: true }] }]);
  });

  it('of two turns may happen in one', () => {
    const script = [{ events: [take(1)] }, { events: [{ freeze: true as const }] }];
    expect(scripts(script)).toContainEqual([{ events: [take(1), { freeze: true }] }]);
  });
});

describe('numbers', () => {
  const simpler = simplerRuns(run(oneZone, []));
  const zones = simpler.map(({ node }) => node.zones[0]!);

  it('become 0, 1, half, or one less', () => {
    const free = new Set(zones.map((one) => one.free.movable?.[0] ?? 0));
    for (const pages of [0, 1, 5, 9]) expect(free).toContain(pages);
  });

  it('that are compared get smaller together', () => {
    expect(zones.map(({ free, watermark }) => [free.movable?.[0] ?? 0, watermark])).toContainEqual([
      7,
      { min: 1, low: 2, high: 3 },
    ]);
  });

  it('of scanned pages fall six times as fast as those of reclaimable ones', () => {
    const scanned = run([zone('Normal', { lowmemReserve: [0], pagesScanned: 120 })], []);
    const pairs = simplerRuns(scanned).map(
      ({
        node: {
          zones: [one],
        },
      }) => [one!.lru.inactiveFile, one!.pagesScanned],
    );
    expect(pairs).toContainEqual([10, 60]);
  });
});

it('lists of free pages may be gathered on one', () => {
  const scattered = zone('Normal', {
    lowmemReserve: [0],
    free: { unmovable: [1, 2], reclaimable: [0, 0, 1], cma: [3] },
  });
  const free = simplerRuns(run([scattered], [])).map(({ node }) => node.zones[0]!.free);
  expect(free).toContainEqual({ movable: [12] });
});

it('the biggest simplification comes first', () => {
  const [first] = simplifications('run', run(threeZones, [{}, {}, {}])) as Iterable<Case>;
  expect((first as Scenario).script).toEqual([]);
});

it('every simplification is the same after it was saved: no number is -0', () => {
  const given = run([zone('Normal', { vmstatDrift: -3, percpuDriftMark: 20 })], [{ reclaimed: [3] }]);
  const candidates = simplerRuns(given);
  expect(candidates.length).toBeGreaterThan(20);
  for (const candidate of candidates) expect(candidate).toEqual(JSON.parse(JSON.stringify(candidate)));
});
