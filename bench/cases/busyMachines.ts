import { runWhole, type Kernel } from '../../model/index.ts';
import { busyMachine } from '../busyMachine.ts';
import type { Case } from '../case.ts';
import { eachKernel } from '../kernels.ts';

function run(kernel: Kernel): Case {
  const machine = busyMachine(kernel);
  return {
    name: `4 nodes, 1,000 requests, ${kernel.name}`,
    unit: 'machine',
    operations: 1,
    run: () => runWhole(kernel, machine).trace.length,
  };
}

/** A machine that has much to do. */
export const busyMachines: readonly Case[] = eachKernel(run);
