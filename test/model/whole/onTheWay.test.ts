import { describe, expect, test } from 'vitest';
import {
  kernels,
  v4_0,
  v4_19,
  v5_9,
  watchWhole,
  type GfpName,
  type WholeRun,
  type WholeTurn,
} from '../../../model/index.ts';
import type { AllocZoneSketch } from '../alloc/sketch.ts';
import { asking, byTask, PATIENT, whole, type WholeSketch } from './sketch.ts';

const NORMAL = 2;
const marks = { min: 10, low: 20, high: 30 };
const low = { ...marks, free: 8, lru: { inactiveFile: 500 } };
const ample = { Normal: { ...marks, free: 900 } };

/** What came of each reclaim on the way. */
const resultsOf = ({ steps }: WholeRun) =>
  steps.flatMap((one) =>
    one.of === 'allocation' && one.step.kind === 'resume' && /^(zone|node)Reclaim$/.test(one.step.at)
      ? [one.step.input.result]
      : [],
  );

const freeOf = ({ machine }: WholeRun, node = 0) =>
  machine.memory.pgdats[node]!.node.zones.map(({ freeArea }) => freeArea.pages);

describe.each(Object.values(kernels))('reclaim on the way in $name', (k) => {
  /** A task of node 0, by whose side is node 1; every wait has the same answer. */
  const onTheWay = (
    { lru = low.lru, ...zone }: Partial<AllocZoneSketch>,
    answer: Partial<WholeTurn>,
    more: Partial<WholeSketch> = {},
  ) =>
    watchWhole(
      k,
      whole({
        of: [{ DMA: { ...low, ...zone, lru }, Normal: { ...low, ...zone, lru } }, ample],
        swapPages: 1000,
        zoneReclaimMode: 1,
        tasks: [asking([90])],
        script: [byTask(), ...[1, 2, 3, 4].map(() => byTask(0, answer))],
        ...more,
      }),
    );
  const all = { reclaimed: [0, 0, 100] };
  const asks = (gfp: readonly GfpName[]) => ({ tasks: [{ node: 0, requests: [{ gfp, order: 0 }] }] });

  test('frees what it is said to, of file pages and of anonymous ones that can be swapped', () => {
    for (const lru of [{ inactiveFile: 500 }, { inactiveAnon: 500 }]) {
      const run = onTheWay({ lru }, all);
      expect(resultsOf(run)).toEqual(['success']);
      expect(freeOf(run)).toEqual([8, 0, 107, 0]);
      expect(run.machine.tasks[0]!.held).toMatchObject([{ at: [0, NORMAL] }]);
    }
  });

  test('frees nothing if nothing is said of it, and the request goes on to another node', () => {
    const run = onTheWay({}, {});
    expect(resultsOf(run).length).toBeGreaterThan(0);
    expect(new Set(resultsOf(run))).toEqual(new Set(['some']));
    expect(freeOf(run)).toEqual([8, 0, 8, 0]);
    expect(run.machine.tasks[0]!.held).toMatchObject([{ at: [1, NORMAL] }]);
  });

  test('scans nothing for a request that may not wait, nor for a task that frees memory itself', () => {
    const { requests } = asking([90]);
    for (const more of [asks(['HIGH']), { tasks: [{ node: 0, requests, flags: ['MEMALLOC'] as const }] }]) {
      const run = onTheWay({}, all, more);
      expect(resultsOf(run).length).toBeGreaterThan(0);
      expect(new Set(resultsOf(run))).toEqual(new Set(['noscan']));
      expect(freeOf(run)).toEqual([8, 0, 8, 0]);
    }
  });

  test('leaves memory to the processors that are next to it', () => {
    const remote = (hasCpus: readonly boolean[]) =>
      onTheWay({}, all, { of: [{}, { Normal: low }], hasCpus, script: [byTask(), byTask(0, all)] });
    expect(resultsOf(remote([true, true]))).toEqual(['noscan']);
    expect(freeOf(remote([true, true]), 1)).toEqual([0, 0, 8, 0]);
    expect(resultsOf(remote([true, false]))).toEqual(['success']);
    expect(freeOf(remote([true, false]), 1)).toEqual([0, 0, 107, 0]);
  });
});

// From v4.14 on the attempt under the lock of the OOM killer may not wait for anything.
test.each([v4_19, v5_9])(
  'reclaim on the way in $name scans nothing for the last attempt before the OOM killer',
  (k) => {
    const given = whole({
      of: [{ Normal: { ...marks, free: 0, lru: { inactiveFile: 1 } } }],
      zoneReclaimMode: 1,
      tasks: [asking([90], { flags: ['KTHREAD'] })],
      script: Array.from({ length: 40 }, () => byTask()),
    });
    const results = watchWhole(k, given).steps.flatMap((one) => {
      if (one.of !== 'allocation' || one.step.kind !== 'resume' || one.step.at !== 'nodeReclaim') return [];
      const isLast = one.step.before.task.attempt.failed === 'outOfMemory';
      return [`${isLast ? 'last' : 'other'}: ${one.step.input.result}`];
    });
    expect(new Set(results)).toEqual(new Set(['other: some', 'last: noscan']));
  },
);

describe('reclaim on the way in v4.0', () => {
  // Two pages are asked for. With fewer reclaimed on the way, a zone that is still too low counts as full.
  test('succeeds if it frees as many pages as were asked for', () => {
    const reclaimed = (pages: number) => {
      const tasks = [{ node: 0, requests: [{ gfp: PATIENT, order: 1, lifetime: 90 }] }];
      const script = [byTask(), byTask(0, { reclaimed: [0, 0, pages] })];
      const of = [{ Normal: low }, { Normal: { ...marks, free: [0, 900] } }];
      const run = watchWhole(v4_0, whole({ of, zoneReclaimMode: 1, tasks, script }));
      return { full: run.machine.memory.zonelists[0]!.zlc.full, results: resultsOf(run) };
    };
    expect([0, 1, 2, 3].map((pages) => reclaimed(pages).full)).toEqual([[0], [0], [], []]);
    expect([0, 1, 2, 3].flatMap((pages) => reclaimed(pages).results)).toEqual(['some', 'some', 'success', 'success']);
  });

  test('counts a zone as full that was given up', () => {
    const results = (pagesScanned: number) => {
      const of = [{ Normal: { ...low, pagesScanned } }, ample];
      return resultsOf(
        watchWhole(v4_0, whole({ of, zoneReclaimMode: 1, tasks: [asking([90])], script: [byTask(), byTask()] })),
      );
    };
    expect(results(6 * 500 - 1)).toEqual(['some']);
    expect(results(6 * 500)).toEqual(['full']);
  });
});
