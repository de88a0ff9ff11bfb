import { kernels, runWhole, type Kernel, type WholeScenario } from '../../model/index.ts';
import { isAskedOf, judgeOf, properties } from '../../properties/index.ts';
import { busyMachine } from '../busyMachine.ts';
import { comparedWith, type Case } from '../case.ts';

const run = (kernel: Kernel, machine: WholeScenario): Case => ({
  name: `4 nodes, 1,000 requests, ${kernel.name}`,
  unit: 'machine',
  operations: 1,
  run: () => runWhole(kernel, machine).trace.length,
});

/** Run, and judged by everything that is promised of machines; the number of kinds of case that were met. */
function check(kernel: Kernel, machine: WholeScenario): Case {
  const promised = properties.filter((property) => property.over === 'machine' && isAskedOf(property, kernel));
  const judgeAll = (): number => {
    const judge = judgeOf(kernel, 'machine', machine);
    let met = 0;
    for (const property of promised) judge(property, () => met++);
    return met;
  };
  const name = `4 nodes, 1,000 requests, ${kernel.name}: run and checked`;
  return { name, unit: 'machine', operations: 1, run: judgeAll };
}

/** For each kernel a machine that has much to do: run, and run and checked, as one case of a check is. */
export const busyMachines: readonly Case[] = Object.values(kernels).flatMap((kernel) => {
  const machine = busyMachine(kernel);
  const alone = run(kernel, machine);
  return [alone, comparedWith(alone, check(kernel, machine))];
});
