import { ALLOC_CMA, ALLOC_KSWAPD, v4_19, v5_9, ZONE_BOOSTED_WATERMARK, type Memory } from '../../../model/index.ts';
import { withAttempt, withSlow } from '../broken.ts';
import { afterwards, asIf, breaking, goesTo } from './breaking.ts';

const { rule, step, wait } = breaking(v5_9);

/** The memory without a zone that kswapd is to be told of. */
const untold = (memory: Memory): Memory => ({
  ...memory,
  pgdats: memory.pgdats.map((pgdat) => ({
    ...pgdat,
    node: {
      ...pgdat.node,
      zones: pgdat.node.zones.map((zone) => ({ ...zone, flags: zone.flags & ~ZONE_BOOSTED_WATERMARK })),
    },
  })),
});

/** Rules that judge requests and zones, and take from these. */
export const rules = [
  rule('says nothing of kswapd', { gfpToAllocFlags: v4_19.gfpToAllocFlags }),
  rule('a task that forbids CMA pages is not heard', { currentAllocFlags: v4_19.currentAllocFlags }),
  rule('shuns mixing kinds wherever DMA32 lies', {
    allocFlagsNofragment: (k, memory, ...rest) =>
      v5_9.allocFlagsNofragment(k, { ...memory, pgdats: memory.pgdats.slice(0, 1) }, [0, 2], rest[1]),
  }),
  rule('is that of the preferred zone', { acClasszoneIdx: v4_19.acClasszoneIdx }),
  rule('grants single pages out of what is set aside', { zoneWatermarkFast: v4_19.zoneWatermarkFast }),
  rule('knows of no boost', {
    zoneWatermarkFast: (k, system, zone, order, mark, zoneIdx, flags) =>
      v5_9.zoneWatermarkFast(k, system, zone, order, mark, zoneIdx, flags, 0),
  }),
  rule('counts CMA pages as usable', {
    __zoneWatermarkUnusableFree: (k, system, zone, order, flags) =>
      v5_9.__zoneWatermarkUnusableFree(k, system, zone, order, flags | ALLOC_CMA),
  }),
  rule('mixes kinds for anyone', { rmqueue: v4_19.rmqueue }),
  rule('a worker does not sleep before it gives up', { shouldReclaimRetry: v4_19.shouldReclaimRetry }),
  rule('compaction that withdrew does not try harder', { shouldCompactRetry: v4_19.shouldCompactRetry }),
];

/** Steps of the walk and of the slow path. */
export const steps = [
  step('allocPagesNodemask', 'makes an attempt at a block that is too large', (as) => (k, memory, task) => {
    const { order } = task.request;
    const entered = as(k, memory, { ...task, request: { ...task.request, order: Math.min(order, 10) } });
    return { ...entered, task: { ...entered.task, request: task.request } };
  }),
  step(
    'checkDirty',
    'judges a node at each of its zones',
    asIf((task) => withAttempt(task, { lastDirtyNode: -1 })),
  ),
  step('checkLocality', 'leaves the node rather than mix kinds', goesTo('checkWatermark')),
  step(
    'endOfScan',
    'gives up rather than mix kinds',
    afterwards((_after, before) => ({ ...before, at: before.attempt.failed })),
  ),
  step('rmqueue', 'does not tell kswapd', (as) => (k, memory, task) => as(k, untold(memory), task)),
  step(
    'rmqueue',
    'tells kswapd that the caller can wait',
    (as) => (k, memory, task) =>
      as(
        { ...k, wakeupKswapd: (kk, m, zone, order, zoneIdx) => v5_9.wakeupKswapd(kk, m, zone, order, zoneIdx, true) },
        memory,
        task,
      ),
  ),
  step(
    'allocPagesSlowpath',
    'wakes kswapd for anyone',
    (as) => (k, memory, task) =>
      as({ ...k, gfpToAllocFlags: (...asked) => v5_9.gfpToAllocFlags(...asked) | ALLOC_KSWAPD }, memory, task),
  ),
  step(
    'retry',
    'keeps waking kswapd for those with reserves',
    asIf(
      (task) => task,
      (after, before) =>
        withSlow(after, { allocFlags: after.slow.allocFlags | (before.slow.allocFlags & ALLOC_KSWAPD) }),
    ),
  ),
  step('judgeCompaction', 'goes on although compaction was skipped', goesTo('retry')),
  wait('compact', 'captures nothing', (as) => ({
    work: (k, memory, task, { capture: _capture, ...turn }) => as.work(k, memory, task, turn),
  })),
  step(
    'compacted',
    'fails at once if compaction was skipped',
    (as) => (k, memory, task) =>
      task.slow.compactResult === 'skipped' && task.page === null
        ? { memory, task: { ...task, at: task.slow.notCompacted }, records: [] }
        : as(k, memory, task),
  ),
  step('oomDecided', 'gives up although a task was killed', goesTo('nopage')),
  wait('wait', 'is the end', (as) => ({
    resume: (k, memory, task, turn) => ({ ...as.resume(k, memory, task, turn), task: { ...task, at: 'nopage' } }),
  })),
];
