import { describe, expect, test } from 'vitest';
import { kernels, laterKernel, v4_0, type Difference, type Kernel } from '../../model/index.ts';
import { compareVersions, kernelBefore } from '../../report/kernels/describe.ts';
import { differingParts, partsOf, partsOfDifference, removedBy } from '../../report/kernels/parts.ts';

/** What is wrong with how a kernel tells its differences from the one before it. */
function faultsOf(kernel: Kernel, before: Kernel): readonly string[] {
  const named = new Set(kernel.differences.flatMap((one) => [...partsOfDifference(one).keys(), ...removedBy(one)]));
  const whole = kernel.differences.some(({ loop }) => loop !== undefined);
  const untagged = differingParts(before, kernel).filter(
    (name) => !named.has(name) && !(whole && name.startsWith('kswapd.')),
  );
  return [
    ...untagged.map((name) => `${name} differs, and no difference names it`),
    ...kernel.differences.flatMap((one) => faultsOfDifference(one, kernel, before)),
  ];
}

function faultsOfDifference(difference: Difference, kernel: Kernel, before: Kernel): readonly string[] {
  const { since, commit = '000000000000', why, loop } = difference;
  const removes = removedBy(difference);
  const [old, now] = [partsOf(before), partsOf(kernel)];
  const parts = [...partsOfDifference(difference)];
  const faults: string[] = [];
  if (!/^v\d+\.\d+$/.test(since)) faults.push('is of no version');
  else if (compareVersions(since, before.name) <= 0) faults.push(`came with ${before.name} already`);
  else if (compareVersions(since, kernel.name) > 0) faults.push(`came after ${kernel.name}`);
  if (!/^[\da-f]{12}$/.test(commit)) faults.push('abbreviates its commit otherwise than to twelve digits');
  if (!/^[A-Z][^]*[.!]$/.test(why)) faults.push('does not say in a sentence why it came');
  if (parts.length + removes.length === 0) faults.push('changes nothing');
  for (const [name, part] of parts) {
    if (now.get(name) !== part) faults.push(`names another ${name} than the kernel has`);
    if (old.get(name) === part && loop === undefined) faults.push(`names ${name}, which did not change`);
  }
  for (const name of removes) {
    if (!old.has(name)) faults.push(`removes ${name}, which there was none of`);
    if (now.has(name)) faults.push(`removes ${name}, which is there still`);
  }
  return faults.map((fault) => `${since} (${why.slice(0, 40)}) ${fault}`);
}

describe.each(Object.values(kernels).filter((kernel) => kernelBefore(kernel) !== undefined))('$name', (kernel) => {
  test('differs from the kernel before it in what its differences name, each with a version and a reason', () => {
    expect(kernel.differences.length).toBeGreaterThan(0);
    expect(faultsOf(kernel, kernelBefore(kernel)!)).toEqual([]);
  });
});

test('the first kernel differs from none', () => {
  expect(kernelBefore(v4_0)).toBeUndefined();
  expect(v4_0.differences).toEqual([]);
});

describe('what is told wrongly is found', () => {
  const difference: Difference = {
    since: 'v4.8',
    why: 'It is for a test.',
    rules: { pgdatBalanced: () => true },
    removes: ['swapSetup'],
  };
  const faults = (changes: Partial<Difference>, kernel?: Partial<Kernel>): readonly string[] =>
    faultsOf({ ...laterKernel(v4_0, 'v4.19', [{ ...difference, ...changes }]), ...kernel }, v4_0);

  test('a difference that is told well', () => {
    expect(faults({})).toEqual([]);
  });

  test('a rule that no difference names', () => {
    expect(faults({}, { zoneReclaimable: () => true })).toEqual([
      'zoneReclaimable differs, and no difference names it',
    ]);
  });

  test.each([
    ['no version', { since: 'lately' }, 'is of no version'],
    ['a version of the kernel before', { since: 'v4.0' }, 'came with v4.0 already'],
    ['a version after the kernel', { since: 'v4.20' }, 'came after v4.19'],
    ['no reason', { why: '' }, 'does not say in a sentence why it came'],
    ['a short commit', { commit: 'abc' }, 'abbreviates its commit otherwise than to twelve digits'],
    ['a rule that is as before', { rules: { zoneBalanced: v4_0.zoneBalanced } }, 'names zoneBalanced, which did not'],
    ['nothing changed', { rules: {}, removes: [] }, 'changes nothing'],
  ])('%s', (_what, changes, fault) => {
    expect(faults(changes)).toEqual([expect.stringContaining(fault)]);
  });

  test('a rule that is not the one that the kernel has', () => {
    expect(faults({}, { pgdatBalanced: () => false })).toEqual([
      expect.stringContaining('names another pgdatBalanced than the kernel has'),
    ]);
  });

  test('a removed rule that is there still', () => {
    expect(faults({}, { absent: v4_0.absent })).toEqual([
      expect.stringContaining('removes swapSetup, which is there still'),
    ]);
  });
});
