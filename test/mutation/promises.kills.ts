import { describe, expect, test } from 'vitest';
import { kernels } from '../../model/index.ts';
import { caseKind, properties, type CaseKind } from '../../properties/index.ts';
import { check } from '../../search/check.ts';

/** Cases drawn of each kind: a few at first, since most changed rules show in them. */
const RUNS: Readonly<Record<CaseKind, readonly number[]>> = {
  setup: [10, 100],
  question: [50, 300],
  direct: [10, 60],
  scenario: [20, 150],
  machine: [2, 20],
};

const drawn = Object.values(kernels).flatMap((kernel) =>
  (Object.keys(RUNS) as CaseKind[]).flatMap((kind) => RUNS[kind].map((runs) => ({ kernel, kind, runs }))),
);

describe('no promise is broken', () => {
  test.each(drawn.toSorted((a, b) => a.runs - b.runs))('$kernel.name, $runs of $kind', ({ kernel, kind, runs }) => {
    const promised = properties.filter(
      (property) => caseKind(property) === kind && property.verdicts[kernel.name]?.holds === true,
    );
    const broken = check({ kernel, properties: promised, seed: 3, runs, shrink: false }).filter(
      ({ outcome }) => outcome === 'counterexample',
    );
    expect(broken.map(({ property }) => property.id)).toEqual([]);
  });
});
