import {
  GFP_NO_KSWAPD,
  GFP_NOFAIL,
  TASK_KTHREAD,
  TASK_MEMALLOC,
  v4_0,
  type AllocOutcome,
  type AllocTask,
  type Kernel,
  type Memory,
} from '../../model/index.ts';
import { brokenStep, brokenWait, changed, movedTo, withAttempt, withSlow } from './broken.ts';

const { transitions, yields } = v4_0.allocator;

const withGfp = (task: AllocTask, gfp: number): AllocTask => withSlow(task, { gfp });

/** The step as it is with another mask, which is forgotten afterwards. */
const asIf =
  (name: keyof typeof transitions, change: (gfp: number) => number) =>
  (k: Kernel, memory: Memory, task: AllocTask): AllocOutcome =>
    changed(transitions[name].step(k, memory, withGfp(task, change(task.slow.gfp))), (after) =>
      withGfp(after, task.slow.gfp),
    );

/** Steps of the slow path up to where reclaim may begin. */
export const slow = [
  brokenStep('allocPagesSlowpath', 'goes on for a page of one node or none', (k, memory, task) => {
    const outcome = transitions.allocPagesSlowpath.step(k, memory, task);
    return outcome.task.at === 'nopage' ? changed(outcome, movedTo('wakeAllKswapds')) : outcome;
  }),
  brokenStep('allocPagesSlowpath', 'reports a block that is too large', (k, memory, task) => {
    const outcome = transitions.allocPagesSlowpath.step(k, memory, task);
    return outcome.task.at === 'done' ? changed(outcome, movedTo('nopage')) : outcome;
  }),
  brokenStep(
    'wakeAllKswapds',
    'wakes them whatever the request says',
    asIf('wakeAllKswapds', (gfp) => gfp & ~GFP_NO_KSWAPD),
  ),
  brokenStep('adjustAllocFlags', 'ignores the marks at once', (k, memory, task) =>
    changed(transitions.adjustAllocFlags.step(k, memory, task), (after) =>
      withAttempt(after, { allocFlags: after.slow.allocFlags }),
    ),
  ),
  brokenStep('checkReserves', 'keeps to the zonelist', (k, memory, task) =>
    changed(transitions.checkReserves.step(k, memory, task), (after) => ({ ...after, context: task.context })),
  ),
  brokenStep(
    'reservesFailed',
    'gives the reserves up',
    asIf('reservesFailed', (gfp) => gfp & ~GFP_NOFAIL),
  ),
  brokenStep('mayReclaim', 'a task that reclaims already may do so again', (k, memory, task) =>
    changed(transitions.mayReclaim.step(k, memory, { ...task, flags: task.flags & ~TASK_MEMALLOC }), (after) => ({
      ...after,
      flags: task.flags,
    })),
  ),
  brokenStep(
    'mayReclaim',
    'a victim ends even if it cannot fail',
    asIf('mayReclaim', (gfp) => gfp & ~GFP_NOFAIL),
  ),
  brokenStep('nopage', 'says nothing', (k, memory, task) => ({
    ...transitions.nopage.step(k, memory, task),
    records: [],
  })),
  brokenWait('wait', 'always begins anew', {
    resume: (k, memory, task) => yields.wait.resume(k, memory, withSlow(task, { waited: 'wakeAllKswapds' }), {}),
  }),
];

/** Steps of compaction, reclaim and retrying. */
export const reclaim = [
  brokenStep('directCompact', 'compacts without being built in', (k, memory, task) =>
    transitions.directCompact.step(k, { ...memory, system: { ...memory.system, compaction: true } }, task),
  ),
  brokenStep('compacted', 'makes another attempt although nothing was compacted', (k, memory, task) => {
    if (task.slow.compactResult !== 'skipped') return transitions.compacted.step(k, memory, task);
    return transitions.compacted.step(k, memory, withSlow(task, { compactResult: 'partial' }));
  }),
  brokenStep('compacted', 'forgets that compaction was put off', (k, memory, task) =>
    changed(transitions.compacted.step(k, memory, task), (after) => withSlow(after, { deferredCompaction: false })),
  ),
  brokenStep('judgeCompaction', 'a kernel thread gives way too', (k, memory, task) =>
    changed(transitions.judgeCompaction.step(k, memory, { ...task, flags: task.flags & ~TASK_KTHREAD }), (after) => ({
      ...after,
      flags: task.flags,
    })),
  ),
  brokenStep('judgeCompaction', 'compaction never waits', (k, memory, task) =>
    changed(transitions.judgeCompaction.step(k, memory, task), (after) => withSlow(after, { migrationMode: 'async' })),
  ),
  brokenStep('directReclaim', 'reclaims single pages', (k, memory, task) => {
    const single = transitions.directReclaim.step(k, memory, { ...task, request: { ...task.request, order: 0 } });
    return changed(single, (after) => ({ ...after, request: task.request }));
  }),
  brokenStep('reclaimed', 'makes no attempt', (k, memory, task) =>
    changed(transitions.reclaimed.step(k, memory, task), () => ({ ...task, at: 'considerRetry' })),
  ),
  brokenStep('drainPages', 'drains nothing', (_k, memory, task) => ({
    memory,
    task: { ...task, at: 'considerRetry' },
    records: [],
  })),
  brokenStep('considerRetry', 'forgets the pages of earlier rounds', (k, memory, task) =>
    transitions.considerRetry.step(k, memory, withSlow(task, { pagesReclaimed: 0 })),
  ),
  brokenStep(
    'considerOom',
    'a request that cannot fail may be spared',
    asIf('considerOom', (gfp) => gfp & ~GFP_NOFAIL),
  ),
  brokenStep('considerOom', 'gives up where it kept out of file systems', (k, memory, task) => {
    const outcome = transitions.considerOom.step(k, memory, task);
    return outcome.task.at === 'oomDecided'
      ? changed(outcome, (after) => withSlow(after, { didSomeProgress: 0 }))
      : outcome;
  }),
  brokenStep('oomDecided', 'gives up after a kill', (k, memory, task) =>
    transitions.oomDecided.step(k, memory, withSlow(task, { didSomeProgress: 0 })),
  ),
  brokenWait('compact', 'makes no blocks', { work: (_k, memory, task) => ({ memory, task, records: [] }) }),
  brokenWait('compact', 'meets with no contention', {
    resume: (k, memory, task, { contended: _contended, ...turn }) => yields.compact.resume(k, memory, task, turn),
  }),
  brokenWait('reclaim', 'frees nothing', { work: (_k, memory, task) => ({ memory, task, records: [] }) }),
  brokenWait('drain', 'drains again and again', {
    resume: (k, memory, task, turn) =>
      changed(yields.drain.resume(k, memory, task, turn), (after) => withAttempt(after, { failed: 'drainPages' })),
  }),
  brokenWait('oomTrylock', 'another one at it is no progress', {
    resume: (k, memory, task, turn) =>
      changed(yields.oomTrylock.resume(k, memory, task, turn), (after) => withSlow(after, { didSomeProgress: 0 })),
  }),
  brokenWait('oomTrylock', 'looks at the low marks', {
    resume: (k, memory, task, turn) => {
      const outcome = yields.oomTrylock.resume(k, memory, task, turn);
      if (outcome.task.at !== 'getPageFromFreelist') return outcome;
      return changed(outcome, (after) => withAttempt(after, { allocFlags: after.attempt.allocFlags - 1 }));
    },
  }),
  brokenWait('oom', 'a request that cannot fail needs a victim', {
    resume: (k, memory, task, turn) =>
      changed(yields.oom.resume(k, memory, withGfp(task, task.slow.gfp & ~GFP_NOFAIL), turn), (after) =>
        withGfp(after, task.slow.gfp),
      ),
  }),
];
