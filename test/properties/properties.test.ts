import { describe, expect, it } from 'vitest';
import { kernels } from '../../model/index.ts';
import { properties } from '../../properties/index.ts';
import { check } from '../../search/check.ts';
import { casesAtHand } from '../../search/atHand.ts';
import type { PropertyResult } from '../../search/result.ts';

/** What is promised of a kernel: a property without a verdict for it is not asked. */
const promisedOf = (name: string) => properties.filter(({ verdicts }) => verdicts[name] !== undefined);

/** One search for all properties of a kernel, so that each machine is drawn and run once. */
const search = (name: string): ReadonlyMap<string, PropertyResult> => {
  const kernel = kernels[name]!;
  const results = check({
    kernel,
    properties: promisedOf(name),
    seed: 4,
    first: (property) => casesAtHand(property, kernel, []),
  });
  return new Map(results.map((result) => [result.property.id, result]));
};

describe.each(Object.keys(kernels))('%s', (name) => {
  const results = search(name);

  it.each(promisedOf(name).map(({ id, title, verdicts }) => [id, title, verdicts[name]?.holds] as const))(
    '%s: %s',
    (id, _title, holds) => {
      const { outcome, shares, counterexample } = results.get(id)!;
      const missed = shares.filter(({ enough }) => !enough).map(({ label }) => label);
      expect({ outcome, missed, clause: holds === false ? undefined : counterexample?.failure.clause }).toEqual({
        outcome: holds === false ? 'known failure' : 'holds',
        missed: [],
        clause: undefined,
      });
    },
  );

  it('every known failure is found by the search too, not only by its kept witness', () => {
    const known = [...results.values()].filter(({ outcome }) => outcome === 'known failure');
    expect(known.filter(({ failing }) => failing === 0).map(({ property }) => property.id)).toEqual([]);
  });
});
