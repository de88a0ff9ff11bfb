import type { AllocTask } from '../alloc/task.ts';
import type { TaskFlags } from '../alloc/taskFlags.ts';
import type { Gfp } from '../alloc/gfp.ts';
import type { DirectTask } from '../direct/task.ts';
import type { SetupArgs } from '../setup/boot.ts';
import type { Memory, ZoneRef } from '../state/memory.ts';

/** What a task asks of the page allocator, and what becomes of the pages. */
export interface PageRequest {
  readonly gfp: Gfp;
  readonly order: number;
  /** The node whose zonelist is walked, by position. */
  readonly preferredNode: number;
  /** The nodes that may be used, by position; null: all. */
  readonly nodemask: readonly number[] | null;
  /** Turns after which the pages are freed; Infinity: never. */
  readonly lifetime: number;
  /** The pages go to the zone's file list, where reclaim may take them, and the task keeps none. */
  readonly cache: boolean;
}

/** A block that a task holds. */
export interface Held {
  readonly at: ZoneRef;
  readonly order: number;
  /** The turn before which it is freed; Infinity: never. */
  readonly until: number;
}

/** A task that works through its requests, one after the other. */
export interface WholeTask {
  readonly flags: TaskFlags;
  /** The node that it runs on, by position. */
  readonly node: number;
  readonly requests: readonly PageRequest[];
  /** Requests that were begun. */
  readonly begun: number;
  /** Requests that were served, and that were refused. */
  readonly served: number;
  readonly refused: number;
  /** Where it stands in the page allocator; null between requests. */
  readonly allocation: AllocTask | null;
  /** Where it stands in direct reclaim, which the allocator called; null elsewhere. */
  readonly reclaim: DirectTask | null;
  readonly held: readonly Held[];
  /** The OOM killer chose it: it ends as soon as it can. */
  readonly killed: boolean;
}

/**
 * A whole machine: nodes with their kswapds and zonelists, and tasks that allocate from them. Plain data; a turn
 * returns another one.
 */
export interface WholeMachine {
  readonly memory: Memory;
  readonly tasks: readonly WholeTask[];
  /** Whether each node has processors, by position. */
  readonly hasCpus: readonly boolean[];
  /** The settings that marks and reserves are derived from when memory is added. */
  readonly settings: SetupArgs;
}

/** The machine with other memory. */
export const withMemory = (w: WholeMachine, memory: Memory): WholeMachine => ({
  memory,
  tasks: w.tasks,
  hasCpus: w.hasCpus,
  settings: w.settings,
});

/** The machine with other memory, and one task at another place. */
export function withTask(w: WholeMachine, index: number, task: WholeTask, memory: Memory = w.memory): WholeMachine {
  const tasks = w.tasks.slice();
  tasks[index] = task;
  return { memory, tasks, hasCpus: w.hasCpus, settings: w.settings };
}

/** The task at another place in the allocator and in direct reclaim. */
export const withPlace = (
  task: WholeTask,
  allocation: AllocTask | null,
  reclaim: DirectTask | null = null,
): WholeTask => ({
  flags: task.flags,
  node: task.node,
  requests: task.requests,
  begun: task.begun,
  served: task.served,
  refused: task.refused,
  allocation,
  reclaim,
  held: task.held,
  killed: task.killed,
});

/** A task that was killed, and has not given all back yet, or is still about to ask for more. */
export const isDying = (task: WholeTask): boolean =>
  task.killed && (task.begun < task.requests.length || task.held.length > 0);

/** A task that has nothing left to do. */
export const isDone = (task: WholeTask): boolean => task.begun === task.requests.length && !isDying(task);

/** The task holding other blocks. */
export const withHeld = (task: WholeTask, held: readonly Held[]): WholeTask => ({
  flags: task.flags,
  node: task.node,
  requests: task.requests,
  begun: task.begun,
  served: task.served,
  refused: task.refused,
  allocation: task.allocation,
  reclaim: task.reclaim,
  held,
  killed: task.killed,
});

/** The task with its request answered: served, or refused. */
export const ended = (task: WholeTask, served: boolean, held: readonly Held[] = task.held): WholeTask => ({
  flags: task.flags,
  node: task.node,
  requests: task.requests,
  begun: task.begun + 1,
  served: served ? task.served + 1 : task.served,
  refused: served ? task.refused : task.refused + 1,
  allocation: null,
  reclaim: null,
  held,
  killed: task.killed,
});

/** The task with its request served by a block that it keeps. */
export const withServed = (task: WholeTask, block: Held): WholeTask => ended(task, true, [...task.held, block]);
