import { watchScenario, type Kernel, type Run, type Scenario, type TraceRecord } from '../../model/index.ts';

/** What kswapd decides as others see it: what it records, and how its run ends. */
export type Decided = Extract<
  TraceRecord,
  {
    readonly ev:
      | 'wake'
      | 'short_sleep'
      | 'sleep'
      | 'low_wmark_hit_quickly'
      | 'high_wmark_hit_quickly'
      | 'pfmemalloc_wake'
      | 'wakeup'
      | 'frozen'
      | 'stopped';
  }
>;

/** A decision, or the end of the run: asleep for good, or spinning without waiting once. */
export type Decision = Decided | { readonly ev: 'asleep' } | { readonly ev: 'spins' };

const OUTWARD: ReadonlySet<string> = new Set<Decided['ev']>([
  'wake',
  'short_sleep',
  'sleep',
  'low_wmark_hit_quickly',
  'high_wmark_hit_quickly',
  'pfmemalloc_wake',
  'wakeup',
  'frozen',
  'stopped',
]);

/** Whether others see the record: a decision, and not how it was come to. */
export const isOutward = (record: TraceRecord): record is Decided => OUTWARD.has(record.ev);

/** A decision, and the step of the run that made it; the end of a run stands after its steps. */
export interface Made {
  readonly decision: Decision;
  readonly step: number;
}

/** All that a kswapd decided in a run, in order. A run that was cut off has no end. */
function decisionsOf({ steps, end }: Pick<Run, 'steps' | 'end'>): readonly Made[] {
  const made = steps.flatMap(({ records }, step) =>
    records.filter(isOutward).map((decision): Made => ({ decision, step })),
  );
  if (end === 'asleep') return [...made, { decision: { ev: 'asleep' }, step: steps.length }];
  return end === 'spinning' ? [...made, { decision: { ev: 'spins' }, step: steps.length }] : made;
}

const sameDecision = (a: Decision, b: Decision): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Where two runs of a scenario part: what each kswapd decides there, and how many decisions they share. */
export interface RunsPart {
  readonly runs: readonly [Run, Run];
  readonly made: readonly [Made, Made];
  readonly shared: number;
}

/** The first decision that two kernels take differently in a scenario; undefined if one was cut off before. */
export function runsPart(first: Kernel, second: Kernel, scenario: Scenario): RunsPart | undefined {
  const runs = [watchScenario(first, scenario), watchScenario(second, scenario)] as const;
  const [a, b] = runs.map(decisionsOf) as [readonly Made[], readonly Made[]];
  const shared = a.findIndex((made, i) => b[i] === undefined || !sameDecision(made.decision, b[i].decision));
  const [own, other] = [a[shared], b[shared]];
  return own === undefined || other === undefined ? undefined : { runs, made: [own, other], shared };
}
