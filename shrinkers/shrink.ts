import type { Case, Kind, Pass } from './case.ts';
import { faultsOf, isWellFormed } from './legal.ts';
import { isSimpler, measure } from './measure.ts';
import { passesOf } from './passes.ts';

/** The candidates of one sort that are simpler than the case, well-formed, and no less legal. */
function* simplerBy(pass: Pass<Case>, given: Case): Generator<Case> {
  const measured = measure(given);
  const faults = faultsOf(given);
  for (const candidate of pass(given)) {
    if (isSimpler(candidate, measured, given) && isWellFormed(candidate) && faultsOf(candidate) <= faults) {
      yield candidate;
    }
  }
}

/** All that is one step simpler than a case, the biggest steps first. Every one is a legal case if the given is. */
export function* simplifications(kind: Kind, given: Case): Generator<Case> {
  for (const pass of passesOf(kind)) yield* simplerBy(pass, given);
}

export interface ShrinkOptions {
  /** Most cases tried. */
  readonly maxTries?: number;
}

export interface Shrunk {
  readonly case: Case;
  /** Cases tried. */
  readonly tries: number;
}

/**
 * Makes a failing case small: sort by sort, any simplification that still fails is taken, until none of any sort does.
 * Each one taken is simpler than the last, so that this ends. The result is the same whenever the case is.
 */
export function shrinkCase(
  kind: Kind,
  given: Case,
  fails: (candidate: Case) => boolean,
  { maxTries = 20_000 }: ShrinkOptions = {},
): Shrunk {
  const passes = passesOf(kind);
  let now = given;
  let tries = 0;
  // Sorts in a row that had nothing to offer: when all of them, the case is as small as it gets.
  for (let i = 0, idle = 0; idle < passes.length; i = (i + 1) % passes.length, idle++) {
    for (let smaller: Case | undefined = now; smaller !== undefined;) {
      smaller = undefined;
      for (const candidate of simplerBy(passes[i]!, now)) {
        if (tries >= maxTries) return { case: now, tries };
        tries++;
        if (!fails(candidate)) continue;
        smaller = now = candidate;
        idle = -1;
        break;
      }
    }
  }
  return { case: now, tries };
}
