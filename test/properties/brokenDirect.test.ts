import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directFaults } from '../../faults/index.ts';
import { arbitraryDirectCase } from '../../generators/index.ts';
import { kernels, type Kernel } from '../../model/index.ts';
import { caseKind, judgeOf, properties } from '../../properties/index.ts';

const ours = properties.filter((property) => caseKind(property) === 'direct');

/** Drawn once for all kernels. A kernel is looked at this long at least, and to the end if nothing fails. */
const cases = fc.sample(arbitraryDirectCase(), { numRuns: 1000, seed: 6 });
const LEAST = 80;

/** The properties that hold in a kernel and do not in one that is made from it. */
function noticing(base: Kernel, kernel: Kernel): readonly string[] {
  const left = new Set(ours.filter(({ verdicts }) => verdicts[base.name]?.holds === true));
  const found: string[] = [];
  for (const [i, given] of cases.entries()) {
    if (i >= LEAST && found.length > 0) break;
    const judge = judgeOf(kernel, 'direct', given);
    for (const property of left) {
      if (judge(property, () => undefined) === undefined) continue;
      found.push(property.id);
      left.delete(property);
    }
  }
  return found;
}

/** What was noticed of every broken kernel. */
const noticed = directFaults.map(({ kernel }) => ({ kernel, by: noticing(kernels[kernel.base]!, kernel) }));

describe('a kernel with one step of direct reclaim broken breaks a promise', () => {
  for (const { kernel, by } of noticed) test(kernel.name, () => expect(by).not.toEqual([]));
});

test('every property of direct reclaim that holds is broken by some of them', () => {
  const broken = new Set(noticed.flatMap(({ by }) => by));
  const holding = ours.filter(({ verdicts }) => ['v4.19', 'v5.9'].some((name) => verdicts[name]?.holds === true));
  expect(holding.filter(({ id }) => !broken.has(id)).map(({ id }) => id)).toEqual([]);
});
