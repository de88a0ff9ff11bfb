/** What an assumption can change: any answer about balance, one about a high order, or only a whole run of kswapd. */
export type Matter = 'balance' | 'highOrder' | 'run';

/** A value of the model that the files do not say. */
export interface Assumption {
  /** The field of the scenario's zone, node or system. */
  readonly field: string;
  /** Absent: it is about the whole machine. */
  readonly node?: number;
  readonly zone?: string;
  readonly value: number | string;
  readonly because: string;
  readonly matters: Matter;
  /** Where a rule that it can change looks: `freeArea.lists`. Absent: at the field itself. */
  readonly seenAt?: readonly string[];
}

/** Something the files say that the reader should know of, and that the model has no place for. */
export interface Remark {
  /** Absent: it is about the whole machine. */
  readonly node?: number;
  readonly text: string;
}
