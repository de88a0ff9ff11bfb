import type { Bug } from '../../history/index.ts';
import { SEARCH_NAMES, type Outcome, type SearchName } from './searches.ts';

/** What a search needed for a bug, over the seeds that it was tried with. */
export interface Needed {
  /** Executions by seed, in ascending order; Infinity where it was not found. */
  readonly executions: readonly number[];
  /** Milliseconds by seed, in ascending order, whether it was found or not. */
  readonly ms: readonly number[];
}

export interface Compared {
  readonly bug: Bug;
  readonly needed: Readonly<Record<SearchName, Needed>>;
}

const ascending = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);

/** The middle one of numbers in ascending order, the upper one of two. */
export const median = (numbers: readonly number[]): number => numbers[Math.floor(numbers.length / 2)] ?? NaN;

/** The largest of numbers in ascending order. */
export const worst = (numbers: readonly number[]): number => numbers.at(-1) ?? NaN;

/** What came of looking for bugs, bug by bug. */
export const comparedOf = (bugs: readonly Bug[], outcomes: readonly Outcome[]): readonly Compared[] =>
  bugs.map((bug) => {
    const needed = SEARCH_NAMES.map((search): readonly [SearchName, Needed] => {
      const own = outcomes.filter((one) => one.search === search && one.id === bug.id);
      const executions = ascending(own.map((one) => one.executions ?? Infinity));
      return [search, { executions, ms: ascending(own.map(({ ms }) => ms)) }];
    });
    return { bug, needed: Object.fromEntries(needed) as Compared['needed'] };
  });
