import { DEF_PRIORITY } from '../../units.ts';
import { returns } from '../passes.ts';
import { directSilent, type DirectTransition } from '../program.ts';
import { taskAt } from '../task.ts';

/**
 * The walk is over. With the pages that were asked for, or a zone left to compaction, the pass ends; else the next
 * priority scans more, if one is left. Below priority 10, and once half as much again as was asked for has been
 * scanned, even laptop mode writes pages.
 * @kernel v4.0 mm/vmscan.c do_try_to_free_pages
 * @abstracts wakeup_flusher_threads: the flushers are the environment's.
 */
export const nextPriority: DirectTransition = {
  to: ['shrinkZones', 'returnOrRetry'],
  does: 'Ends the pass with enough reclaimed, or goes on with the next priority.',
  step: (_k, memory, task) => {
    const { sc } = task;
    const totalScanned = sc.totalScanned + sc.nrScanned;
    if (sc.nrReclaimed >= sc.nrToReclaim || sc.compactionReady) {
      return directSilent(memory, taskAt(task, 'returnOrRetry', { totalScanned }));
    }
    const threshold = sc.nrToReclaim + Math.floor(sc.nrToReclaim / 2);
    const mayWritepage = sc.mayWritepage || sc.priority < DEF_PRIORITY - 2 || totalScanned > threshold;
    const next = { totalScanned, mayWritepage, priority: sc.priority - 1 };
    return directSilent(memory, taskAt(task, next.priority < 0 ? 'returnOrRetry' : 'shrinkZones', next));
  },
};

/**
 * Any page reclaimed is progress; so is a zone left to compaction. Else one more pass reclaims below the low limits of
 * control groups, whether or not one was spared for them. A zone that is worth another try counts as progress then.
 * @kernel v4.0 mm/vmscan.c do_try_to_free_pages
 */
export const returnOrRetry: DirectTransition = {
  to: ['doTryToFreePages', 'done'],
  does: 'Returns, or tries once more below the low limits of control groups.',
  step: (_k, memory, task) => {
    const { sc } = task;
    if (sc.nrReclaimed > 0) return returns(memory, task, sc.nrReclaimed);
    if (sc.compactionReady) return returns(memory, task, 1);
    if (!sc.memcgLowReclaim) return directSilent(memory, taskAt(task, 'doTryToFreePages', { memcgLowReclaim: true }));
    return returns(memory, task, sc.zonesReclaimable ? 1 : 0);
  },
};
