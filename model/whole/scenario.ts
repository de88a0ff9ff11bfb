import type { GfpName } from '../alloc/gfp.ts';
import type { TaskFlagName } from '../alloc/taskFlags.ts';
import type { AllocTurn } from '../alloc/turn.ts';
import type { DirectTurn } from '../direct/program.ts';
import type { AllocNode } from '../alloc/case.ts';
import type { Turn } from '../scenario.ts';
import type { SetupArgs } from '../setup/boot.ts';
import type { Numa } from '../state/memory.ts';
import type { System } from '../state/system.ts';

/** One request of a task's stream, as a scenario writes it. */
export interface WholeRequest {
  readonly gfp: readonly GfpName[];
  readonly order: number;
  /** The node whose zonelist is walked, by position; left out: the one that the task runs on. */
  readonly node?: number;
  /** The nodes that may be used, by position; left out: all. */
  readonly nodemask?: readonly number[];
  /** Turns after which the pages are freed, or `cache`: the page cache gets them, and reclaim may take them. */
  readonly lifetime?: number | 'cache';
}

/** A task, as a scenario writes it. */
export interface WholeScenarioTask {
  readonly flags?: readonly TaskFlagName[];
  /** The node that it runs on, by position. */
  readonly node: number;
  readonly requests: readonly WholeRequest[];
}

/** One thing that happens to the machine as a whole. Nodes are positions. */
export type WholeEvent =
  /** Memory is added to a node, which may have had none. Pages. */
  | { readonly online: { readonly node: number; readonly zone: number; readonly pages: number } }
  | { readonly merge: BuddyMerge }
  | { readonly swap: number }
  | { readonly bufferHeads: boolean }
  /** A fatal signal reaches a task. */
  | { readonly kill: { readonly task: number } };

/** Freed blocks of order `from` that meet their buddies and become `count` blocks of order `to`. */
interface BuddyMerge {
  readonly node: number;
  readonly zone: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Who moves in a turn: a node's kswapd or a task, by position. */
export type Mover = { readonly kswapd: number } | { readonly task: number };

/** What comes of the wait that the mover is in: the fields of the turns of kswapd, the allocator and direct reclaim. */
export interface WholeAnswer
  extends
    Pick<Turn, 'scanned' | 'reclaimed' | 'remaining'>,
    Pick<AllocTurn, 'merge' | 'compactResult' | 'contended'>,
    Pick<DirectTurn, 'memcgLowSkipped' | 'skippedDeactivate' | 'signal' | 'timeout'> {}

/** One turn: who moves, what comes of its wait, and what happens to the machine meanwhile. */
export interface WholeTurn extends WholeAnswer {
  readonly who: Mover;
  readonly events?: readonly WholeEvent[];
}

/**
 * How a run goes on when the script has run out: it stops; or everyone moves in turn, reclaim being as productive as
 * it can, until nobody has anything to do.
 */
export const AFTERWARDS = ['stop', 'productive'] as const;
export type Afterwards = (typeof AFTERWARDS)[number];

/** A run of a whole machine. */
export interface WholeScenario {
  readonly system: System & Numa;
  /** Whether each node has processors, by position; left out: all have. */
  readonly hasCpus?: readonly boolean[];
  readonly nodes: readonly AllocNode[];
  readonly tasks: readonly WholeScenarioTask[];
  /** What marks and reserves are derived from when memory is added; left out: as the kernel boots. */
  readonly settings?: SetupArgs;
  readonly script: readonly WholeTurn[];
  readonly afterwards: Afterwards;
  /** Turns after which the run is cut off. */
  readonly limit: number;
}
