import { baseOf, v4_0, type Kernel } from '../model/index.ts';
import type { Case, Kind, Pass } from './case.ts';
import { faultsOf, isWellFormed } from './legal.ts';
import { isSimpler, measure } from './measure.ts';
import { passesOf } from './passes.ts';

/** The candidates of one sort that are simpler than the case, well-formed, and no less legal in a kernel. */
function* simplerBy(pass: Pass<Case>, given: Case, kernel: Kernel): Generator<Case> {
  const measured = measure(given);
  const faults = faultsOf(given, kernel);
  for (const candidate of pass(given)) {
    if (
      isSimpler(candidate, measured, given) &&
      isWellFormed(candidate, kernel) &&
      faultsOf(candidate, kernel) <= faults
    ) {
      yield candidate;
    }
  }
}

/**
 * All that is one step simpler than a case of a kernel, the biggest steps first. Every one is a legal case if the given
 * is. Where the model is stepped, it is the specified kernel that the one at hand was made from: its rules never throw.
 */
export function* simplifications(kind: Kind, given: Case, kernel: Kernel = v4_0): Generator<Case> {
  const base = baseOf(kernel);
  for (const pass of passesOf(kind, base)) yield* simplerBy(pass, given, base);
}

export interface ShrinkOptions {
  /** Most cases tried. */
  readonly maxTries?: number;
  /** The kernel that it is a case of: v4.0 if left out. */
  readonly kernel?: Kernel;
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
  { maxTries = 20_000, kernel = v4_0 }: ShrinkOptions = {},
): Shrunk {
  const base = baseOf(kernel);
  const passes = passesOf(kind, base);
  let now = given;
  // Candidates that did not fail, as text: different ways lead to the same ones.
  const passed = new Set<string>();
  let tries = 0;
  // Sorts in a row that had nothing to offer: when all of them, the case is as small as it gets.
  for (let i = 0, idle = 0; idle < passes.length; i = (i + 1) % passes.length, idle++) {
    for (let smaller: Case | undefined = now; smaller !== undefined;) {
      smaller = undefined;
      for (const candidate of simplerBy(passes[i]!, now, base)) {
        const text = JSON.stringify(candidate);
        if (passed.has(text)) continue;
        if (tries >= maxTries) return { case: now, tries };
        tries++;
        if (!fails(candidate)) {
          passed.add(text);
          continue;
        }
        smaller = now = candidate;
        idle = -1;
        break;
      }
    }
  }
  return { case: now, tries };
}
