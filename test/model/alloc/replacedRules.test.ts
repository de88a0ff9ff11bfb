import { describe, expect, test } from 'vitest';
import { readLines } from '../../../kernel/files.ts';
import { answerCase } from '../../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../../kernel/vectors/compare.ts';
import { allocatorRules } from '../../../model/alloc/index.ts';
import { v4_0, type Kernel } from '../../../model/index.ts';
import { vectorFile } from '../../kernel/vectors.ts';
import { replacedAllocatorRules } from './replacedRules.ts';

const cases = readLines(vectorFile('alloc')).map(({ text, number }) => ({
  where: `alloc:${number}`,
  input: JSON.parse(text) as object,
}));

/** The first recorded case that a kernel answers differently. */
const firstDisagreement = (kernel: Kernel) =>
  cases.find(({ where, input }) => {
    const { got } = answerCase(input, where, kernel);
    return firstDifference(recordedAnswer(input), got) !== undefined;
  });

describe('a page allocator with one rule broken is told from v4.0’s by the recorded cases', () => {
  for (const { name, what, kernel } of replacedAllocatorRules) {
    test(`${name}: ${what}`, () => {
      expect(firstDisagreement(kernel)).toBeDefined();
    });
  }
});

/** The rules and steps of the page allocator. */
const partsOf = (kernel: Kernel): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.keys(allocatorRules).map((rule) => [rule, kernel[rule as keyof typeof allocatorRules]])),
  ...prefixed('step ', kernel.allocator.transitions),
  ...prefixed('wait ', kernel.allocator.yields),
});
const prefixed = (prefix: string, steps: object) =>
  Object.fromEntries(Object.entries(steps).map(([name, step]) => [`${prefix}${name}`, step as unknown]));

describe('the table of broken page allocators', () => {
  const whole = partsOf(v4_0);
  const broken = replacedAllocatorRules.map(({ kernel }) => {
    const parts = partsOf(kernel);
    return Object.keys(whole).filter((name) => parts[name] !== whole[name]);
  });

  test('breaks exactly one rule or step in each', () => {
    expect(broken.filter((names) => names.length !== 1)).toEqual([]);
    expect(broken.map(([name]) => name?.replace(/^(step|wait) /, ''))).toEqual(
      replacedAllocatorRules.map(({ name }) => name),
    );
  });

  test('breaks every rule and every step at least once', () => {
    const names = new Set(broken.flat());
    expect(Object.keys(whole).filter((name) => !names.has(name))).toEqual([]);
  });

  test('gives each kernel a name of its own', () => {
    expect(new Set(replacedAllocatorRules.map(({ kernel }) => kernel.name)).size).toBe(replacedAllocatorRules.length);
  });
});
