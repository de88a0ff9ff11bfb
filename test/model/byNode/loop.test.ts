import { describe, expect, test } from 'vitest';
import { runScenario, v4_19, v5_9, type Event, type Kernel, type Turn } from '../../../model/index.ts';
import { RECLAIMABLE, scenario, type ZoneSketch } from '../sketch.ts';
import { LATER } from './ask.ts';

const marks = { min: 10, low: 20, high: 30, ...RECLAIMABLE };
const dma: ZoneSketch = { name: 'DMA', ...marks, free: 500 };
const normal: ZoneSketch = { name: 'Normal', ...marks, free: 500 };
const none = (zones: number): { readonly zoneIdx: number } => ({ zoneIdx: zones });

const wakeup = (zoneIdx: number, order = 0): Event => ({ wakeup: { zone: zoneIdx, order, zoneIdx } });
const takeAll = (zone: number): Event => ({ take: { zone, order: 0, count: 500 } });
const events = (...of: readonly Event[]): Turn => ({ events: of });

const run = (k: Kernel, zones: readonly ZoneSketch[], script: readonly Turn[]) => {
  const { trace, machine, end } = runScenario(k, scenario(zones, script, none(zones.length), 500));
  const all = (ev: string) => trace.filter((record) => record.ev === ev);
  return { all, end, kswapd: machine.node.kswapd, zones: machine.node.zones, evs: trace.map(({ ev }) => ev) };
};

describe.each(LATER)('the loop of $name', (k) => {
  test('a request that was made before kswapd ran is forgotten', () => {
    const { machine } = runScenario(k, scenario([dma], [], { order: 5, zoneIdx: 0 }));
    expect(machine.node.kswapd).toEqual({ order: 0, zoneIdx: 1, failures: 0 });
  });

  test('the run ends as soon as one zone of the request is balanced', () => {
    const { all, evs } = run(k, [dma, normal], [{}, events(takeAll(1), wakeup(1)), {}]);
    expect(all('shrink')).toEqual([]);
    expect(evs.filter((ev) => ev === 'wake')).toEqual([]);
  });

  test('16 runs in vain, and kswapd sleeps on a node out of balance', () => {
    const { all, kswapd, end } = run(k, [{ ...dma, lru: {} }], [{}, events(takeAll(0), wakeup(0)), ...many(300)]);
    expect(all('wake')).toHaveLength(16);
    expect(kswapd.failures).toBe(16);
    expect(end).toBe('asleep');
  });

  test('one page reclaimed by anyone brings the failures back to 0', () => {
    const script = [{}, events(takeAll(0), wakeup(0)), ...many(20), { reclaimed: [1] }];
    expect(run(k, [dma], script).all('shrink').length).toBeGreaterThan(13);
    expect(runScenario(k, scenario([dma], script, none(1), script.length)).machine.node.kswapd.failures).toBe(0);
  });

  test('too many buffer heads press on the highest zone, but end with the zones of the request', () => {
    const script = [
      {},
      events(takeAll(0), { bufferHeads: true }, wakeup(0)),
      { reclaimed: [0, 100] },
      { reclaimed: [100] },
    ];
    const { all } = run(k, [dma, normal], script);
    expect(all('shrink').map((record) => 'zone' in record && record.zone)).toEqual([1, 1]);
  });

  test('a high order is given up once twice its size was reclaimed, and kcompactd is asked for it', () => {
    const given = scenario([dma], [{}, events(wakeup(0, 3)), { reclaimed: [16] }], none(1));
    const { trace } = runScenario(k, { ...given, system: { ...given.system, compaction: true } });
    expect(trace.filter(({ ev }) => ev === 'balanced')).toEqual([
      { ev: 'balanced', order: 0, zoneIdx: 0, priority: 11 },
    ]);
    expect(trace.findLast(({ ev }) => ev === 'kcompactd')).toEqual({ ev: 'kcompactd', order: 3, zoneIdx: 0 });
  });
});

const many = (count: number): readonly Turn[] => Array.from({ length: count }, () => ({}));

describe('what one would not expect', () => {
  test('after failing to sleep without a request, v4.19 balances zone 0 alone; v5.9 goes on as it was', () => {
    const script = [{}, events(takeAll(0), takeAll(1), wakeup(1)), ...many(12), {}];
    const served = (k: Kernel) =>
      run(k, [dma, normal], script)
        .all('wake')
        .map((record) => 'zoneIdx' in record && record.zoneIdx);
    expect(served(v4_19).slice(0, 2)).toEqual([1, 0]);
    expect(served(v5_9).slice(0, 2)).toEqual([1, 1]);
  });

  test.each(LATER)('in $name a freeze swallows the request that kswapd has just taken over', (k) => {
    const { kswapd, evs, end } = run(k, [dma], [{}, events(wakeup(0, 2), { freeze: true })]);
    expect(evs).toEqual(['short_sleep', 'sleep', 'wakeup', 'frozen', 'short_sleep', 'sleep']);
    expect(kswapd).toMatchObject({ order: 0, zoneIdx: 1 });
    expect(end).toBe('asleep');
  });

  test.each(LATER)('in $name a freeze during a run that has reclaimed nothing yet counts as a failure', (k) => {
    const script = [
      {},
      events(takeAll(0), wakeup(0)),
      events({ freeze: true }, { give: { zone: 0, order: 0, count: 99 } }),
    ];
    expect(run(k, [dma], script).kswapd.failures).toBe(1);
  });

  test.each(LATER)('in $name a request that is made while an order is given up sleeps with kswapd, unserved', (k) => {
    const script = [{}, events(wakeup(1, 3)), { reclaimed: [0, 16], ...events(wakeup(1, 9)) }];
    const { kswapd, end } = run(k, [dma, normal], script);
    expect(end).toBe('asleep');
    expect(kswapd).toMatchObject({ order: 9, zoneIdx: 1 });
  });
});

describe('boosts in v5.9', () => {
  const boosted = (pages: number): Turn => events({ boost: { zone: 0, pages } }, wakeup(0));

  test('so many pages are reclaimed from a balanced node, without writing or swapping', () => {
    const { all } = run(v5_9, [dma], [{}, boosted(64), { reclaimed: [32] }, { reclaimed: [32] }]);
    const shrinks = all('shrink');
    expect(shrinks).toHaveLength(2);
    for (const record of shrinks) expect(record).toMatchObject({ mayWritepage: false, maySwap: false });
  });

  test('are over after the run, whatever it reclaimed, and kcompactd is woken for a page block', () => {
    const given = scenario([dma], [{}, boosted(64), {}], none(1));
    const { machine, trace } = runScenario(v5_9, { ...given, system: { ...given.system, compaction: true } });
    expect(machine.node.zones[0]!.boost).toBe(0);
    expect(trace).toContainEqual({ ev: 'kcompactd', order: 9, zoneIdx: 0 });
  });

  test('that nothing is reclaimed for count as a failure, though the node is balanced', () => {
    expect(run(v5_9, [dma], [{}, boosted(64), {}]).kswapd.failures).toBe(1);
  });

  test('that come up during the run stay', () => {
    const script = [{}, boosted(64), { reclaimed: [64], events: [{ boost: { zone: 0, pages: 100 } } as const] }];
    expect(run(v5_9, [dma], script).zones[0]!.boost).toBe(36);
  });

  test('are forgotten by a run that finds the node out of balance: it reclaims in earnest', () => {
    const { all } = run(
      v5_9,
      [dma],
      [{}, events(takeAll(0), { boost: { zone: 0, pages: 64 } }, wakeup(0)), { reclaimed: [95] }],
    );
    expect(all('shrink')).toEqual([expect.objectContaining({ mayWritepage: true, maySwap: true })]);
  });
});
