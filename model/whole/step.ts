import type { AllocStep } from '../alloc/run.ts';
import type { DirectStep } from '../direct/run.ts';
import type { AllocTraceRecord } from '../alloc/record.ts';
import type { DirectRecord } from '../direct/program.ts';
import type { TraceRecord } from '../record.ts';
import type { Step } from '../run.ts';
import type { WholeEvent } from './scenario.ts';
import type { WholeMachine } from './state.ts';

/** What a tracer sees of the machine: records of kswapds, of the allocator, of direct reclaim, and of tasks. */
export type WholeRecord = TraceRecord | AllocTraceRecord | DirectRecord | TaskRecord;

/** One observable event in a task's life. */
export type TaskRecord =
  | { readonly ev: 'request'; readonly order: number; readonly node: number }
  | { readonly ev: 'served'; readonly order: number; readonly node: number; readonly zone: number }
  | { readonly ev: 'refused'; readonly order: number }
  | { readonly ev: 'freed'; readonly order: number; readonly node: number; readonly zone: number }
  | { readonly ev: 'throttled'; readonly node: number }
  | { readonly ev: 'victim'; readonly task: number }
  | { readonly ev: 'exited' };

interface WholeStepEnds {
  readonly turn: number;
  readonly before: WholeMachine;
  readonly after: WholeMachine;
  readonly records: readonly WholeRecord[];
}

/**
 * One step of a whole machine: one of a node's kswapd, one of a task in the allocator or in direct reclaim, one of a
 * task by itself, or an event that concerns all.
 */
export type WholeStep =
  | (WholeStepEnds & { readonly of: 'kswapd'; readonly node: number; readonly step: Step })
  | (WholeStepEnds & { readonly of: 'allocation'; readonly task: number; readonly step: AllocStep })
  | (WholeStepEnds & { readonly of: 'direct'; readonly task: number; readonly step: DirectStep })
  | (WholeStepEnds & { readonly of: 'task'; readonly task: number })
  | (WholeStepEnds & { readonly of: 'event'; readonly event: WholeEvent });

export type WholeObserver = (step: WholeStep) => void;

/** Where a move writes what it does: every step to the observer, if there is one. */
export interface Recorder {
  readonly turn: number;
  readonly observe: WholeObserver | undefined;
  /** Of all steps so far: what happened, and to whom. */
  readonly trace: WholeTrace[];
}

/** Events leave no records. */
export type TracedStep = Exclude<WholeStep, { readonly of: 'event' }>;

/** A record, and whose it is. */
export interface WholeTrace {
  readonly of: TracedStep['of'];
  /** The node of a kswapd, or the task, by position. */
  readonly who: number;
  readonly record: WholeRecord;
}

/** Writes a step down. */
export function note({ observe, trace }: Recorder, step: TracedStep): void {
  const who = step.of === 'kswapd' ? step.node : step.task;
  for (const record of step.records) trace.push({ of: step.of, who, record });
  observe?.(step);
}
