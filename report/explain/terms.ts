export type ClauseId = 'populated' | 'managed' | 'reclaimable' | 'watermark' | 'orderWalk' | 'freeList' | 'compaction';

/** One comparison that a rule makes, with its numbers, in pages unless `right` says otherwise. */
export interface Clause {
  readonly id: ClauseId;
  readonly holds: boolean;
  readonly left: Term;
  readonly relation: '>' | '<' | 'outside' | 'is not';
  readonly right: Term;
  /** What the comparison is made of, where it is a matter of several. */
  readonly parts?: readonly Clause[];
}

/** A number or a name of the kernel's, and what it is. */
export interface Term {
  readonly value: number | string;
  readonly what: string;
}

export interface NumberTerm extends Term {
  readonly value: number;
}
