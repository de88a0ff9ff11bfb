import type { TaskOutcome, TaskTransition, TaskYield } from '../program.ts';
import type { Memory } from '../state/memory.ts';
import { ALLOC_SILENT, type AllocTraceRecord } from './record.ts';
import type { AllocPoint, AllocRunning, AllocTask, AllocWaiting } from './task.ts';
import type { AllocTurn } from './turn.ts';

export type AllocOutcome = TaskOutcome<AllocTask, AllocTraceRecord>;
export type AllocTransition = TaskTransition<AllocPoint, AllocTask, AllocTraceRecord>;
export type AllocYield = TaskYield<AllocPoint, AllocTask, AllocTraceRecord, AllocTurn>;

/** How a kernel allocates: what a task does at each point that this kernel has. */
export interface AllocProgram {
  readonly transitions: Readonly<Partial<Record<AllocRunning, AllocTransition>>>;
  readonly yields: Readonly<Partial<Record<AllocWaiting, AllocYield>>>;
}

/** What a later kernel changes in how it allocates: steps that are new or other ones, and points that went away. */
export interface AllocChanges extends Partial<AllocProgram> {
  readonly without?: readonly (AllocRunning | AllocWaiting)[];
}

/** The program with steps added or replaced, and points taken away. */
export function changedProgram(base: AllocProgram, { transitions, yields, without = [] }: AllocChanges): AllocProgram {
  const kept = <S>(steps: Readonly<Partial<Record<string, S>>>) =>
    Object.fromEntries(Object.entries(steps).filter(([point]) => !without.some((gone) => gone === point)));
  return {
    transitions: kept({ ...base.transitions, ...transitions }),
    yields: kept({ ...base.yields, ...yields }),
  };
}

export const allocSilent = (memory: Memory, task: AllocTask): AllocOutcome => ({
  memory,
  task,
  records: ALLOC_SILENT,
});

export const allocTraced = (
  memory: Memory,
  task: AllocTask,
  ...records: readonly AllocTraceRecord[]
): AllocOutcome => ({ memory, task, records });
