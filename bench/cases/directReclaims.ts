import { arbitraryDirectCase } from '../../generators/index.ts';
import { runDirectCase, type DirectCase, type Kernel } from '../../model/index.ts';
import { sumOver, type Case } from '../case.ts';
import { drawn } from '../drawn.ts';
import { eachKernel } from '../kernels.ts';

const SAMPLE = 64;

/** Drawn runs of direct reclaim. One that shrinks is wanted: a task that returns at once takes no time. */
function directReclaimsOf(kernel: Kernel): Case {
  const turnsOf = (given: DirectCase): number => runDirectCase(kernel, given).turns;
  const cases = drawn(arbitraryDirectCase({ kernel }), SAMPLE, (given) => turnsOf(given) > 0);
  return {
    name: `direct reclaim, ${kernel.name}`,
    unit: 'reclaim',
    operations: cases.length,
    run: () => sumOver(cases, turnsOf),
  };
}

/** What a direct reclaim costs in each kernel. */
export const directReclaims: readonly Case[] = eachKernel(directReclaimsOf);
