import { gfpOf, type GfpName } from '../alloc/gfp.ts';
import { makeMachine, makeNode, makeSystem } from '../boot.ts';
import type { Kernel } from '../kernel.ts';
import type { ScenarioNode } from '../scenario.ts';
import type { Memory, Numa, Pgdat, ZoneRef } from '../state/memory.ts';
import type { System } from '../state/system.ts';
import { startDoTryToFreePages, startTryToFreePages } from './enter.ts';
import type { DirectTurn } from './program.ts';
import type { DirectTask } from './task.ts';

/** What a task brings along to direct reclaim. */
export const DIRECT_TASK_FLAGS = ['KTHREAD', 'FATAL_SIGNAL'] as const;
export type DirectTaskFlag = (typeof DIRECT_TASK_FLAGS)[number];

export interface DirectArgs {
  readonly order: number;
  readonly gfpMask: readonly GfpName[];
  /** Pages. */
  readonly nrToReclaim: number;
  /** The highest zone index that is reclaimed from. */
  readonly reclaimIdx: number;
}

/** A run of direct reclaim: where it starts, what is asked of it, and what happens to it. */
export interface DirectCase {
  readonly system: System;
  readonly nodes: readonly ScenarioNode[];
  /** Where the request looks for memory, in order. */
  readonly zonelist: readonly ZoneRef[];
  readonly args: DirectArgs;
  /**
   * The task that enters at try_to_free_pages, for 32 pages and up to the zone that its mask allows; left out, the run
   * is one of do_try_to_free_pages alone.
   */
  readonly task?: readonly DirectTaskFlag[];
  readonly script: readonly DirectTurn[];
}

/** Direct reclaim walks the zonelist that it was given, and asks for no distance. */
const NUMA: Numa = {
  layout: 'x86_64',
  distance: [],
  zoneReclaimMode: 0,
  suspendedStorage: false,
  zonelistOrder: 'default',
};

/** The memory that a case starts with. */
function bootMemory(k: Kernel, { system: written, nodes }: DirectCase): Memory {
  const system = makeSystem(written);
  const pgdats = nodes.map((node): Pgdat => {
    const { node: made, thread, waits } = makeMachine(k, system, makeNode(node));
    return { node: made, thread, waits };
  });
  return { system, numa: NUMA, pgdats, zonelists: [] };
}

/** The memory and the task that a case starts with. */
export function bootDirectCase(k: Kernel, given: DirectCase): { readonly memory: Memory; readonly task: DirectTask } {
  const memory = bootMemory(k, given);
  const { zonelist, args, task = [] } = given;
  const asked = {
    zonelist,
    nodemask: null,
    order: args.order,
    gfpMask: gfpOf(args.gfpMask),
    kthread: task.includes('KTHREAD'),
    fatalSignal: task.includes('FATAL_SIGNAL'),
  };
  return {
    memory,
    task:
      given.task === undefined
        ? startDoTryToFreePages(memory, asked, args.nrToReclaim, args.reclaimIdx)
        : startTryToFreePages(memory, asked),
  };
}
