import { describe, expect, test } from 'vitest';
import {
  allocatorFaults,
  directFaults,
  kswapdFaults,
  laterAllocatorFaults,
  laterKswapdFaults,
  machineFaults,
} from '../../faults/index.ts';
import { kernels, v4_0, v4_19, v5_9 } from '../../model/index.ts';
import { differingParts, partsOf } from '../../report/kernels/parts.ts';

const faults = [
  ...kswapdFaults,
  ...laterKswapdFaults,
  ...directFaults,
  ...allocatorFaults,
  ...laterAllocatorFaults,
  ...machineFaults,
];

/** Parts that only direct reclaim has: of v4.0 none has a fault in the table. */
const isOfDirectReclaim = (part: string): boolean => part.startsWith('directReclaim.') || part === 'compactionReady';

describe('the table of faults', () => {
  test.each(faults)('$kernel.name: has one rule or step of its own', ({ name, kernel }) => {
    expect(differingParts(kernels[kernel.base]!, kernel)).toEqual([name]);
  });

  test('gives each kernel a name of its own', () => {
    expect(new Set(faults.map(({ kernel }) => kernel.name)).size).toBe(faults.length);
  });

  test.each([
    [v4_0, [...partsOf(v4_0).keys()].filter((part) => !isOfDirectReclaim(part))],
    [v4_19, differingParts(v4_0, v4_19)],
    [v5_9, differingParts(v4_19, v5_9)],
  ] as const)('has one in every rule and step that $name brought', (base, brought) => {
    const had = partsOf(base);
    const broken = new Set(
      faults.filter(({ kernel }) => kernel.base === base.name).flatMap(({ kernel }) => differingParts(base, kernel)),
    );
    const missing = brought.filter((part) => had.has(part) && part !== 'compactionReady' && !broken.has(part));
    expect(missing).toEqual([]);
  });

  test.each([v4_19, v5_9])('has one in every step of direct reclaim of $name', (base) => {
    const steps = [...partsOf(base).keys()].filter((part) => part.startsWith('directReclaim.'));
    const own = directFaults.filter(({ kernel }) => kernel.base === base.name);
    const broken = new Set(own.flatMap(({ kernel }) => differingParts(base, kernel)));
    expect(steps.filter((step) => !broken.has(step))).toEqual([]);
  });
});
