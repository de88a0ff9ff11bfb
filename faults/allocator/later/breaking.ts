import {
  type AllocOutcome,
  type AllocRunning,
  type AllocTask,
  type AllocTransition,
  type AllocWaiting,
  type AllocYield,
  type Kernel,
  type Memory,
} from '../../../model/index.ts';
import { rulesBrokenIn, type Fault } from '../../fault.ts';
import { stepFault } from '../stepFault.ts';

type Step = AllocTransition['step'];
type Wait = Pick<AllocYield, 'work' | 'resume'>;

/** Makes kernels that are another one but for a rule, a step or a wait of the page allocator. */
export function breaking(base: Kernel) {
  return {
    rule: rulesBrokenIn(base),
    /** `change` is given what the step does in the kernel as it is. */
    step: (name: AllocRunning, what: string, change: (as: Step) => Step): Fault => {
      const before = base.allocator.transitions[name]!;
      const transitions = { [name]: { ...before, step: change(before.step) } };
      return stepFault(base, name, what, { transitions });
    },
    wait: (name: AllocWaiting, what: string, change: (as: AllocYield) => Partial<Wait>): Fault => {
      const before = base.allocator.yields[name]!;
      const yields = { [name]: { ...before, ...change(before) } };
      return stepFault(base, name, what, { yields });
    },
  };
}

/** What is done with the task that a step leaves. */
export const afterwards =
  (change: (task: AllocTask, before: AllocTask) => AllocTask) =>
  (as: Step): Step =>
  (k, memory, task) => {
    const outcome = as(k, memory, task);
    return { ...outcome, task: change(outcome.task, task) };
  };

/** The step that leaves the task at another point, without a word. */
export const goesTo =
  (at: AllocTask['at']) =>
  (_as: Step): Step =>
  (_k, memory, task) => ({ memory, task: { ...task, at }, records: [] });

/** The step as it is for a task that it is not told of in full. */
export const asIf =
  (
    change: (task: AllocTask) => AllocTask,
    back: (after: AllocTask, before: AllocTask) => AllocTask = (after) => after,
  ) =>
  (as: Step): Step =>
  (k, memory, task) => {
    const outcome: AllocOutcome = as(k, memory, change(task));
    return { ...outcome, task: back(outcome.task, task) };
  };

/** The task with another mask in the slow path. */
export const withGfp = (task: AllocTask, gfp: number): AllocTask => ({ ...task, slow: { ...task.slow, gfp } });

/** The step as it is for another mask, which is forgotten afterwards. */
export const asIfMask = (change: (gfp: number) => number) =>
  asIf(
    (task) => withGfp(task, change(task.slow.gfp)),
    (after, before) => withGfp(after, before.slow.gfp),
  );

/** A step that forgets what it did to the memory. */
export const withoutTrace =
  (as: Step): Step =>
  (k: Kernel, memory: Memory, task: AllocTask) => ({ ...as(k, memory, task), memory });
