import { DEF_PRIORITY } from '../units.ts';
import { directSilent, type DirectOutcome, type DirectTransition } from './program.ts';
import { taskAt, type DirectTask } from './task.ts';
import type { Memory } from '../state/memory.ts';

/**
 * A pass from priority 12 down begins: the first one, or a retry that spares less.
 * @kernel v4.19 mm/vmscan.c do_try_to_free_pages
 */
export const doTryToFreePages: DirectTransition = {
  to: ['shrinkZones'],
  does: 'Begins a pass over the priorities, from 12 down to 0.',
  step: (_k, memory, task) => directSilent(memory, taskAt(task, 'shrinkZones', { priority: DEF_PRIORITY })),
};

/**
 * The walk is over. With the pages that were asked for, or a zone left to compaction, the pass ends; else the next
 * priority scans more, if one is left. Below priority 10 even laptop mode writes pages.
 * @kernel v4.19 mm/vmscan.c do_try_to_free_pages
 */
export const nextPriority: DirectTransition = {
  to: ['shrinkZones', 'returnOrRetry'],
  does: 'Ends the pass with enough reclaimed, or goes on with the next priority.',
  step: (_k, memory, task) => {
    const { sc } = task;
    if (sc.nrReclaimed >= sc.nrToReclaim || sc.compactionReady) {
      return directSilent(memory, taskAt(task, 'returnOrRetry'));
    }
    const mayWritepage = sc.mayWritepage || sc.priority < DEF_PRIORITY - 2;
    const priority = sc.priority - 1;
    return directSilent(
      memory,
      taskAt(task, priority < 0 ? 'returnOrRetry' : 'shrinkZones', { mayWritepage, priority }),
    );
  },
};

/** The task returns. */
export const returns = (memory: Memory, task: DirectTask, result: number): DirectOutcome =>
  directSilent(memory, taskAt(task, 'done', undefined, { result }));

/**
 * Any page reclaimed is progress; so is a zone left to compaction. Else, if control groups were spared for their low
 * limits, one more pass does not spare them.
 * @kernel v4.19 mm/vmscan.c do_try_to_free_pages
 */
export const returnOrRetry: DirectTransition = {
  to: ['doTryToFreePages', 'done'],
  does: 'Returns, or tries once more without sparing what was spared.',
  step: (_k, memory, task) => {
    const { sc } = task;
    if (sc.nrReclaimed > 0) return returns(memory, task, sc.nrReclaimed);
    if (sc.compactionReady) return returns(memory, task, 1);
    if (!sc.memcgLowSkipped) return returns(memory, task, 0);
    return directSilent(memory, taskAt(task, 'doTryToFreePages', { memcgLowReclaim: true, memcgLowSkipped: false }));
  },
};
