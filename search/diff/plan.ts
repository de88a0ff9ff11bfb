import type { Layout } from '../../generators/index.ts';
import type { Kernel } from '../../model/index.ts';

/** The kinds of case that kernels are compared on: a question about a state, a set-up, a run. */
export type DiffKind = 'question' | 'setup' | 'scenario';

/** What is compared, and how long. */
export interface DiffPlan {
  readonly first: Kernel;
  readonly second: Kernel;
  readonly seed: number;
  /** Cases to draw of each kind. */
  readonly runs?: number;
  /** Milliseconds to draw for, instead of a number of cases. */
  readonly time?: number;
  /** Zones that every drawn machine has. */
  readonly layout?: Layout;
  readonly onProgress?: (what: string) => void;
}

/** Cases of each kind that are drawn unless told otherwise. */
export const DIFF_RUNS: Readonly<Record<DiffKind, number>> = { question: 4000, setup: 500, scenario: 1500 };

/** When drawing ends. */
export interface Bounds {
  readonly seed: number;
  readonly numRuns: number;
  readonly interruptAfterTimeLimit?: number;
}

/** How many cases of a kind are drawn, or how long, given the kinds among which the time is shared out. */
export function boundsOf({ seed, runs, time }: DiffPlan, kind: DiffKind, kinds: number): Bounds {
  if (time === undefined) return { seed, numRuns: runs ?? DIFF_RUNS[kind] };
  return { seed, numRuns: 2 ** 31 - 1, interruptAfterTimeLimit: time / kinds };
}
