import { ALLOC_KSWAPD, ALLOC_OOM } from '../../allocFlags.ts';
import type { AllocTransition, AllocYield } from '../program.ts';
import { decidedBy } from '../v4_19/oom.ts';
import { judgeAfter, roundOf, slowpathEntry, wait as waitBefore, type Wakes } from '../v4_19/slow.ts';

/** The flags of the allocation decide, which a task with reserves loses. */
const flagsWake: Wakes = ({ allocFlags }) => (allocFlags & ALLOC_KSWAPD) !== 0;

/**
 * kswapd is woken, and the flags that the mask and the task call for are tried at once.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_slowpath
 */
export const allocPagesSlowpath: AllocTransition = slowpathEntry(flagsWake);

/**
 * If compaction did not run, for lack of free pages or for having failed lately, a costly request that does not want
 * to retry fails; if it did, the request disturbs no one more than at first.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_slowpath
 */
export const judgeCompaction: AllocTransition = judgeAfter(['skipped', 'deferred']);

/**
 * A round begins. Whoever frees memory or was chosen to die gets at the reserves, and keeps the right to CMA pages; but
 * wakes kswapd no more from here on, since the flags no longer say so.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_slowpath
 */
export const retry: AllocTransition = roundOf(flagsWake, (k, { system }, { slow, flags }, reserve) =>
  k.currentAllocFlags(k, system, slow.gfp, flags, reserve),
);

/**
 * As long as tasks are killed, or others see to it, another round follows. A task that was chosen itself fails, once
 * it has had its reserves in vain.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_slowpath
 */
export const oomDecided: AllocTransition = decidedBy((allocFlags) => (allocFlags & ALLOC_OOM) !== 0);

/**
 * The task waits: for writes to end, for another task that is in the OOM killer, or just a little. A worker of a queue
 * does so before compaction has its say, too.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_slowpath, should_reclaim_retry
 */
export const wait: AllocYield = {
  to: [...waitBefore.to, 'considerCompactRetry'],
  does: waitBefore.does,
  waitsFor: waitBefore.waitsFor,
  work: waitBefore.work,
  resume: waitBefore.resume,
};
