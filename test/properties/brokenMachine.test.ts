import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryWhole } from '../../generators/index.ts';
import { baseOf, kernels, type Kernel } from '../../model/index.ts';
import { judgeOf } from '../../properties/index.ts';
import { machineProperties as ours } from '../../properties/machine.ts';
import { brokenMachines } from './brokenMachines.ts';

/** As many as the rarest of them needs; most show in one of the first ten. Machines are drawn once for all kernels. */
const MOST = 300;
const drawn = new Map(
  Object.values(kernels).map((kernel) => [kernel.name, fc.sample(arbitraryWhole(kernel), { numRuns: MOST, seed: 7 })]),
);

/** Those of some properties that no drawn machine of a kernel breaks. */
function unnoticing(kernel: Kernel, ids: readonly string[]): readonly string[] {
  let left = ours.filter(({ id }) => ids.includes(id));
  for (const given of drawn.get(kernel.base)!) {
    if (left.length === 0) break;
    const judge = judgeOf(kernel, 'machine', given);
    left = left.filter((property) => judge(property, () => undefined) === undefined);
  }
  return left.map(({ id }) => id);
}

describe('a machine shows what is broken in its kernel', () => {
  test.each(brokenMachines)('$kernel.name', ({ kernel, noticedBy }) => {
    expect(ours.filter(({ id }) => noticedBy.includes(id)).map(({ verdicts }) => verdicts[kernel.base])).toEqual(
      noticedBy.map(() => ({ holds: true })),
    );
    expect(kernel.base).toBe(baseOf(kernel).name);
    expect(unnoticing(kernel, noticedBy)).toEqual([]);
  });
});

test('every property of machines that holds somewhere notices one of the broken kernels', () => {
  const noticing = new Set(brokenMachines.flatMap(({ noticedBy }) => noticedBy));
  const holding = ours.filter(({ verdicts }) => Object.values(verdicts).some(({ holds }) => holds));
  expect(holding.filter(({ id }) => !noticing.has(id)).map(({ id }) => id)).toEqual([]);
});
