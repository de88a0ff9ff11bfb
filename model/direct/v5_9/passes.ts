import { returns } from '../passes.ts';
import { directSilent, type DirectTransition } from '../program.ts';
import { taskAt } from '../task.ts';

/**
 * Before control groups are reclaimed below their low limits, a pass deactivates pages whatever the lists'
 * proportions, if active lists were left alone for them: the proportions are the whole node's, and may be wrong for
 * the zones and groups that are reclaimed from. The pass below the low limits heeds them again, and so may be followed
 * by one more that does not.
 * @kernel v5.9 mm/vmscan.c do_try_to_free_pages
 */
export const returnOrRetry: DirectTransition = {
  to: ['doTryToFreePages', 'done'],
  does: 'Returns, or tries once more without sparing what was spared: active lists first, then low limits.',
  step: (_k, memory, task) => {
    const { sc } = task;
    if (sc.nrReclaimed > 0) return returns(memory, task, sc.nrReclaimed);
    if (sc.compactionReady) return returns(memory, task, 1);
    if (sc.skippedDeactivate) {
      return directSilent(
        memory,
        taskAt(task, 'doTryToFreePages', { forceDeactivate: true, skippedDeactivate: false }),
      );
    }
    if (!sc.memcgLowSkipped) return returns(memory, task, 0);
    const spareLess = { forceDeactivate: false, memcgLowReclaim: true, memcgLowSkipped: false };
    return directSilent(memory, taskAt(task, 'doTryToFreePages', spareLess));
  },
};
