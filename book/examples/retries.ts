import {
  gfpOf,
  startAllocation,
  taskFlagsOf,
  type AllocTask,
  type GfpName,
  type Memory,
  type SlowPath,
  type TaskFlagName,
} from '../../model/index.ts';
import { withContext, withSlow } from '../../model/alloc/changes.ts';
import { contextOf } from '../../model/alloc/enter.ts';
import type { Kernel } from '../../model/index.ts';
import { example } from '../example.ts';

/** A task in the slow path of a request for DMA pages, so that the zone at index 0 may serve it. */
function asking(
  k: Kernel,
  memory: Memory,
  order: number,
  slow: Partial<SlowPath>,
  task: readonly TaskFlagName[] = [],
): AllocTask {
  const request = { gfp: gfpOf(['DMA']), order, preferredNode: 0, localNode: 0, nodemask: null };
  const started = startAllocation(request, taskFlagsOf(task));
  return withSlow(withContext(started, contextOf(k, memory, request)), started.at, slow);
}

const ZONES = [{ name: 'DMA', min: 100, low: 120, high: 140, free: 60, lru: { inactiveFile: 100 } }] as const;

/** Worked examples of when a request that found nothing tries once more. */
export const retryExamples = [
  example({
    rule: 'shouldAllocRetry',
    title: 'Who goes on, and until when',
    ask: (k, { memory }, given: { gfp: readonly GfpName[]; order: number; pagesReclaimed: number }) =>
      k.shouldAllocRetry(k, memory, gfpOf(given.gfp), given.order, 1, given.pagesReclaimed),
    cases: [
      { given: { gfp: [], order: 3, pagesReclaimed: 1000 }, expected: true, worked: 'low orders go on without end' },
      {
        given: { gfp: [], order: 4, pagesReclaimed: 0 },
        expected: false,
        worked: 'order 4 is costly, and no one insists',
      },
      {
        given: { gfp: ['REPEAT'], order: 4, pagesReclaimed: 15 },
        expected: true,
        worked: 'insisted on: 15 is less than 16',
      },
      {
        given: { gfp: ['REPEAT'], order: 4, pagesReclaimed: 16 },
        expected: false,
        worked: 'a block’s worth was reclaimed',
      },
      {
        given: { gfp: ['NORETRY'], order: 0, pagesReclaimed: 0 },
        expected: false,
        worked: 'the caller does not want to',
      },
    ],
  }),
  example({
    rule: 'shouldReclaimRetry',
    title: 'With all that is left to reclaim, 60 + 100 pages would be free, above the min mark of 100',
    zones: ZONES,
    ask: (k, { memory }, { noProgressLoops, didSomeProgress }) => {
      const task = asking(k, memory, 0, { noProgressLoops, didSomeProgress });
      const { retry, noProgressLoops: inVain } = k.shouldReclaimRetry(k, memory, task);
      return { retry, inVain };
    },
    cases: [
      {
        given: { noProgressLoops: 3, didSomeProgress: 1 },
        expected: { retry: true, inVain: 0 },
        worked: 'progress: the count starts over',
      },
      {
        given: { noProgressLoops: 3, didSomeProgress: 0 },
        expected: { retry: true, inVain: 4 },
        worked: 'none, but 160 is more than 100',
      },
      {
        given: { noProgressLoops: 16, didSomeProgress: 0 },
        expected: { retry: false, inVain: 17 },
        worked: '16 rounds in vain are enough, and no block is set aside',
      },
    ],
  }),
  example({
    rule: 'shouldReclaimRetry',
    title: 'A worker of a queue, and nothing to be had',
    zones: [{ name: 'DMA', min: 100, free: 0 }],
    ask: (k, { memory }, { task }: { task: readonly TaskFlagName[] }) => {
      const { retry, wait = 'nothing' } = k.shouldReclaimRetry(k, memory, asking(k, memory, 0, {}, task));
      return { retry, waitsFor: wait };
    },
    cases: [
      {
        given: { task: ['WQ_WORKER'] },
        expected: { retry: false, waitsFor: 'nothing' },
        worked: '0 is not more than 100',
        since: {
          'v5.9': { expected: { retry: false, waitsFor: 'worker' }, worked: 'the same, but it lets others run' },
        },
      },
    ],
  }),
  example({
    rule: 'shouldCompactRetry',
    title: 'After compaction',
    zones: ZONES,
    system: { compaction: true },
    ask: (k, { memory }, given: { order: number; compactResult: string; compactPriority: number }) => {
      const { order, compactResult, compactPriority } = given;
      const slow = { compactResult: compactResult as SlowPath['compactResult'], compactPriority };
      const { retry, compactPriority: next } = k.shouldCompactRetry(k, memory, asking(k, memory, order, slow));
      return { retry, priority: next };
    },
    cases: [
      {
        given: { order: 1, compactResult: 'complete', compactPriority: 1 },
        expected: { retry: true, priority: 0 },
        worked: 'it ran to its end in vain: harder the next time',
      },
      {
        given: { order: 1, compactResult: 'complete', compactPriority: 0 },
        expected: { retry: false, priority: 0 },
        worked: 'harder is not possible',
      },
      {
        given: { order: 1, compactResult: 'deferred', compactPriority: 1 },
        expected: { retry: true, priority: 1 },
        worked: 'it withdrew, and with 60 + 100 pages free it would be suitable',
        since: { 'v5.9': { expected: { retry: true, priority: 0 }, worked: 'it withdrew: harder the next time' } },
      },
      {
        given: { order: 4, compactResult: 'deferred', compactPriority: 1 },
        expected: { retry: false, priority: 1 },
        worked: 'a quarter of 100 and 60 pages are not more than the low mark, 120, and 32',
        since: { 'v5.9': { expected: { retry: false, priority: 1 }, worked: 'for a costly order 1 is the hardest' } },
      },
    ],
  }),
  example({
    rule: 'compactionZonelistSuitable',
    title: 'With one part in `order` of what is reclaimable',
    zones: ZONES,
    system: { compaction: true },
    ask: (k, { memory }, { order }) => k.compactionZonelistSuitable(k, memory, asking(k, memory, order, {})),
    cases: [
      { given: { order: 1 }, expected: true, worked: '100 / 1 + 60 = 160 are more than 100 + 4' },
      { given: { order: 3 }, expected: false, worked: '100 / 3 + 60 = 93 are not more than 100 + 16' },
    ],
  }),
];
