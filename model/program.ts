import type { Kernel } from './kernel.ts';
import type { Memory } from './state/memory.ts';

/** The memory, and a task that works on it. */
export interface TaskState<T> {
  readonly memory: Memory;
  readonly task: T;
}

/** What a step of a task leaves behind: the memory, the task's own state, and what a tracer saw meanwhile. */
export interface TaskOutcome<T, R> extends TaskState<T> {
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
  /** The task goes on after the turn, or waits still. */
  readonly resume: (k: Kernel, memory: Memory, task: T, turn: Turn) => TaskOutcome<T, R>;
}

/**
 * A function of the kernel that a task runs through, as a small-step machine over the memory that all tasks share. A
 * kernel has only its own of the points.
 */
export interface Program<Running extends string, Waiting extends string, T, R, Turn> {
  readonly transitions: Readonly<Partial<Record<Running, TaskTransition<Running | Waiting | 'done', T, R>>>>;
  readonly yields: Readonly<Partial<Record<Waiting, TaskYield<Running | Waiting | 'done', T, R, Turn>>>>;
}

interface TaskStepEnds<T, R> {
  /** The index of the turn that is being taken, or of the next one between turns. */
  readonly turn: number;
  readonly before: TaskState<T>;
  readonly after: TaskState<T>;
  readonly records: readonly R[];
}

/** One step of a task. */
export type TaskStep<Running extends string, Waiting extends string, T, R, Turn, E> =
  | (TaskStepEnds<T, R> & { readonly kind: 'transition'; readonly at: Running })
  | (TaskStepEnds<T, R> & { readonly kind: 'work'; readonly at: Waiting; readonly input: Turn })
  | (TaskStepEnds<T, R> & { readonly kind: 'event'; readonly at: Waiting; readonly event: E })
  | (TaskStepEnds<T, R> & { readonly kind: 'resume'; readonly at: Waiting; readonly input: Turn });

/** How tasks run through one function of the kernel: its program, and which of its points are waits. */
export interface Engine<Running extends string, Waiting extends string, T, R, Turn> {
  readonly programOf: (k: Kernel) => Program<Running, Waiting, T, R, Turn>;
  readonly isWaiting: (at: Running | Waiting | 'done') => at is Waiting;
}

/** Hears of every step. */
export type StepListener<Running extends string, Waiting extends string, T, R, Turn, E> = (
  step: TaskStep<Running, Waiting, T, R, Turn, E>,
) => void;

const noSuchPoint = (k: Kernel, at: string): never => {
  throw new Error(`no task of ${k.name} comes to ${at}`);
};

interface At<P> {
  readonly at: P;
}

/** Runs a task to where it waits or is done, or to where `stop` says so. */
export function runOn<
  Running extends string,
  Waiting extends string,
  T extends At<Running | Waiting | 'done'>,
  R,
  Turn,
  E,
>(
  engine: Engine<Running, Waiting, T, R, Turn>,
  k: Kernel,
  start: TaskState<T>,
  turn: number,
  listen: StepListener<Running, Waiting, T, R, Turn, E>,
  stop: (at: Running) => boolean = NEVER,
): TaskState<T> {
  const { transitions } = engine.programOf(k);
  let state = start;
  for (;;) {
    const at = state.task.at;
    if (at === 'done' || engine.isWaiting(at)) return state;
    const running = at as Running;
    if (stop(running)) return state;
    const transition = transitions[running] ?? noSuchPoint(k, running);
    const { memory, task, records } = transition.step(k, state.memory, state.task);
    const after = { memory, task };
    listen({ kind: 'transition', at: running, turn, before: state, after, records });
    state = after;
  }
}

const NEVER = (): boolean => false;

/** What other tasks do while one waits; told of every step of it. */
export type Meanwhile<T, S> = (state: TaskState<T>, listen: (step: S) => void) => TaskState<T>;

/** Takes one turn of a task that waits: its work, what happens meanwhile, and the task going on, or waiting still. */
export function takeTaskTurn<
  Running extends string,
  Waiting extends string,
  T extends At<Running | Waiting | 'done'>,
  R,
  Turn,
  E,
>(
  engine: Engine<Running, Waiting, T, R, Turn>,
  k: Kernel,
  before: TaskState<T>,
  at: Waiting,
  input: Turn,
  turn: number,
  meanwhile: Meanwhile<T, TaskStep<Running, Waiting, T, R, Turn, E>>,
  listen: StepListener<Running, Waiting, T, R, Turn, E>,
): TaskState<T> {
  const point = engine.programOf(k).yields[at] ?? noSuchPoint(k, at);
  const { records: seen, ...worked } = point.work(k, before.memory, before.task, input);
  listen({ kind: 'work', at, turn, input, before, after: worked, records: seen });
  const waiting = meanwhile(worked, listen);
  const { records, ...after } = point.resume(k, waiting.memory, waiting.task, input);
  listen({ kind: 'resume', at, turn, input, before: waiting, after, records });
  return after;
}
