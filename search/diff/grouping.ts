import type { Case } from '../../shrinkers/index.ts';

/** Cases that two kernels decide differently for the same reasons. */
export interface Group<C> {
  readonly clause: C;
  /** So many of the drawn cases. */
  readonly cases: number;
  /** The smallest case that was found. */
  readonly witness: Case;
}

interface Tallied<C> {
  readonly clause: C;
  readonly given: Case;
  cases: number;
}

/** What grouping needs to know about clauses. */
export interface ClauseKind<C> {
  readonly keyOf: (clause: C) => string;
  /** Makes a case small, for as long as its clause keeps to the given one's reasons. */
  readonly shrink: (given: Case, clause: C) => { readonly witness: Case; readonly clause: C };
}

/** Cases that differ, counted by their clauses as they come. */
export class ClauseTally<C> {
  readonly #kind: ClauseKind<C>;
  readonly #tallied = new Map<string, Tallied<C>>();
  /** Cases that differ. */
  differ = 0;

  constructor(kind: ClauseKind<C>) {
    this.#kind = kind;
  }

  add(clause: C, given: Case): void {
    this.differ++;
    const key = this.#kind.keyOf(clause);
    const known = this.#tallied.get(key);
    if (known === undefined) this.#tallied.set(key, { clause, given, cases: 1 });
    else known.cases++;
  }

  /** Cases of the clauses that are as told. */
  count(which: (clause: C) => boolean): number {
    let cases = 0;
    for (const tallied of this.#tallied.values()) if (which(tallied.clause)) cases += tallied.cases;
    return cases;
  }

  clauses(): readonly C[] {
    return [...this.#tallied.values()].map(({ clause }) => clause);
  }

  /**
   * The clauses that are as told, the `most` frequent ones, each with its smallest case. Those that turn out to be one
   * once their cases are small are one.
   */
  groups(which: (clause: C) => boolean, most: number, onShrunk: () => void): Pick<Grouped<C>, 'groups' | 'rare'> {
    const frequent = [...this.#tallied.values()]
      .filter(({ clause }) => which(clause))
      .toSorted((a, b) => b.cases - a.cases);
    const groups = new Map<string, Group<C>>();
    for (const { clause, given, cases } of frequent.slice(0, most)) {
      const shrunk = this.#kind.shrink(given, clause);
      const key = this.#kind.keyOf(shrunk.clause);
      const group = groups.get(key);
      groups.set(key, group === undefined ? { ...shrunk, cases } : { ...group, cases: group.cases + cases });
      onShrunk();
    }
    return {
      groups: [...groups.values()].toSorted((a, b) => b.cases - a.cases),
      rare: frequent.slice(most).reduce((sum, { cases }) => sum + cases, 0),
    };
  }
}

interface Grouped<C> {
  readonly groups: readonly Group<C>[];
  readonly rare: number;
}
