import type { Kernel } from './kernel.ts';
import type { Memory } from './state/memory.ts';

/** What a step of a task leaves behind: the memory, the task's own state, and what a tracer saw meanwhile. */
export interface TaskOutcome<T, R> {
  readonly memory: Memory;
  readonly task: T;
  readonly records: readonly R[];
}

/** A stretch of a task's code that it runs without waiting. */
export interface TaskTransition<P extends string, T, R> {
  /** Every point where it may leave the task. */
  readonly to: readonly P[];
  /** What it does, in one sentence. */
  readonly does: string;
  readonly step: (k: Kernel, memory: Memory, task: T) => TaskOutcome<T, R>;
}

/** A place where a task waits for, or works long beside, the rest of the machine. A turn resumes it. */
export interface TaskYield<P extends string, T, R, Turn> {
  readonly to: readonly P[];
  readonly does: string;
  /** What it waits for, in a few words. */
  readonly waitsFor: string;
  /** What the turn itself does, before the events that other tasks cause. */
  readonly work: (k: Kernel, memory: Memory, task: T, turn: Turn) => TaskOutcome<T, R>;
  /** The task goes on after the turn. */
  readonly resume: (k: Kernel, memory: Memory, task: T, turn: Turn) => TaskOutcome<T, R>;
}

/** A function of the kernel that a task runs through, as a small-step machine over the memory that all tasks share. */
export interface Program<Running extends string, Waiting extends string, T, R, Turn> {
  readonly transitions: Readonly<Record<Running, TaskTransition<Running | Waiting | 'done', T, R>>>;
  readonly yields: Readonly<Record<Waiting, TaskYield<Running | Waiting | 'done', T, R, Turn>>>;
}
