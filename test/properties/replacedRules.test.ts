import { describe, expect, test } from 'vitest';
import { isYieldPoint, POINTS, type Point } from '../../model/index.ts';
import { caseKind, properties } from '../../properties/index.ts';
import { check } from '../../search/check.ts';
import { laterReplacedRules } from '../model/laterReplacedRules.ts';
import { replacedRules } from '../model/replacedRules.ts';
import type { ReplacedRule } from '../model/replaced/broken.ts';

const RUNS = { setup: 300, question: 1500, scenario: 600 } as const;
type Kind = keyof typeof RUNS;

/** The kinds of case, those first that a broken rule is likely to show in. */
const kindsFor = ({ name }: ReplacedRule): readonly Kind[] =>
  POINTS.includes(name as Point) || isYieldPoint(name as Point)
    ? ['scenario', 'question', 'setup']
    : ['setup', 'question', 'scenario'];

/** Whether some property that holds in the kernel's base has a counterexample in it; a few cases are tried first. */
function noticed(broken: ReplacedRule): boolean {
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
  test.each([...replacedRules, ...laterReplacedRules])('$kernel.name', (broken) => {
    expect(noticed(broken)).toBe(true);
  });
});
