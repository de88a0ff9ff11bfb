import type { Case, Failure, Property } from '../../properties/index.ts';
import type { Sums } from './ledger.ts';
import type { Origin } from './store.ts';
import type { Counts } from './task.ts';

/** A counterexample, and the file that it is in, unless an earlier search saved it. */
export interface FoundCase {
  readonly property: Property;
  readonly given: Case;
  readonly failure: Failure;
  readonly from: Origin;
  readonly savedAs?: string;
}

/** What came of a property. */
export interface HuntedProperty extends Counts {
  readonly property: Property;
  readonly found?: FoundCase;
}

export interface HuntResult {
  readonly properties: readonly HuntedProperty[];
  readonly sums: Sums;
  /** Cases that were run beside those at hand: a hunt for so many is the same. */
  readonly drawn: number;
  /** Counterexamples that are kept, and not yet made small: it was stopped. */
  readonly unfinished: number;
  /** Cases that were kept because they reached something new. */
  readonly corpus: number;
  readonly reached: ReadonlySet<string>;
}
