import { withTaskFlags } from '../alloc/changes.ts';
import { GFP_FS } from '../alloc/gfp.ts';
import { TASK_OOM_VICTIM } from '../alloc/taskFlags.ts';
import { killTask } from '../direct/task.ts';
import { hasRule, type Kernel } from '../kernel.ts';
import { isDying, withTask, type WholeMachine, type WholeTask } from './state.ts';
import { note, type Recorder } from './step.ts';

/** A task is with the OOM killer, and whoever comes meanwhile finds the lock taken. */
export const oomLockHeld = ({ tasks }: WholeMachine): boolean =>
  tasks.some(({ allocation }) => allocation?.at === 'oom');

const pagesHeld = ({ held }: WholeTask): number => held.reduce((pages, { order }) => pages + 2 ** order, 0);

/** The task after a fatal signal: the allocator lets it dig deeper, and direct reclaim does not hold it up. */
export const killed = (task: WholeTask): WholeTask => ({
  flags: task.flags | TASK_OOM_VICTIM,
  node: task.node,
  requests: task.requests,
  begun: task.begun,
  served: task.served,
  refused: task.refused,
  allocation: task.allocation === null ? null : withTaskFlags(task.allocation, task.flags | TASK_OOM_VICTIM),
  reclaim: task.reclaim === null ? null : killTask(task.reclaim),
  held: task.held,
  killed: true,
});

/**
 * From v4.7 on the killer takes no life for a request that keeps out of file systems, and lets it try again.
 * @kernel v4.19 mm/oom_kill.c out_of_memory
 */
const sparesAll = (k: Kernel, { allocation }: WholeTask): boolean =>
  hasRule(k, 'shrinkNode') && (allocation!.slow.gfp & GFP_FS) === 0;

/**
 * The OOM killer chooses the task that holds the most pages; one that is dying already is left to die.
 * @kernel v4.0 mm/oom_kill.c out_of_memory, select_bad_process
 * @abstracts oom_score_adj, and tasks that the killer may not choose.
 */
export function chooseVictim(k: Kernel, w: WholeMachine, asker: number, recorder: Recorder): WholeMachine {
  if (w.tasks.some(isDying)) return w;
  if (sparesAll(k, w.tasks[asker]!)) return w;
  let victim = asker;
  for (let i = 0; i < w.tasks.length; i++) {
    if (pagesHeld(w.tasks[i]!) > pagesHeld(w.tasks[victim]!)) victim = i;
  }
  const after = withTask(w, victim, killed(w.tasks[victim]!));
  const { turn } = recorder;
  note(recorder, { of: 'task', task: asker, turn, before: w, after, records: [{ ev: 'victim', task: victim }] });
  return after;
}
