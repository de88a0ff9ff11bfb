import { v4_0, type AllocOutcome, type AllocTask } from '../../model/index.ts';
import type { Fault } from '../fault.ts';
import { stepFault } from './stepFault.ts';

const { transitions, yields } = v4_0.allocator;

type StepName = keyof typeof transitions;
type WaitName = keyof typeof yields;

/** v4.0 with one step of an allocation replaced. */
export function brokenStep(name: StepName, what: string, step: (typeof transitions)[StepName]['step']): Fault {
  const changes = { transitions: { [name]: { ...transitions[name], step } } };
  return stepFault(v4_0, name, what, changes);
}

/** v4.0 with a part of one of an allocation's waits replaced. */
export function brokenWait(
  name: WaitName,
  what: string,
  parts: Partial<Pick<(typeof yields)[WaitName], 'work' | 'resume'>>,
): Fault {
  const changes = { yields: { [name]: { ...yields[name], ...parts } } };
  return stepFault(v4_0, name, what, changes);
}

/** The outcome with another task. */
export const changed = (outcome: AllocOutcome, change: (task: AllocTask) => AllocTask): AllocOutcome => ({
  ...outcome,
  task: change(outcome.task),
});

/** The task at another point. */
export const movedTo =
  (at: AllocTask['at']) =>
  (task: AllocTask): AllocTask => ({ ...task, at });

export const withAttempt = (task: AllocTask, changes: Partial<AllocTask['attempt']>): AllocTask => ({
  ...task,
  attempt: { ...task.attempt, ...changes },
});

export const withSlow = (task: AllocTask, changes: Partial<AllocTask['slow']>): AllocTask => ({
  ...task,
  slow: { ...task.slow, ...changes },
});
