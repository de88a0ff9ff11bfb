import type { Case, Failure, Judge, Property, Reach, See } from '../properties/index.ts';

/** A failing case, and which of the drawn ones it was. */
export interface FirstFailure {
  readonly run: number;
  readonly given: Case;
  readonly failure: Failure;
}

/** What came of judging a property on many cases: counted as they come. */
export class Tally {
  readonly property: Property;
  /** Cases judged. */
  runs = 0;
  /** Cases that failed. */
  failing = 0;
  /** Time spent judging, in milliseconds. */
  ms = 0;
  first: FirstFailure | undefined;
  /** The most that the last case, and any case, came to of what the property's target says. */
  last: number | undefined;
  best: number | undefined;
  readonly #counts = new Map<string, { cases: number; last: number }>();
  readonly #see: See<string> = (label) => {
    const count = this.#counts.get(label);
    if (count === undefined) this.#counts.set(label, { cases: 1, last: this.runs });
    else if (count.last !== this.runs) {
      count.cases++;
      count.last = this.runs;
    }
  };

  readonly #reach: Reach = (amount) => {
    this.last = Math.max(amount, this.last ?? amount);
    this.best = Math.max(amount, this.best ?? amount);
  };

  constructor(property: Property) {
    this.property = property;
  }

  /** Cases in which something of the kind was met. */
  seen(label: string): number {
    return this.#counts.get(label)?.cases ?? 0;
  }

  add(given: Case, judge: Judge): void {
    const start = performance.now();
    this.last = undefined;
    const failure = judge(this.property, this.#see, this.#reach);
    this.ms += performance.now() - start;
    if (failure !== undefined) {
      this.failing++;
      this.first ??= { run: this.runs, given, failure };
    }
    this.runs++;
  }
}
