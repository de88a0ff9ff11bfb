import { describe, expect, test } from 'vitest';
import { readLines } from '../../../kernel/files.ts';
import { answerCase } from '../../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../../kernel/vectors/compare.ts';
import { v4_0, v4_19, v5_9, type Kernel } from '../../../model/index.ts';
import { allocatorDifferences as changesOfV4_19 } from '../../../model/kernels/v4_19/allocator.ts';
import { allocatorDifferences as changesOfV5_9 } from '../../../model/kernels/v5_9/allocator.ts';
import { differingParts, partsOf, partsOfDifference } from '../../../report/kernels/parts.ts';
import { vectorFile } from '../../kernel/vectors.ts';
import * as brokenV4_19 from './replaced/later/v4_19.ts';
import * as brokenV5_9 from './replaced/later/v5_9.ts';

/** The later page allocators, with what each changed, and kernels that are it but for one broken rule or step. */
const LATER = [
  { base: v4_19, before: v4_0, changes: changesOfV4_19, broken: Object.values(brokenV4_19).flat() },
  { base: v5_9, before: v4_19, changes: changesOfV5_9, broken: Object.values(brokenV5_9).flat() },
];

describe.each(LATER)('the page allocator of $base.name', ({ base, before, changes, broken }) => {
  const cases = readLines(vectorFile('alloc', base.name)).map(({ text, number }) => ({
    where: `alloc:${number}`,
    input: JSON.parse(text) as object,
  }));
  const agrees = (kernel: Kernel, { where, input }: (typeof cases)[number]): boolean =>
    firstDifference(recordedAnswer(input), answerCase(input, where, kernel).got) === undefined;

  describe('is told by the recorded cases from one with one rule or step broken', () => {
    for (const { name, what, kernel } of broken) {
      test(`${name}: ${what}`, () => {
        expect(cases.some((one) => !agrees(kernel, one))).toBe(true);
      });
    }
  });

  test('has each of these differ from it in one rule or step', () => {
    const bare = (part: string): string => part.replace(/^allocator\./, '');
    const differ = broken.map(({ kernel }) => differingParts(base, kernel).map(bare));
    expect(differ).toEqual(broken.map(({ name }) => [name]));
  });

  test('has every rule and step broken that it has otherwise than the kernel before it', () => {
    const [old, now] = [partsOf(before), partsOf(base)];
    const changed = changes.flatMap((one) => [...partsOfDifference(one).keys()]);
    const names = new Set(broken.flatMap(({ kernel }) => differingParts(base, kernel)));
    expect(changed.filter((part) => old.get(part) !== now.get(part) && !names.has(part))).toEqual([]);
  });

  test('has each broken in a way of its own', () => {
    expect(new Set(broken.map(({ kernel }) => kernel.name)).size).toBe(broken.length);
  });
});
