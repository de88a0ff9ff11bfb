import { describe, expect, test } from 'vitest';
import { caseKind, properties } from '../../properties/index.ts';
import { check } from '../../search/check.ts';
import { replacedRules } from '../model/replacedRules.ts';

const holding = properties.filter(({ verdicts }) => verdicts['v4.0']?.holds === true);
const RUNS = { setup: 300, question: 1500, scenario: 600 } as const;

/** Whether some property that holds in v4.0 has a counterexample in the kernel. */
const noticed = (kernel: (typeof replacedRules)[number]['kernel']): boolean =>
  (['setup', 'question', 'scenario'] as const).some((kind) => {
    const ofKind = holding.filter((property) => caseKind(property) === kind);
    const shrink = false;
    const results = check({ kernel, properties: ofKind, seed: 5, runs: RUNS[kind], shrink });
    return results.some(({ outcome }) => outcome === 'counterexample');
  });

describe('a kernel with one rule broken breaks a promise', () => {
  // Where kswapd's thread starts is told by the recorded cases alone.
  for (const { name, what, kernel } of replacedRules.filter((one) => one.name !== 'startThread')) {
    test(`${name}: ${what}`, () => {
      expect(noticed(kernel)).toBe(true);
    });
  }
});
