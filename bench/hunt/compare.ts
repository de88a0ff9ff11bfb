import type { Bug } from '../../history/index.ts';
import { properties } from '../../properties/index.ts';
import { SEARCHES } from './searches.ts';

export type SearchName = keyof typeof SEARCHES;
export const SEARCH_NAMES = Object.keys(SEARCHES) as readonly SearchName[];

/** What a search needed for a bug, over many seeds. */
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
export const median = (numbers: readonly number[]): number => numbers[Math.floor(numbers.length / 2)]!;

/** Looks for a bug with every search and seed, one after the other, so that all meet the same machine at work. */
export function compare(bug: Bug, seeds: number, most: number): Compared {
  const property = properties.find(({ id }) => id === bug.property)!;
  const measured = SEARCH_NAMES.map((name) => ({ name, executions: [] as number[], ms: [] as number[] }));
  for (let seed = 1; seed <= seeds; seed++) {
    for (const { name, executions, ms } of measured) {
      const start = performance.now();
      executions.push(SEARCHES[name](bug, property, seed, most) ?? Infinity);
      ms.push(performance.now() - start);
    }
  }
  const needed = measured.map(({ name, executions, ms }): readonly [string, Needed] => [
    name,
    { executions: ascending(executions), ms: ascending(ms) },
  ]);
  return { bug, needed: Object.fromEntries(needed) as Compared['needed'] };
}
