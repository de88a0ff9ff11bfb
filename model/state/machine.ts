import type { Node } from './node.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';

/** Who waits on what, and what kswapd's task was told from outside. */
export interface Waits {
  /** kswapd stands on its wait queue, kswapd_wait: a wake-up would reach it. */
  readonly queued: boolean;
  /** kswapd's task was made runnable since it last prepared to wait. */
  readonly woken: boolean;
  /** Tasks that wait on pfmemalloc_wait. */
  readonly throttled: number;
  /** freezing(): the freezer asks kswapd to stand still. */
  readonly freezing: boolean;
  /** kthread_should_stop(). */
  readonly shouldStop: boolean;
}

/** A node with its kswapd: all that the next step depends on. Plain data; a step returns another one. */
export interface Machine {
  readonly system: System;
  readonly node: Node;
  readonly thread: Thread;
  readonly waits: Waits;
}

export const withNode = (m: Machine, node: Node): Machine =>
  node === m.node ? m : { system: m.system, node, thread: m.thread, waits: m.waits };

export const withThread = (m: Machine, thread: Thread): Machine => ({
  system: m.system,
  node: m.node,
  thread,
  waits: m.waits,
});

export const withWaits = (m: Machine, waits: Waits): Machine => ({
  system: m.system,
  node: m.node,
  thread: m.thread,
  waits,
});

export const withSystem = (m: Machine, system: System): Machine => ({
  system,
  node: m.node,
  thread: m.thread,
  waits: m.waits,
});
