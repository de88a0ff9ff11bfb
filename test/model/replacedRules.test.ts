import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../kernel/vectors/compare.ts';
import { allocatorRules } from '../../model/alloc/index.ts';
import { v4_0, type Kernel } from '../../model/index.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { replacedRules } from './replacedRules.ts';

/** All recorded cases, those of the three files mixed so that each kind comes soon. */
const cases = (['setup', 'predicates', 'loops'] as const)
  .flatMap((name) => {
    const lines = readLines(vectorFile(name));
    return lines.map(({ text, number }) => ({
      where: `${name}:${number}`,
      input: JSON.parse(text) as object,
      place: number / lines.length,
    }));
  })
  .toSorted((a, b) => a.place - b.place);

/** The first recorded case that a kernel answers differently. */
const firstDisagreement = (kernel: Kernel) =>
  cases.find(({ where, input }) => {
    const { got } = answerCase(input, where, kernel);
    return firstDifference(recordedAnswer(input), got) !== undefined;
  });

describe('a kernel with one rule broken is told from v4.0 by the recorded cases', () => {
  for (const { name, what, kernel } of replacedRules) {
    test(`${name}: ${what}`, () => {
      expect(firstDisagreement(kernel)).toBeDefined();
    });
  }
});

/** The rules of v4.0 that kswapd and set-up have; those of allocation and direct reclaim have tables of their own. */
const isPart = (key: string): boolean =>
  typeof v4_0[key as keyof typeof v4_0] === 'function' &&
  !hasName(v4_0.absent, key) &&
  !Object.hasOwn(allocatorRules, key) &&
  key !== 'compactionReady';
const hasName = (names: readonly string[], name: string): boolean => names.includes(name);

/** The rules and steps in which a kernel differs from v4.0. */
const differing = (kernel: Kernel): readonly string[] => [
  ...keysThatDiffer(kernel, v4_0).filter(isPart),
  ...keysThatDiffer(kernel.transitions, v4_0.transitions),
  ...keysThatDiffer(kernel.yields, v4_0.yields),
];

function keysThatDiffer<T extends object>(a: T, b: T): readonly string[] {
  const keys = Object.keys(b) as (keyof T & string)[];
  return keys.filter((key) => a[key] !== b[key]);
}

describe('the table of broken kernels', () => {
  test('breaks exactly one rule or step in each', () => {
    for (const { name, kernel } of replacedRules) expect(differing(kernel)).toEqual([name]);
  });

  test('breaks every rule and every step at least once', () => {
    const broken = new Set(replacedRules.map(({ name }) => name));
    const steps = [...Object.keys(v4_0.transitions), ...Object.keys(v4_0.yields)];
    const parts = [...Object.keys(v4_0).filter(isPart), ...steps];
    expect(parts.filter((part) => !broken.has(part))).toEqual([]);
  });

  test('gives each kernel a name of its own', () => {
    expect(new Set(replacedRules.map(({ kernel }) => kernel.name)).size).toBe(replacedRules.length);
  });
});
