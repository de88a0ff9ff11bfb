import { describe, expect, test } from 'vitest';
import {
  ALLOC_CMA,
  bootMemory,
  gfpOf,
  makeZone,
  startSingleAttempt,
  taskFlagsOf,
  v4_19,
  v5_9,
  type AllocTask,
  type GfpName,
} from '../../../model/index.ts';
import { scenarioNode, system, zone } from '../sketch.ts';
import { allocate, machineOf, only, type AllocZoneSketch } from './sketch.ts';

const KERNEL = ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'IO', 'FS'] as const satisfies readonly GfpName[];
const later = [v4_19, v5_9];

/** A task in the slow path, on a machine of one zone. */
function inSlowPath(
  order: number,
  slow: Partial<AllocTask['slow']>,
  sketch: AllocZoneSketch = {},
  flags = taskFlagsOf([]),
) {
  const memory = bootMemory(v5_9, machineOf({ nodes: [{ Normal: { free: 1000, ...sketch } }], compaction: true }));
  const request = { gfp: gfpOf(KERNEL), order, preferredNode: 0, localNode: 0, nodemask: null };
  const task = startSingleAttempt(v5_9, memory, request, flags, 0);
  return { memory, task: { ...task, slow: { ...task.slow, ...slow } } };
}

describe.each(later)('in $name', (k) => {
  test.each([
    [3, 16],
    [4, 4],
  ])('compaction that helps may go on for order %d %d times', (order, most) => {
    const asked = (before: number) => {
      const { memory, task } = inSlowPath(order, {
        compactResult: 'success',
        compactionRetries: before,
        compactPriority: 0,
      });
      return k.shouldCompactRetry(k, memory, task);
    };
    expect(asked(most - 1)).toEqual({ retry: true, compactPriority: 0, compactionRetries: most });
    expect(asked(most)).toEqual({ retry: false, compactPriority: 0, compactionRetries: most + 1 });
  });

  test('compaction is no reason to go round for a single page, whether it is built in or not', () => {
    const { memory, task } = inSlowPath(0, {});
    for (const compaction of [true, false]) {
      const built = { ...memory, system: { ...memory.system, compaction } };
      expect(k.shouldCompactRetry(k, built, task).retry).toBe(false);
    }
  });

  test.each([
    [3, 0],
    [4, 8],
  ])('after a round with progress for order %d, %d rounds are counted as without, of 7 before', (order, loops) => {
    const { memory, task } = inSlowPath(order, { didSomeProgress: 1, noProgressLoops: 7 });
    expect(k.shouldReclaimRetry(k, memory, task).noProgressLoops).toBe(loops);
  });

  test('a task that must not start input or output does not ask for it, nor for file systems', () => {
    const left = (...flags: Parameters<typeof taskFlagsOf>[0]) =>
      k.currentGfpContext(k, gfpOf(KERNEL), taskFlagsOf(flags));
    expect(left()).toBe(gfpOf(KERNEL));
    expect(left('MEMALLOC_NOFS')).toBe(gfpOf(['DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'IO']));
    expect(left('MEMALLOC_NOIO')).toBe(gfpOf(['DIRECT_RECLAIM', 'KSWAPD_RECLAIM']));
    expect(left('MEMALLOC_NOIO', 'MEMALLOC_NOFS')).toBe(gfpOf(['DIRECT_RECLAIM', 'KSWAPD_RECLAIM']));
  });

  test('no page block is set aside for one that came from those set aside, or from CMA if there is any', () => {
    const reserved = (cma: boolean, from: 'movable' | 'highatomic' | 'cma') =>
      k.reserveHighatomicPageblock(k, system({ cma }), zone({}), from).reservedHighatomic;
    expect([reserved(true, 'movable'), reserved(true, 'highatomic'), reserved(true, 'cma')]).toEqual([512, 0, 0]);
    expect(reserved(false, 'cma')).toBe(512);
  });

  test('a victim of the OOM killer that may not use reserves fails, though others see to memory', () => {
    const low = { Normal: { free: 0, min: 50, low: 100 } };
    const asked = { gfp: [...KERNEL, 'NOMEMALLOC'] as const, task: ['OOM_VICTIM'] as const };
    const failed = allocate(machineOf({ nodes: [low] }), { ...asked, script: [{}, { busy: true }, {}], limit: 9 }, k);
    expect(failed).toMatchObject({ end: 'done', page: null });
    expect(only(failed.trace, 'reclaim')).toHaveLength(1);
  });
});

test('in v5.9 a worker of a queue sleeps after a round in vain, unless there were 17 of them in a row', () => {
  const waits = (noProgressLoops: number) => {
    const nothing = { free: 0, min: 50 };
    const { memory, task } = inSlowPath(0, { noProgressLoops }, nothing, taskFlagsOf(['WQ_WORKER']));
    const { retry, wait } = v5_9.shouldReclaimRetry(v5_9, memory, task);
    return { retry, wait };
  };
  expect(waits(15)).toEqual({ retry: false, wait: 'worker' });
  expect(waits(16)).toEqual({ retry: false, wait: undefined });
});

// 150 pages are free, 100 of them CMA's; 60 are set aside for atomic requests, at which a quick look does not look.
test('the fast check of v4.19 does not look at what is set aside where CMA pages count and enough is free', () => {
  const written = scenarioNode([{ name: 'Normal', reservedHighatomic: 60 }]).zones[0]!;
  const made = makeZone({ ...written, free: { movable: [50], cma: [100] } });
  const passes = (cma: boolean, flags: number) =>
    v4_19.zoneWatermarkFast(v4_19, system({ cma }), made, 0, 100, 0, flags, gfpOf([]));
  expect([passes(true, ALLOC_CMA), passes(false, 0), passes(true, 0)]).toEqual([true, true, false]);
});
