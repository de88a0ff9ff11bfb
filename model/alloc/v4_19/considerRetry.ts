import { PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { allocAt, withSlow } from '../changes.ts';
import { GFP_NORETRY, GFP_RETRY_MAYFAIL } from '../gfp.ts';
import { allocSilent, allocTraced, type AllocTransition } from '../program.ts';

/**
 * A caller that does not want to retry is not made to, nor is a costly order, unless its caller asks for it. Otherwise
 * another round follows while reclaim is worth it.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const considerRetry: AllocTransition = {
  to: ['retry', 'wait', 'considerCompactRetry', 'nopage'],
  does: 'Decides whether reclaim is worth another round.',
  step: (k, before, task) => {
    const { gfp } = task.slow;
    const costly = task.request.order > PAGE_ALLOC_COSTLY_ORDER;
    if ((gfp & GFP_NORETRY) !== 0 || (costly && (gfp & GFP_RETRY_MAYFAIL) === 0)) {
      return allocSilent(before, allocAt(task, 'nopage'));
    }
    const { memory, retry, noProgressLoops, wait, records } = k.shouldReclaimRetry(k, before, task);
    const next = retry ? 'retry' : 'considerCompactRetry';
    if (wait === undefined) return { memory, task: withSlow(task, next, { noProgressLoops }), records };
    const waiting = withSlow(task, 'wait', { noProgressLoops, waited: next });
    return { memory, task: waiting, records: [...records, { ev: 'wait', why: wait }] };
  },
};

/**
 * With progress, another round follows if compaction may come of it; otherwise the task turns to the OOM killer.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const considerCompactRetry: AllocTransition = {
  to: ['retry', 'oomTrylock'],
  does: 'Decides whether compaction is worth another round.',
  step: (k, memory, task) => {
    if (task.slow.didSomeProgress > 0) {
      const { retry, compactPriority, compactionRetries } = k.shouldCompactRetry(k, memory, task);
      const counted = withSlow(task, 'oomTrylock', { compactPriority, compactionRetries });
      if (retry) return allocSilent(memory, allocAt(counted, 'retry'));
      return allocTraced(memory, counted, { ev: 'oom_trylock' });
    }
    return allocTraced(memory, allocAt(task, 'oomTrylock'), { ev: 'oom_trylock' });
  },
};
