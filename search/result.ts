import type { Case, Failure, Property } from '../properties/index.ts';

/**
 * What a check says of a property: it holds; there is a counterexample; it fails, as it is known to; too few of its
 * cases were seen; or it was known to fail and no longer does.
 */
export type CheckOutcome = 'holds' | 'counterexample' | 'known failure' | 'vacuous' | 'no longer fails';

/** How often a kind of case was met, and how often it has to be. Shares of the cases judged, 0 to 1. */
export interface Share {
  readonly label: string;
  readonly cases: number;
  readonly share: number;
  readonly least: number;
  readonly enough: boolean;
}

/** A case that fails a property. */
export interface Counterexample {
  readonly given: Case;
  readonly failure: Failure;
  /** Where it comes from: an earlier run, the kept witness, or this search. */
  readonly from: 'saved' | 'witness' | 'search';
}

export interface PropertyResult {
  readonly property: Property;
  readonly outcome: CheckOutcome;
  readonly runs: number;
  readonly failing: number;
  readonly shares: readonly Share[];
  /** Time spent judging it, in milliseconds. */
  readonly ms: number;
  readonly counterexample?: Counterexample;
}

const EXIT_CODES: Readonly<Record<CheckOutcome, number>> = {
  holds: 0,
  'known failure': 0,
  counterexample: 1,
  vacuous: 3,
  'no longer fails': 4,
};

/**
 * 0 all as specified, 1 a counterexample, 3 a vacuous property, 4 a known failure that no longer fails; the first
 * that applies.
 */
export function exitCodeOf(results: readonly PropertyResult[]): number {
  const codes = new Set(results.map(({ outcome }) => EXIT_CODES[outcome]));
  return [1, 3, 4].find((code) => codes.has(code)) ?? 0;
}
