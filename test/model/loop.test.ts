import { describe, expect, test } from 'vitest';
import {
  runKswapdTryToSleep,
  runScenario,
  v4_0,
  watchScenario,
  type Event,
  type Machine,
  type Scenario,
  type Turn,
} from '../../model/index.ts';
import { ask } from './ask.ts';
import { machine, RECLAIMABLE, scenario, state, type ZoneSketch } from './sketch.ts';

const fine: ZoneSketch = { ...RECLAIMABLE, low: 30, high: 50, free: 500 };
const low: ZoneSketch = { ...fine, free: 0 };
const takeAll: Event = { take: { zone: 0, order: 0, count: 500 } };
const wakeup: Event = { wakeup: { zone: 0, order: 0, zoneIdx: 0 } };

const evs = (trace: readonly { readonly ev: string }[]): readonly string[] => trace.map(({ ev }) => ev);

describe('kswapd_try_to_sleep', () => {
  const attempt = (zone: ZoneSketch, ...script: readonly Turn[]) => {
    const args = { order: 0, zoneIdx: 0, throttled: false, script };
    const answer = ask('kswapd_try_to_sleep', state([zone]), args);
    const { asleep, trace } = answer as {
      readonly asleep: boolean;
      readonly trace: readonly { readonly ev: string }[];
    };
    return { asleep, evs: evs(trace) };
  };

  test('on a balanced node, undisturbed: a short sleep, then the full one', () => {
    expect(attempt(fine, {})).toEqual({ asleep: true, evs: ['short_sleep', 'sleep'] });
  });

  test('on an unbalanced node: not even the short sleep', () => {
    expect(attempt(low)).toEqual({ asleep: false, evs: ['high_wmark_hit_quickly'] });
  });

  test('on a node that loses its balance in the short sleep, with no wake-up', () => {
    expect(attempt(fine, { events: [takeAll] })).toEqual({
      asleep: false,
      evs: ['short_sleep', 'high_wmark_hit_quickly'],
    });
  });

  test('woken in the short sleep with time left: the low mark was hit quickly', () => {
    expect(attempt(fine, { events: [takeAll, wakeup], remaining: 5 })).toEqual({
      asleep: false,
      evs: ['short_sleep', 'wakeup', 'low_wmark_hit_quickly'],
    });
  });

  test('woken in its last moment, with no time left: the high mark was', () => {
    expect(attempt(fine, { events: [takeAll, wakeup], remaining: 0 })).toEqual({
      asleep: false,
      evs: ['short_sleep', 'wakeup', 'high_wmark_hit_quickly'],
    });
  });

  test('the rest of the short sleep counts only if someone woke it', () => {
    expect(attempt(fine, { remaining: 5 })).toEqual({ asleep: true, evs: ['short_sleep', 'sleep'] });
  });

  test('a wake-up ends the full sleep', () => {
    expect(attempt(fine, {}, { events: [takeAll, wakeup] })).toEqual({
      asleep: false,
      evs: ['short_sleep', 'sleep', 'wakeup'],
    });
  });

  test('a turn without one does not', () => {
    expect(attempt(fine, {}, { events: [takeAll] }, {})).toEqual({ asleep: true, evs: ['short_sleep', 'sleep'] });
  });

  test('the freezer ends either sleep', () => {
    const freeze: Turn = { events: [{ freeze: true }], remaining: 5 };
    expect(attempt(fine, freeze)).toEqual({ asleep: false, evs: ['short_sleep', 'low_wmark_hit_quickly'] });
    expect(attempt(fine, {}, freeze)).toEqual({ asleep: false, evs: ['short_sleep', 'sleep'] });
  });

  test('a stop in the short sleep keeps it from the full one, though it is about to', () => {
    const stop: Turn = { events: [{ stop: true }] };
    expect(attempt(fine, stop)).toEqual({ asleep: false, evs: ['short_sleep', 'sleep'] });
  });

  test('a freezer or a stop turns it away before it queues itself', () => {
    const told = (waits: Partial<Machine['waits']>) => {
      const m = machine([fine]);
      return runKswapdTryToSleep(v4_0, { ...m, waits: { ...m.waits, ...waits } }, 0, 0, { script: [] });
    };
    expect(told({ freezing: true })).toMatchObject({ end: 'reached', trace: [] });
    expect(told({ shouldStop: true })).toMatchObject({ end: 'reached', trace: [] });
  });
});

describe('the kswapd loop', () => {
  const run = (start: Scenario) => {
    const { end, trace, machine: after } = runScenario(v4_0, start);
    return { end, evs: evs(trace), trace, kswapd: after.node.kswapd };
  };

  test('tries to sleep before anything else', () => {
    expect(run(scenario([fine], [{}]))).toMatchObject({ end: 'asleep', evs: ['short_sleep', 'sleep'] });
  });

  test('serves a pending request of a higher order at once, and forgets it', () => {
    const free = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4];
    const { trace, kswapd } = run(scenario([{ ...fine, free }], [{}], { order: 3 }));
    expect(trace[0]).toEqual({ ev: 'wake', order: 3, zoneIdx: 0 });
    expect(kswapd.order).toBe(0);
  });

  test('serves a pending request for lower zones at once', () => {
    const { trace } = run(scenario([{ ...fine, name: 'DMA' }, fine], [{}], { zoneIdx: 0 }));
    expect(trace[0]).toEqual({ ev: 'wake', order: 0, zoneIdx: 0 });
  });

  test('takes a request over that came while it balanced, without trying to sleep in between', () => {
    const events: readonly Event[] = [{ wakeup: { zone: 0, order: 2, zoneIdx: 0 } }];
    const { evs: seen, trace } = run(scenario([low], [{ scanned: 51, reclaimed: [51], events }]));
    expect(seen.slice(0, 6)).toEqual(['high_wmark_hit_quickly', 'wake', 'pageoutrun', 'shrink', 'balanced', 'wake']);
    expect(trace[5]).toEqual({ ev: 'wake', order: 2, zoneIdx: 0 });
  });

  // Order 3 is served; 100 pages are more than 2 << 3 = 16 and give it up. The order returned (0) is not the order
  // asked for (3), so the request that came meanwhile is not looked at, and the node is balanced for order 0.
  test('sleeps over a request that came in a run that gave its order up', () => {
    const events: readonly Event[] = [{ wakeup: { zone: 0, order: 1, zoneIdx: 0 } }];
    const script = [{ scanned: 100, reclaimed: [100], events }, {}, {}];
    const { evs: seen, end, kswapd } = run(scenario([low], script, { order: 3 }));
    expect(seen).toEqual(['wake', 'pageoutrun', 'shrink', 'compact', 'balanced', 'short_sleep', 'sleep']);
    expect({ end, pending: kswapd.order }).toEqual({ end: 'asleep', pending: 1 });
  });

  test('stands still for the freezer and skips the run that was due', () => {
    const { evs: seen, end } = run(scenario([fine], [{}, { events: [{ freeze: true }] }, {}]));
    expect(seen).toEqual(['short_sleep', 'sleep', 'frozen', 'short_sleep', 'sleep']);
    expect(end).toBe('asleep');
  });

  test('leaves when it is told to stop, from its sleep', () => {
    const { evs: seen, end } = run(scenario([fine], [{}, { events: [{ stop: true }] }]));
    expect(seen).toEqual(['short_sleep', 'sleep', 'stopped']);
    expect(end).toBe('stopped');
  });

  test('leaves when it is told to stop while it balances', () => {
    const { evs: seen } = run(scenario([low], [{ events: [{ stop: true }] }]));
    expect(seen).toEqual(['high_wmark_hit_quickly', 'wake', 'pageoutrun', 'shrink', 'balanced', 'stopped']);
  });

  test('is cut off at the limit, with the record of the point that it reached', () => {
    const { evs: seen, end } = run(scenario([low], [], {}, 1));
    expect(seen).toEqual(['high_wmark_hit_quickly', 'wake', 'pageoutrun', 'shrink', 'shrink', 'limit']);
    expect(end).toBe('limit');
  });

  // No set-up makes such reserves: the DMA zone keeps pages from its own requests and none from those for Normal.
  // Normal is unbalanced where the end zone is looked for (index 0), and balanced where it would be shrunk (index 1),
  // as DMA is; but asked at its own index DMA is not balanced. So nothing is shrunk and nothing sleeps.
  test('spins without waiting where zones disagree by the index, and is cut off at the 17th wake', () => {
    const dma: ZoneSketch = { ...fine, name: 'DMA', reserve: [5000, 0] };
    const normal: ZoneSketch = { ...fine, reserve: [5000, 0] };
    const { evs: seen, end } = run(scenario([dma, normal], []));
    expect(end).toBe('spinning');
    expect(seen.filter((ev) => ev === 'wake')).toHaveLength(16);
    expect(seen).not.toContain('shrink');
    expect(seen.at(-1)).toBe('limit');
  });
});

describe('whether reclaim may write pages', () => {
  /** At each priority of a run that reclaims nothing. */
  const mayWrite = (laptopMode: boolean): ReadonlyMap<number, boolean> => {
    const start = { ...scenario([low], [{ events: [{ wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] }]), limit: 20 };
    const { steps } = watchScenario(v4_0, { ...start, system: { ...start.system, laptopMode } });
    const shrinks = steps.filter(({ kind, at }) => kind === 'work' && at === 'shrink');
    return new Map(shrinks.map(({ before: { thread } }) => [thread.balance.priority, thread.balance.mayWritepage]));
  };
  const priorities = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

  test('is yes all along on most machines', () => {
    expect([...mayWrite(false)]).toEqual(priorities.map((priority) => [priority, true]));
  });

  test('is no on a laptop that saves power, until priority 9', () => {
    expect([...mayWrite(true)]).toEqual(priorities.map((priority) => [priority, priority <= 9]));
  });
});

// At priority 11 swap goes away while DMA is shrunk: Normal has nothing else to give, and is passed over.
test('the highest zone of a round is left out if it is no longer worth scanning when its turn comes', () => {
  const dma = { ...low, name: 'DMA' } as const;
  const anon = { ...low, lru: { inactiveAnon: 100 } };
  const start = scenario([dma, anon], [{}, {}, { events: [{ swap: 0 }] }], { order: 1 }, 4);
  const { trace } = runScenario(v4_0, { ...start, system: { ...start.system, swapPages: 1000 } });
  const shrunk = trace.flatMap((record) => (record.ev === 'shrink' ? [[record.priority, record.zone]] : []));
  expect(shrunk).toEqual([
    [12, 0],
    [12, 1],
    [11, 0],
  ]);
});
