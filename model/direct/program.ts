import type { Program, TaskOutcome, TaskTransition, TaskYield } from '../program.ts';
import type { TraceRecord } from '../record.ts';
import type { Event } from '../scenario.ts';
import type { Memory } from '../state/memory.ts';
import type { DirectRunning, DirectTask, DirectWaiting } from './task.ts';

/** One observable event of a direct reclaim: a node, up to v4.7 a zone, is shrunk. */
export interface DirectShrinkRecord {
  readonly ev: 'shrink';
  readonly node: number;
  /** Up to v4.7. */
  readonly zone?: number;
  readonly priority: number;
  /** From v4.8 on: the highest zone index that is shrunk. */
  readonly reclaimIdx?: number;
  readonly mayWritepage: boolean;
  /** v4.0: may_thrash. */
  readonly memcgLowReclaim: boolean;
  /** From v5.5 on. */
  readonly forceDeactivate?: boolean;
}

/** What a tracer sees of a direct reclaim, and of what other tasks do meanwhile. */
export type DirectRecord = DirectShrinkRecord | TraceRecord;

/** What the environment does while a task waits in direct reclaim; a point reads the fields that concern it. */
export interface DirectTurn {
  /** shrink: pages scanned, at least as many as are reclaimed. */
  readonly scanned?: number;
  /** shrink: pages reclaimed, by zone index of the node that is shrunk. */
  readonly reclaimed?: readonly number[];
  /** shrink: some control group was spared for its low limit. */
  readonly memcgLowSkipped?: boolean;
  /** shrink, from v5.5 on: some active list was left alone. */
  readonly skippedDeactivate?: boolean;
  /** throttled: kswapd wakes all who wait. */
  readonly wake?: boolean;
  /** throttled: a signal reaches the task. */
  readonly signal?: 'fatal' | 'other';
  /** throttled: a second has passed since the task began to wait. */
  readonly timeout?: boolean;
  /** What other tasks do meanwhile to the node that is shrunk or waited on, in order. */
  readonly events?: readonly Event[];
}

export type DirectOutcome = TaskOutcome<DirectTask, DirectRecord>;
export type DirectTransition = TaskTransition<DirectRunning | DirectWaiting | 'done', DirectTask, DirectRecord>;
export type DirectYield = TaskYield<DirectRunning | DirectWaiting | 'done', DirectTask, DirectRecord, DirectTurn>;

/**
 * Direct reclaim: a task that found too little free memory frees some itself.
 * @kernel v4.19 mm/vmscan.c try_to_free_pages
 */
export type DirectReclaim = Program<DirectRunning, DirectWaiting, DirectTask, DirectRecord, DirectTurn>;

const NO_RECORDS: readonly DirectRecord[] = [];

export const directSilent = (memory: Memory, task: DirectTask): DirectOutcome => ({
  memory,
  task,
  records: NO_RECORDS,
});
