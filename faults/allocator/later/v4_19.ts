import {
  ALLOC_CMA,
  ALLOC_HARDER,
  ALLOC_NO_WATERMARKS,
  ALLOC_OOM,
  GFP_ATOMIC,
  GFP_DIRECT_RECLAIM,
  GFP_KSWAPD_RECLAIM,
  GFP_NOFAIL,
  GFP_NOMEMALLOC,
  GFP_NORETRY,
  GFP_RETRY_MAYFAIL,
  GFP_THISNODE,
  TASK_DUMPCORE,
  TASK_MEMALLOC,
  TASK_MEMALLOC_NOIO,
  TASK_OOM_VICTIM,
  TASK_SOFTIRQ,
  v4_0,
  v4_19,
  zonePageState,
} from '../../../model/index.ts';
import { withAttempt, withSlow } from '../broken.ts';
import { afterwards, asIf, asIfMask, breaking, goesTo, withGfp, withoutTrace } from './breaking.ts';

const { rule, step, wait } = breaking(v4_19);

/** Rules that judge requests and zones, and take from these. */
export const rules = [
  rule('who cannot wait is in a hurry', {
    gfpToAllocFlags: (k, system, gfp, task) =>
      v4_19.gfpToAllocFlags(k, system, (gfp & GFP_DIRECT_RECLAIM) === 0 ? gfp | GFP_ATOMIC : gfp, task),
  }),
  rule('no one may use CMA pages', { currentAllocFlags: (_k, _system, _gfp, _task, flags) => flags }),
  rule('a victim gets at all reserves', {
    __gfpPfmemallocFlags: (k, gfp, task) =>
      v4_19.__gfpPfmemallocFlags(k, gfp, task) === ALLOC_OOM
        ? ALLOC_NO_WATERMARKS
        : v4_19.__gfpPfmemallocFlags(k, gfp, task),
  }),
  rule('a soft interrupt counts as any other', {
    __gfpPfmemallocFlags: (k, gfp, task) =>
      (task & TASK_SOFTIRQ) !== 0
        ? v4_19.__gfpPfmemallocFlags(k, gfp, task & ~TASK_MEMALLOC)
        : v4_19.__gfpPfmemallocFlags(k, gfp, task),
  }),
  rule('NOMEMALLOC is not heard', {
    gfpPfmemallocAllowed: (k, system, gfp, task) => v4_19.gfpPfmemallocAllowed(k, system, gfp & ~GFP_NOMEMALLOC, task),
  }),
  rule('who must not start input or output does not reclaim at all', {
    currentGfpContext: (_k, gfp, task) => ((task & TASK_MEMALLOC_NOIO) === 0 ? gfp : gfp & ~GFP_DIRECT_RECLAIM),
  }),
  rule('compares signed numbers', {
    zoneWatermarkFast: (k, system, zone, order, mark, zoneIdx, flags) =>
      v4_19.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags, zonePageState(zone)),
  }),
  rule('grants any order by the fast comparison', {
    zoneWatermarkFast: (k, system, zone, _order, ...rest) => v4_19.zoneWatermarkFast(k, system, zone, 0, ...rest),
  }),
  rule('asks every zone', { wakeAllKswapds: v4_0.wakeAllKswapds }),
  rule('lists zones that the allocator manages nothing of', {
    zonelistOf: (k, { numa, ...nodes }, order) =>
      v4_0.zonelistOf(k, { ...nodes, numa: { ...numa, zonelistOrder: 'node' } }, order),
  }),
  rule('a node at exactly the distance is too far', { zoneAllowsReclaim: v4_0.zoneAllowsReclaim }),
  rule('never takes what is set aside', {
    rmqueue: (k, zone, order, flags, ...rest) => v4_19.rmqueue(k, zone, order, flags & ~ALLOC_HARDER, ...rest),
  }),
  rule('sets aside without limit', {
    reserveHighatomicPageblock: (k, system, zone, from) =>
      v4_19.reserveHighatomicPageblock(k, system, { ...zone, managed: 2 ** 30 }, from),
  }),
  rule('sets a block aside twice', {
    reserveHighatomicPageblock: (k, system, zone) => v4_19.reserveHighatomicPageblock(k, system, zone, 'movable'),
  }),
  rule('gives the last block back as well', {
    unreserveHighatomicPageblock: (k, memory, context) => v4_19.unreserveHighatomicPageblock(k, memory, context, true),
  }),
  rule('gives blocks back to movable pages', {
    unreserveHighatomicPageblock: (k, memory, context, force) =>
      v4_19.unreserveHighatomicPageblock(k, memory, { ...context, migratetype: 'movable' }, force),
  }),
  rule('rounds in vain are not counted', {
    shouldReclaimRetry: (k, memory, task) => ({ ...v4_19.shouldReclaimRetry(k, memory, task), noProgressLoops: 0 }),
  }),
  rule('no one waits for writes', {
    shouldReclaimRetry: (k, memory, task) => {
      const { wait: why, ...asked } = v4_19.shouldReclaimRetry(k, memory, task);
      return why === 'worker' ? { ...asked, wait: why } : asked;
    },
  }),
  rule('compaction never tries harder', {
    shouldCompactRetry: (k, memory, task) => ({
      ...v4_19.shouldCompactRetry(k, memory, task),
      compactPriority: task.slow.compactPriority,
    }),
  }),
  rule('reclaimable pages count in full', {
    compactionZonelistSuitable: (k, memory, task) =>
      v4_19.compactionZonelistSuitable(
        { ...k, zoneReclaimablePages: (kk, s, z) => 64 * v4_19.zoneReclaimablePages(kk, s, z) },
        memory,
        task,
      ),
  }),
];

/** The walk over the zonelist. */
export const walk = [
  step('allocPagesNodemask', 'fails without a word if no zone may serve the request', (as) =>
    afterwards((after) => (after.context.preferred === null ? { ...after, at: 'done' } : after))(as),
  ),
  step(
    'nextZone',
    'forgets that all nodes may be used by now',
    asIf(
      (task) => ({ ...task, context: { ...task.context, nodemask: task.request.nodemask } }),
      (after, before) => ({ ...after, context: before.context }),
    ),
  ),
  step(
    'checkDirty',
    'judges a node at each of its zones',
    asIf((task) => withAttempt(task, { lastDirtyNode: -1 })),
  ),
  step(
    'checkWatermark',
    'looks at all reserves',
    (as) => (k, memory, task) =>
      as(
        { ...k, zoneWatermarkFast: (kk, s, z, o, m, i, f) => v4_19.zoneWatermarkOk(kk, s, z, o, m, i, f) },
        memory,
        task,
      ),
  ),
  step(
    'belowWatermark',
    'reclaims wherever it is',
    (as) => (k, memory, task) => as({ ...k, zoneAllowsReclaim: () => true }, memory, task),
  ),
  wait('nodeReclaim', 'always takes it for a success', (as) => ({
    resume: (k, memory, task, turn) => as.resume(k, memory, task, { ...turn, result: 'success' }),
  })),
  step('zoneReclaimed', 'does not check the mark again', goesTo('rmqueue')),
  step('rmqueue', 'takes a block and leaves it there', withoutTrace),
  step(
    'rmqueue',
    'never says that marks were ignored',
    afterwards((after) => ({
      ...after,
      page: after.page === null ? null : { ...after.page, pfmemalloc: false },
    })),
  ),
  step(
    'endOfScan',
    'is the end',
    afterwards((after) => ({ ...after, at: 'done' })),
  ),
];

/** The slow path. */
export const slow = [
  step(
    'allocPagesSlowpath',
    'keeps ATOMIC along with DIRECT_RECLAIM',
    (as) => (k, memory, task) =>
      as(k, memory, (task.slow.gfp & GFP_ATOMIC) === 0 ? task : withGfp(task, task.slow.gfp & ~GFP_DIRECT_RECLAIM)),
  ),
  step(
    'compactFirst',
    'does so for movable pages of any order',
    asIf(
      (task) => ({ ...task, context: { ...task.context, migratetype: 'unmovable' } }),
      (after, before) => ({ ...after, context: before.context }),
    ),
  ),
  step('judgeCompaction', 'goes on although compaction was put off', goesTo('retry')),
  step(
    'retry',
    'wakes no one',
    asIfMask((gfp) => gfp & ~GFP_KSWAPD_RECLAIM),
  ),
  step(
    'retry',
    'keeps the right to CMA pages along with the reserves',
    (as) => (k, memory, task) =>
      as(
        {
          ...k,
          __gfpPfmemallocFlags: (kk, gfp, flags) => {
            const reserve = v4_19.__gfpPfmemallocFlags(kk, gfp, flags);
            return reserve === 0 ? 0 : reserve | ALLOC_CMA;
          },
        },
        memory,
        task,
      ),
  ),
  step(
    'mayReclaim',
    'lets those reclaim who do so already',
    asIf(
      (task) => ({ ...task, flags: task.flags & ~TASK_MEMALLOC }),
      (after, before) => ({ ...after, flags: before.flags }),
    ),
  ),
  step(
    'nopage',
    'goes round for a request that cannot wait',
    asIfMask((gfp) => gfp | GFP_DIRECT_RECLAIM),
  ),
  step('nofailAnywhere', 'is left out', goesTo('nofail')),
  step('nofail', 'does not let others run', goesTo('retry')),
  wait('wait', 'is the end', (as) => ({
    resume: (k, memory, task, turn) => ({ ...as.resume(k, memory, task, turn), task: { ...task, at: 'nopage' } }),
  })),
];

/** Reclaim, compaction and what comes of them. */
export const rounds = [
  wait('reclaim', 'frees nothing', () => ({ work: (_k, memory, task) => ({ memory, task, records: [] }) })),
  step(
    'reclaimed',
    'tries again without progress',
    asIf(
      (task) => withSlow(task, { didSomeProgress: 1 }),
      (after, before) => withSlow(after, { didSomeProgress: before.slow.didSomeProgress }),
    ),
  ),
  step('drainPages', 'gives nothing back', withoutTrace),
  wait('drain', 'is the end', (as) => ({
    resume: (k, memory, task, turn) => {
      const outcome = as.resume(k, memory, task, turn);
      return { ...outcome, task: { ...outcome.task, at: 'directCompact' } };
    },
  })),
  step(
    'directCompact',
    'always waits a little',
    asIf((task) => withSlow(task, { migrationMode: 'sync_light' })),
  ),
  step(
    'compacted',
    'tries again even if compaction was skipped',
    asIf((task) => withSlow(task, { compactResult: 'continue' })),
  ),
  step(
    'considerRetry',
    'goes on for who does not want to retry',
    asIfMask((gfp) => gfp & ~GFP_NORETRY),
  ),
  step(
    'considerRetry',
    'goes on for costly orders',
    asIfMask((gfp) => gfp | GFP_RETRY_MAYFAIL),
  ),
  step(
    'considerCompactRetry',
    'asks without progress, too',
    asIf((task) => withSlow(task, { didSomeProgress: 1 })),
  ),
  wait('oomTrylock', 'keeps the flags of the request', (as) => ({
    resume: (k, memory, task, turn) => {
      const outcome = as.resume(k, memory, task, turn);
      const allocFlags = outcome.task.attempt.allocFlags | task.slow.allocFlags;
      return { ...outcome, task: withAttempt(outcome.task, { allocFlags }) };
    },
  })),
  step(
    'outOfMemory',
    'kills for a core dump',
    asIf(
      (task) => ({ ...task, flags: task.flags & ~TASK_DUMPCORE }),
      (after, before) => ({ ...after, flags: before.flags }),
    ),
  ),
  step(
    'outOfMemory',
    'kills for one node alone',
    asIfMask((gfp) => gfp & ~GFP_THISNODE),
  ),
  wait('oom', 'does nothing more for a request that cannot fail', (as) => ({
    resume: (k, memory, task, turn) => {
      const outcome = as.resume(k, memory, withGfp(task, task.slow.gfp & ~GFP_NOFAIL), turn);
      return { ...outcome, task: withGfp(outcome.task, task.slow.gfp) };
    },
  })),
  step('oomAllReserves', 'is left out', goesTo('oomDecided')),
  step(
    'oomDecided',
    'lets victims go round',
    asIf(
      (task) => ({ ...task, flags: task.flags & ~TASK_OOM_VICTIM }),
      (after, before) => ({ ...after, flags: before.flags }),
    ),
  ),
];
