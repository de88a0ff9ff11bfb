import type { PropertyResult } from '../../search/result.ts';
import type { CheckReporter } from './reporter.ts';

function resultOf({ property, outcome, runs, failing, shares, counterexample }: PropertyResult) {
  return {
    id: property.id,
    family: property.family,
    title: property.title,
    outcome,
    runs,
    failing,
    cases: shares.map(({ label, cases, least, enough }) => ({ label, cases, least, enough })),
    ...(counterexample === undefined
      ? {}
      : {
          counterexample: {
            from: counterexample.from,
            clause: counterexample.failure.clause,
            case: counterexample.given,
          },
        }),
  };
}

/**
 * For programs: one JSON value. It says nothing that changes from run to run, so the same seed gives the same bytes.
 */
export function jsonReporter(): CheckReporter {
  return {
    end: ({ kernel, made, seed, results, exitCode }) =>
      `${JSON.stringify({ kernel, made, seed, exitCode, properties: results.map(resultOf) }, undefined, 2)}\n`,
  };
}
