import { ALLOC_NO_WATERMARKS } from '../allocFlags.ts';
import { withZoneAt, zoneAt } from '../state/memory.ts';
import { allocAt, beginAttempt, withSlow } from './changes.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from './program.ts';
import { waitFor } from './slow.ts';
import type { AllocTask } from './task.ts';

/** One more attempt at the min marks, after memory was freed. */
const attemptAgain = (task: AllocTask, failed: 'drainPages' | 'considerRetry'): AllocTask =>
  beginAttempt(task, task.slow.gfp, task.slow.allocFlags & ~ALLOC_NO_WATERMARKS, failed);

/**
 * The task frees memory itself.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_direct_reclaim
 */
export const directReclaim: AllocTransition = {
  to: ['reclaim'],
  does: 'Sets out to free memory itself.',
  step: (_k, memory, task) =>
    allocTraced(memory, allocAt(task, 'reclaim'), { ev: 'reclaim', order: task.request.order }),
};

/**
 * Direct reclaim works for the request; what it frees, and what it returns, is the environment's to say.
 * @kernel v4.0 mm/vmscan.c try_to_free_pages
 */
export const reclaim: AllocYield = {
  to: ['reclaimed'],
  does: 'Reclaims pages, while the rest of the machine goes on.',
  waitsFor: 'direct reclaim to end',
  work: (k, before, task, turn) => {
    let memory = before;
    for (const { node, zone, pages } of turn.reclaimed ?? []) {
      const shrunk = k.shrinkZone(k, memory.system, zoneAt(memory, [node, zone]), 0, pages);
      memory = withZoneAt(memory, [node, zone], shrunk.zone);
    }
    return allocSilent(memory, task);
  },
  resume: (_k, memory, task, turn) =>
    allocSilent(memory, withSlow(task, 'reclaimed', { didSomeProgress: turn.progress ?? 0 })),
};

/**
 * With progress, zones that were full are looked at again, and another attempt follows.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_direct_reclaim
 */
export const reclaimed: AllocTransition = {
  to: ['getPageFromFreelist', 'considerRetry'],
  does: 'Makes another attempt if reclaim made progress.',
  step: (k, memory, task) => {
    if (task.slow.didSomeProgress === 0) return allocSilent(memory, allocAt(task, 'considerRetry'));
    const cleared = k.zlcClearZonesFull(k, memory, task.context.zonelist);
    return allocSilent(cleared, attemptAgain(task, 'drainPages'));
  },
};

/**
 * The pages may stand on the lists of some processor: these are emptied, once.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_direct_reclaim
 */
export const drainPages: AllocTransition = {
  to: ['drain'],
  does: 'Empties the lists of all processors.',
  step: (_k, memory, task) => allocTraced(memory, allocAt(task, 'drain'), { ev: 'drain' }),
};

/**
 * The lists of all processors are emptied, while the rest of the machine goes on; then another attempt follows.
 * @kernel v4.0 mm/page_alloc.c drain_all_pages
 */
export const drain: AllocYield = {
  to: ['getPageFromFreelist'],
  does: 'Empties the lists of all processors, and makes another attempt.',
  waitsFor: 'all processors to empty their lists',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task) => allocSilent(memory, attemptAgain(task, 'considerRetry')),
};

/**
 * With progress the task waits for writes and begins anew; without, it turns to the OOM killer. If it shall not try
 * again, compaction has the last word.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const considerRetry: AllocTransition = {
  to: ['wait', 'oomTrylock', 'directCompact'],
  does: 'Decides whether to try again.',
  step: (k, memory, task) => {
    const { gfp, didSomeProgress } = task.slow;
    const pagesReclaimed = task.slow.pagesReclaimed + didSomeProgress;
    const counted = withSlow(task, 'oomTrylock', { pagesReclaimed });
    if (!k.shouldAllocRetry(k, memory, gfp, task.request.order, didSomeProgress, pagesReclaimed)) {
      return allocSilent(memory, withSlow(counted, 'directCompact', { notCompacted: 'nopage' }));
    }
    if (didSomeProgress !== 0) return waitFor(memory, counted, 'congestion', 'wakeAllKswapds');
    return allocTraced(memory, counted, { ev: 'oom_trylock' });
  },
};
