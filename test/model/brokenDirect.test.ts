import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../kernel/vectors/compare.ts';
import type { Kernel } from '../../model/index.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { brokenDirects, UNRECORDED } from './replaced/direct.ts';

const recorded = new Map(
  ['v4.19', 'v5.9'].map((name) => [
    name,
    readLines(vectorFile('direct', name)).map(({ text }) => JSON.parse(text) as object),
  ]),
);

/** Whether some recorded case of the kernel that it is made from is answered differently. */
const isTold = (base: Kernel, kernel: Kernel): boolean =>
  recorded.get(base.name)!.some((input) => {
    const { got } = answerCase(input, 'here', kernel);
    return firstDifference(recordedAnswer(input), got) !== undefined;
  });

describe('a kernel with one step of direct reclaim broken is told by the recorded cases', () => {
  for (const { at, base, kernel } of brokenDirects) {
    if (!UNRECORDED.has(at)) test(kernel.name, () => expect(isTold(base, kernel)).toBe(true));
  }
});

describe('the table of broken direct reclaims', () => {
  test.each(['v4.19', 'v5.9'])('breaks every step of %s at least once', (name) => {
    const own = brokenDirects.filter(({ base }) => base.name === name);
    const { transitions, yields } = own[0]!.base.directReclaim;
    const steps = [...Object.keys(transitions), ...Object.keys(yields)];
    expect(steps.filter((step) => !own.some(({ at }) => at === step))).toEqual([]);
  });

  test('gives each kernel a name of its own', () => {
    expect(new Set(brokenDirects.map(({ kernel }) => kernel.name)).size).toBe(brokenDirects.length);
  });
});
