import type { Machine, Run, Step, TraceRecord } from '../../model/index.ts';

type RecordOf<E extends TraceRecord['ev']> = Extract<TraceRecord, { readonly ev: E }>;

/** The record of a kind that a step leaves, if it does. */
export const recordOf = <E extends TraceRecord['ev']>({ records }: Step, ev: E): RecordOf<E> | undefined =>
  records.find((record): record is RecordOf<E> => record.ev === ev);

/** Whether a step leaves a record of a kind. */
export const saw = (step: Step, ev: TraceRecord['ev']): boolean => recordOf(step, ev) !== undefined;

/** The variables of the balancing run over the node. */
export const runOf = ({ thread }: Machine) => thread.nodeBalance;

/** Pages of each zone that became free in a step. */
export const freedPages = ({ before, after }: Step): readonly number[] =>
  after.node.zones.map(({ freeArea }, i) => freeArea.pages - before.node.zones[i]!.freeArea.pages);

/** Pages that a step of shrinking reclaimed. */
export const reclaimedIn = (step: Step): number =>
  step.kind === 'work' && step.at === 'shrink' ? freedPages(step).reduce((sum, pages) => sum + pages, 0) : 0;

/** A balancing run: its steps from balancePgdat to the one that returns, as indices. */
export interface BalancingRun {
  readonly first: number;
  readonly last: number;
}

/** The balancing runs that came to their end. */
export function balancingRuns({ steps }: Run): readonly BalancingRun[] {
  const runs: BalancingRun[] = [];
  let first = -1;
  for (const [i, { at }] of steps.entries()) {
    if (at === 'balancePgdat') first = i;
    if (at === 'balanced') runs.push({ first, last: i });
  }
  return runs;
}
