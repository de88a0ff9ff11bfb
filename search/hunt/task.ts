import type { Case, CaseKind, Failure } from '../../properties/index.ts';

/** Of what a hunt is: which kernel, and which of its properties. Plain data, so that a worker can load it. */
export interface Quarry {
  /** The name of a specified kernel, or a file that exports one. */
  readonly kernel: string;
  /** Tells the texts of that file from others. */
  readonly digest?: string;
  /** The ids of the properties. */
  readonly properties: readonly string[];
}

/** Cases of one kind, to be run and judged. The same task always has the same result. */
export interface Batch {
  readonly number: number;
  readonly kind: CaseKind;
  readonly seed: number;
  /** Cases to run. */
  readonly runs: number;
  /** The cases themselves; left out: they are drawn, or made from `parents`. */
  readonly given?: readonly Case[];
  /** Cases of the kind that reached something new when they were run. */
  readonly parents: readonly Case[];
  /** How many of a hundred cases are made from others, unless there are none. */
  readonly changed: number;
  /** All that was reached before. */
  readonly known: ReadonlySet<string>;
}

/** What was counted of a property over some cases. */
export interface Counts {
  /** Cases judged. */
  readonly runs: number;
  /** Cases that failed. */
  readonly failing: number;
  /** Cases in which something of a kind was met, by its label. */
  readonly seen: Readonly<Record<string, number>>;
  /** The most that it came to of what its target says, if it has one. */
  readonly best?: number;
}

/** A case of a batch that fails a property. */
export interface FailingCase {
  readonly property: string;
  /** Which of the cases of the batch it was. */
  readonly run: number;
  readonly given: Case;
  readonly failure: Failure;
}

/** A case, and what it was the first to reach. */
export interface Entry {
  readonly kind: CaseKind;
  readonly given: Case;
  readonly reached: readonly string[];
}

/** What came of a batch. */
export interface BatchResult {
  readonly number: number;
  readonly kind: CaseKind;
  readonly runs: number;
  /** Cases that were made from others. */
  readonly mutated: number;
  /** By the id of the property. */
  readonly counts: Readonly<Record<string, Counts>>;
  /** The first failing case of each property that failed. */
  readonly failing: readonly FailingCase[];
  readonly entries: readonly Entry[];
  /** A rule threw on a case, while it was judged by a property; the batch ended there. */
  readonly threw?: { readonly property: string; readonly given: Case };
}

/** A failing case to be made small. */
export interface Shrinking {
  readonly property: string;
  readonly given: Case;
}
