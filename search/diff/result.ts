import type { RuleName } from '../../model/index.ts';
import type { Clause } from './clause.ts';
import type { Comparison } from './comparisons.ts';
import type { Group } from './grouping.ts';
import type { LoopDiff } from './loop.ts';
import type { DiffKind } from './plan.ts';

/** What came of comparing one rule. */
export interface RuleDiff {
  readonly comparison: Comparison;
  /** The rule by its name in either kernel. */
  readonly first: RuleName;
  readonly second: RuleName;
  readonly kind: DiffKind;
  /** The kernels have the very same function for it and for all that it asks: nothing was drawn. */
  readonly same: boolean;
  /** Cases asked. */
  readonly asked: number;
  /** Cases that were answered differently. */
  readonly differ: number;
  /** Of those, the ones in which the kernels part in another rule, by that rule. */
  readonly elsewhere: Readonly<Record<string, number>>;
  /** The cases that differ, grouped by the clause; the most frequent first. */
  readonly groups: readonly Group<Clause>[];
  /** Cases of rare clauses, that no witness was looked for. */
  readonly rare: number;
}

/** What came of comparing two kernels. */
export interface Diff {
  readonly seed: number;
  readonly rules: readonly RuleDiff[];
  readonly loop?: LoopDiff;
}

/** Whether a difference was found. */
export const differs = ({ rules, loop }: Diff): boolean =>
  rules.some(({ differ }) => differ > 0) || (loop?.differ ?? 0) > 0;
