import { describe, expect, test } from 'vitest';
import {
  kernels,
  runWhole,
  v4_0,
  v4_19,
  v5_9,
  watchWhole,
  type Kernel,
  type TaskFlagName,
  type WholeTurn,
} from '../../../model/index.ts';
import { asking, byKswapd, byTask, PATIENT, whole } from './sketch.ts';

const NORMAL = 2;
const low = { Normal: { free: 8, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };

/** What a kswapd counts as scanned when its wait for reclaim is over. */
function scannedBy(k: Kernel, answer: Partial<WholeTurn>): readonly number[] {
  const { steps } = watchWhole(
    k,
    whole({ of: [low], tasks: [asking([90])], script: [byTask(), byKswapd(), byKswapd(0, answer)] }),
  );
  return steps.flatMap((one) => {
    if (one.of !== 'kswapd' || one.step.kind !== 'work' || one.step.at !== 'shrink') return [];
    const { balance, nodeBalance } = one.step.after.thread;
    return [k.name === 'v4.0' ? balance.nrScanned : nodeBalance.nrScanned];
  });
}

describe.each(Object.values(kernels))('in $name', (k) => {
  test('kswapd hears how much was scanned, and how much of it was reclaimed', () => {
    expect(scannedBy(k, {})).toEqual([0]);
    expect(scannedBy(k, { scanned: 7 })).toEqual([7]);
    expect(scannedBy(k, { reclaimed: [0, 0, 5] })).toEqual([5]);
  });

  // 41 pages are free above a low and a high mark of 40: the second request wakes kswapd from its nap.
  test('kswapd hears how much of its nap is left', () => {
    const tight = { Normal: { free: 41, min: 10, low: 40, high: 40, lru: { inactiveFile: 1000 } } };
    const hits = (remaining: number) => {
      const script = [byKswapd(), byTask(), byTask(), byKswapd(0, { remaining })];
      const given = whole({ of: [tight], awake: true, tasks: [asking([90, 90])], script });
      return runWhole(k, given).trace.flatMap(({ record: { ev } }) => (ev.endsWith('hit_quickly') ? [ev] : []));
    };
    expect(hits(5)).toEqual(['low_wmark_hit_quickly']);
    expect(hits(0)).toEqual(['high_wmark_hit_quickly']);
  });
});

// Nothing but single pages is free: a request of order 3 has kswapd reclaim more than it asks for, and then compact.
test('compaction by a kswapd of v4.0 merges blocks of its own node only', () => {
  const single = { Normal: { free: 40, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };
  const merge = [
    { node: 0, zone: NORMAL, from: 0, to: 1, count: 3 },
    { node: 1, zone: NORMAL, from: 0, to: 2, count: 5 },
  ];
  const script = [byTask(), byKswapd(), byKswapd(0, { reclaimed: [0, 0, 200] }), byKswapd(0, { merge })];
  const tasks = [{ node: 0, requests: [{ gfp: PATIENT, order: 3, nodemask: [0] }] }];
  const { machine, trace } = runWhole(v4_0, whole({ of: [single, single], compaction: true, tasks, script }));
  expect(trace.filter(({ of, record }) => of === 'kswapd' && record.ev === 'compact')).toHaveLength(1);
  const blocks = machine.memory.pgdats.map(({ node }) => node.zones[NORMAL]!.freeArea.nrFree.slice(0, 3));
  expect(blocks).toEqual([
    [234, 3, 0],
    [40, 0, 0],
  ]);
});

describe.each(Object.values(kernels))('a task of $name hears of compaction', (k) => {
  const single = { Normal: { free: 40, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };
  const tasks = [{ node: 0, requests: [{ gfp: PATIENT, order: 2 }] }];
  const compacted = (answer: Partial<WholeTurn>) =>
    watchWhole(k, whole({ of: [single, single], compaction: true, tasks, script: [byTask(), byTask(0, answer)] }));
  const merge = [{ node: 0, zone: NORMAL, from: 0, to: 2, count: 8 }];

  test('which blocks it merged, in whatever node, and that it got something done', () => {
    const { machine } = compacted({ merge, compactResult: 'success' });
    expect(machine.tasks[0]).toMatchObject({ served: 1, held: [{ order: 2 }] });
    const elsewhere = compacted({ merge: [{ ...merge[0]!, node: 1 }], compactResult: 'success' });
    expect(elsewhere.machine.tasks[0]!.held.map(({ at }) => at)).toEqual([[1, NORMAL]]);
  });

  test('how it ended, and in v4.0 what stood in its way', () => {
    const heard = (answer: Partial<WholeTurn>) =>
      compacted(answer).steps.flatMap((one) => {
        if (one.of !== 'allocation' || one.step.kind !== 'resume' || one.step.at !== 'compact') return [];
        const { compactResult, contendedCompaction } = one.step.after.task.slow;
        return k.name === 'v4.0' ? [compactResult, contendedCompaction] : [compactResult];
      });
    const inWay = k.name === 'v4.0' ? ['lock'] : [];
    const notInWay = k.name === 'v4.0' ? ['none'] : [];
    expect(heard({ compactResult: 'deferred' })).toEqual(['deferred', ...notInWay]);
    expect(heard({ compactResult: 'continue', contended: 'lock' })).toEqual(['continue', ...inWay]);
    expect(heard({})).toEqual(['skipped', ...notInWay]);
  });
});

test.each(Object.values(kernels))('in $name a thread of the kernel is not throttled, others are', (k) => {
  const reserves = { Normal: { free: 2, min: 10, low: 20, high: 30, lru: { inactiveFile: 1000 } } };
  const reclaiming = (flags: readonly TaskFlagName[]) =>
    runWhole(k, whole({ of: [reserves], tasks: [asking([90], { flags })], script: [byTask()] })).machine.tasks[0]!;
  expect(reclaiming([]).reclaim!.at).toBe('throttled');
  expect(reclaiming(['KTHREAD']).reclaim!.at).toBe('shrink');
});

// A pass is thirteen scans, one for each priority. Groups are spared until a pass does not spare them, and lists anew.
test('direct reclaim makes another pass for what it spared, which then is not spared again', () => {
  const scans = (k: Kernel, answer: Partial<WholeTurn>) => {
    const nothing = { Normal: { free: 8, min: 10, low: 20, high: 30 } };
    const script = Array.from({ length: 60 }, () => byTask(0, answer));
    const { trace } = runWhole(k, whole({ of: [nothing], tasks: [asking([90])], script }));
    const evs = trace.flatMap(({ of, record: { ev } }) => (of === 'direct' || ev === 'oom_trylock' ? [ev] : []));
    return evs.indexOf('oom_trylock');
  };
  const answers = [
    {},
    { memcgLowSkipped: true },
    { skippedDeactivate: true },
    { memcgLowSkipped: true, skippedDeactivate: true },
  ];
  expect(answers.map((answer) => scans(v4_19, answer))).toEqual([13, 26, 13, 26]);
  expect(answers.map((answer) => scans(v5_9, answer))).toEqual([13, 26, 26, 52]);
});

test('every step of a kswapd says of what kind it is', () => {
  const { steps } = watchWhole(v4_0, whole({ of: [low], tasks: [asking([90])], script: [byTask(), byKswapd()] }));
  const kinds = steps.flatMap((one) => (one.of === 'kswapd' ? [one.step.kind] : []));
  expect(new Set(kinds)).toEqual(new Set(['work', 'resume', 'transition']));
});
