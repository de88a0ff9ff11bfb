import type { HuntedProperty } from '../../search/hunt/result.ts';
import { coverageOf } from './coverage.ts';
import { kindsOf, type HuntSummary } from './summary.ts';

const propertyOf = (kernel: string, { property, runs, failing, seen, best, found }: HuntedProperty) => ({
  id: property.id,
  family: property.family,
  title: property.title,
  knownToFail: property.verdicts[kernel]?.holds === false,
  runs,
  failing,
  seen,
  ...(best === undefined ? {} : { target: property.target, best }),
  ...(found === undefined
    ? {}
    : {
        counterexample: {
          from: found.from,
          savedAs: found.savedAs,
          clause: found.failure.clause,
          case: found.given,
        },
      }),
});

/** For programs: one JSON value. Of a hunt for a number of cases, the same seed gives the same bytes. */
export function huntJson({ kernel, made, seed, result, exitCode }: HuntSummary): string {
  const { sums, corpus, reached, properties } = result;
  const value = {
    kernel: kernel.name,
    made,
    seed,
    exitCode,
    runs: sums.runs,
    mutated: sums.mutated,
    corpus,
    coverage: coverageOf(kernel, kindsOf(result), reached),
    properties: properties.map((one) => propertyOf(kernel.base, one)),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
