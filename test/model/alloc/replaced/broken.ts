import { deriveKernel, v4_0, type AllocOutcome, type AllocTask, type Changes } from '../../../../model/index.ts';
import type { ReplacedRule } from '../../replaced/broken.ts';

const { transitions, yields } = v4_0.allocator;

type StepName = keyof typeof transitions;
type WaitName = keyof typeof yields;

const nameOf = (name: string, what: string): string => `v4.0, but ${name}: ${what}`;

/** v4.0 with one rule of its page allocator replaced. */
export function brokenRule(what: string, rules: Partial<Omit<Changes, 'name'>>): ReplacedRule {
  const name = Object.keys(rules).join();
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), ...rules }) };
}

/** v4.0 with one step of an allocation replaced. */
export function brokenStep(name: StepName, what: string, step: (typeof transitions)[StepName]['step']): ReplacedRule {
  const changes = { transitions: { [name]: { ...transitions[name], step } } };
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), allocator: changes }) };
}

/** v4.0 with a part of one of an allocation's waits replaced. */
export function brokenWait(
  name: WaitName,
  what: string,
  parts: Partial<Pick<(typeof yields)[WaitName], 'work' | 'resume'>>,
): ReplacedRule {
  const changes = { yields: { [name]: { ...yields[name], ...parts } } };
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), allocator: changes }) };
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
