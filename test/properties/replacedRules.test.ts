import { describe, expect, test } from 'vitest';
import { kswapdFaults, laterKswapdFaults, type Fault } from '../../faults/index.ts';
import { caseKind, properties } from '../../properties/index.ts';
import { check } from '../../search/check.ts';

const RUNS = { setup: 300, question: 1500, scenario: 3000 } as const;
type Kind = keyof typeof RUNS;

/** The kinds of case, those first that a broken rule is likely to show in. */
const kindsFor = ({ name }: Fault): readonly Kind[] =>
  name.startsWith('kswapd.') ? ['scenario', 'question', 'setup'] : ['setup', 'question', 'scenario'];

/** Whether some property that holds in the kernel's base has a counterexample in it; a few cases are tried first. */
function noticed(broken: Fault): boolean {
  const { kernel } = broken;
  const holding = properties.filter(({ verdicts }) => verdicts[kernel.base]?.holds === true);
  return [30, 1].some((part) =>
    kindsFor(broken).some((kind) => {
      const ofKind = holding.filter((property) => caseKind(property) === kind);
      const runs = RUNS[kind] / part;
      const results = check({ kernel, properties: ofKind, seed: 5, runs, shrink: false });
      return results.some(({ outcome }) => outcome === 'counterexample');
    }),
  );
}

describe('a kernel with one rule broken breaks a promise', () => {
  test.each([...kswapdFaults, ...laterKswapdFaults])('$kernel.name', (broken) => {
    expect(noticed(broken)).toBe(true);
  });
});
