import { describe, expect, test } from 'vitest';
import {
  kernels,
  runDirectCase,
  v4_19,
  v5_9,
  watchDirectCase,
  type DirectCase,
  type DirectTurn,
} from '../../../model/index.ts';
import { RECLAIMABLE } from '../sketch.ts';
import { directCase, returned, shrunk } from './sketch.ts';

/** Half of the min mark is 50 pages: with more free the task goes on. */
const poor = (free: number, script: readonly DirectTurn[], changes: Partial<DirectCase> = {}): DirectCase => ({
  ...directCase({ nodes: [[{ ...RECLAIMABLE, min: 100, free }]], task: [], script }),
  ...changes,
});

const WITHOUT_FS = { order: 0, gfpMask: [], nrToReclaim: 32, reclaimIdx: 0 } as const;
const RELEASE: DirectTurn = { wake: true, events: [{ give: { zone: 0, order: 0, count: 51 } }] };
const RECLAIM: DirectTurn = { reclaimed: [40] };

describe.each(Object.values(kernels))('throttling in $name', (k) => {
  test('a task waits on its first node with half of the min marks free or less', () => {
    expect(runDirectCase(k, poor(50, [])).end).toBe('throttled');
    expect(returned(k, poor(51, [RECLAIM]))).toBe(40);
  });

  test('a woken task asks again, and goes on to reclaim if there is enough', () => {
    expect(runDirectCase(k, poor(0, [{ wake: true }])).end).toBe('throttled');
    expect(returned(k, poor(0, [{ wake: true }, RELEASE, RECLAIM]))).toBe(40);
  });

  test('enough alone does not let a task go: someone has to wake it', () => {
    expect(runDirectCase(k, poor(0, [{ events: RELEASE.events! }])).end).toBe('throttled');
  });

  test('a killed task returns 1 and reclaims nothing', () => {
    const given = poor(0, [{ signal: 'fatal' }, RECLAIM]);
    expect(returned(k, given)).toBe(1);
    expect(shrunk(k, given)).toEqual([]);
  });

  test.each(['fatal', 'other'] as const)(
    'a %s signal, or a second, ends the wait of a task without the filesystem',
    (signal) => {
      expect(returned(k, poor(0, [{ signal }, RECLAIM], { args: WITHOUT_FS }))).toBe(signal === 'fatal' ? 1 : 40);
      expect(returned(k, poor(0, [{ timeout: true }, RECLAIM], { args: WITHOUT_FS }))).toBe(40);
    },
  );

  test('a task that may enter the filesystem heeds neither', () => {
    expect(runDirectCase(k, poor(0, [{ signal: 'other' }, { timeout: true }])).end).toBe('throttled');
  });

  test.each(['KTHREAD', 'FATAL_SIGNAL'] as const)('a task with %s never waits', (flag) => {
    expect(returned(k, poor(0, [RECLAIM], { task: [flag] }))).toBe(40);
  });

  test('who waits is counted on the node, once', () => {
    const counts = (script: readonly DirectTurn[]): readonly number[] =>
      watchDirectCase(k, poor(0, script)).steps.map(({ after }) => after.memory.pgdats[0]!.waits.throttled);
    expect(counts([{}, { wake: true }])).toEqual([0, 1, 1, 1, 0, 1]);
    expect(counts([{ signal: 'fatal' }])).toEqual([0, 1, 1, 0, 0]);
  });

  test('a task that may use no zone up to Normal is not throttled', () => {
    const zones = [
      { ...RECLAIMABLE, min: 100 },
      { name: 'Movable', ...RECLAIMABLE },
    ] as const;
    const args = { gfpMask: ['HIGHMEM', 'MOVABLE', 'FS'] } as const;
    const given = directCase({ nodes: [zones], zonelist: [[0, 1]], args, task: [], script: [{ reclaimed: [0, 40] }] });
    expect(returned(k, given)).toBe(40);
  });
});

test.each([v4_19, v5_9])('in $name a hopeless node throttles no one', (k) => {
  expect(returned(k, poor(0, [RECLAIM]))).toBeUndefined();
  const hopeless = directCase({ nodes: [[{ ...RECLAIMABLE, min: 100 }]], failures: 16, task: [], script: [RECLAIM] });
  expect(returned(k, hopeless)).toBe(40);
});
