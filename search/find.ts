import fc from 'fast-check';
import type { Kernel } from '../model/index.ts';
import { caseKind, judge, type Case, type Property } from '../properties/index.ts';
import { arbitraryOf } from './arbitraries.ts';

/** The first case that was found to fail. */
export interface Found {
  readonly given: Case;
  /** Cases that were tried, it included. */
  readonly executions: number;
}

/**
 * Draws cases for a property until one fails in a kernel, at most so many; `fails` may ask more of it than that. The
 * same seed finds the same case.
 */
export function findFirst(
  property: Property,
  kernel: Kernel,
  seed: number,
  most: number,
  fails: (given: Case) => boolean = (given) => judge(property, kernel, given) !== undefined,
): Found | undefined {
  let executions = 0;
  let found: Found | undefined;
  fc.check(
    fc.property(arbitraryOf(caseKind(property), { kernel }), (given) => {
      executions++;
      if (fails(given)) found = { given, executions };
      return found === undefined;
    }),
    { seed, numRuns: most, endOnFailure: true },
  );
  return found;
}
