import type { Node } from './node.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';
import type { Waits } from './waits.ts';

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

export const withNodeAndThread = (m: Machine, node: Node, thread: Thread): Machine => ({
  system: m.system,
  node,
  thread,
  waits: m.waits,
});

export const withThreadAndWaits = (m: Machine, thread: Thread, waits: Waits): Machine => ({
  system: m.system,
  node: m.node,
  thread,
  waits,
});
