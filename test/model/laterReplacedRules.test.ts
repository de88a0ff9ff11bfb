import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../kernel/vectors/compare.ts';
import { kernels, v4_0, v4_19, v5_9, type Difference, type Kernel } from '../../model/index.ts';
import { reclaimDifferences as since4_0 } from '../../model/kernels/v4_19/reclaim.ts';
import { setupDifferences as setUpSince4_0 } from '../../model/kernels/v4_19/setup.ts';
import { reclaimDifferences as since4_19 } from '../../model/kernels/v5_9/reclaim.ts';
import { setupDifferences as setUpSince4_19 } from '../../model/kernels/v5_9/setup.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { laterReplacedRules } from './laterReplacedRules.ts';

/** All recorded cases of a kernel, those of the three files mixed so that each kind comes soon. */
const casesOf = (kernel: string) =>
  (['setup', 'predicates', 'loops'] as const)
    .flatMap((name) => {
      const lines = readLines(vectorFile(name, kernel));
      return lines.map(({ text, number }) => ({
        where: `${name}:${number}`,
        input: JSON.parse(text) as object,
        place: number / lines.length,
      }));
    })
    .toSorted((a, b) => a.place - b.place);

const CASES = { 'v4.19': casesOf('v4.19'), 'v5.9': casesOf('v5.9') };

/** The first recorded case that a kernel answers differently. */
const firstDisagreement = (kernel: Kernel) =>
  CASES[kernel.base as keyof typeof CASES].find(({ where, input }) => {
    const { got } = answerCase(input, where, kernel);
    return firstDifference(recordedAnswer(input), got) !== undefined;
  });

describe('a later kernel with one rule broken is told from its own by the recorded cases', () => {
  test.each(laterReplacedRules)('$kernel.name', ({ kernel }) => {
    expect(firstDisagreement(kernel)).toBeDefined();
  });
});

type Parts = Readonly<Record<string, unknown>>;

const partsOf = (kernel: Kernel): Parts => ({ ...kernel, ...kernel.transitions, ...kernel.yields });

/** Rules and steps that a kernel's own differences put in, without those of direct reclaim. */
const changedBy = (differences: readonly Difference[], kernel: Kernel, before: Kernel): readonly string[] => {
  const named = differences.flatMap(({ rules = {}, loop, transitions = {} }) => [
    ...Object.keys(rules),
    ...Object.keys({ ...loop?.transitions, ...loop?.yields, ...transitions }),
  ]);
  const [now, then] = [partsOf(kernel), partsOf(before)];
  return [...new Set(named)].filter((name) => now[name] !== then[name] && name !== 'compactionReady');
};

describe('the table of broken later kernels', () => {
  test('breaks exactly one rule or step in each', () => {
    for (const { name, kernel } of laterReplacedRules) {
      const [now, then] = [partsOf(kernel), partsOf(kernels[kernel.base]!)];
      const SHARED = new Set(['name', 'transitions', 'yields', 'directReclaim', 'allocator']);
      const differing = Object.keys(then).filter((key) => !SHARED.has(key) && now[key] !== then[key]);
      expect(differing).toEqual([name]);
    }
  });

  test.each([
    [v4_19, v4_0, [...since4_0, ...setUpSince4_0]],
    [v5_9, v4_19, [...since4_19, ...setUpSince4_19]],
  ] as const)('$name: breaks every rule and step that is not the one before', (kernel, before, differences) => {
    const own = new Set(laterReplacedRules.filter((one) => one.kernel.base === kernel.name).map(({ name }) => name));
    expect(changedBy(differences, kernel, before).filter((part) => !own.has(part))).toEqual([]);
  });

  test('gives each kernel a name of its own', () => {
    const names = laterReplacedRules.map(({ kernel }) => kernel.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
