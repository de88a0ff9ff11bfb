import { arbitraryWhole } from '../../generators/index.ts';
import { kernels, runWhole, watchWhole, type Kernel, type WholeScenario } from '../../model/index.ts';
import { comparedWith, sumOver, type Case } from '../case.ts';
import { drawn } from '../drawn.ts';
import { eachKernel } from '../kernels.ts';

const SAMPLE = 16;

/** Drawn machines of so many nodes, by the step: of a kswapd, of a task in the allocator or in direct reclaim. */
function machinesOf(kernel: Kernel, nodes: number): Case {
  // One that is cut off repeats itself, and would count for more than all others.
  const wanted = (machine: WholeScenario): boolean =>
    machine.nodes.length === nodes && runWhole(kernel, machine).end !== 'limit';
  const machines = drawn(arbitraryWhole(kernel), SAMPLE, wanted);
  return {
    name: `machines of ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, ${kernel.name}`,
    unit: 'step',
    operations: sumOver(machines, (machine) => watchWhole(kernel, machine).steps.length),
    run: () => sumOver(machines, (machine) => runWhole(kernel, machine).trace.length),
  };
}

const ofOneNode = eachKernel((kernel) => machinesOf(kernel, 1));

const ofFourNodes = Object.values(kernels).map((kernel, i) => comparedWith(ofOneNode[i]!, machinesOf(kernel, 4)));

/** What a step of a whole machine costs in each kernel, and what more nodes add to it. */
export const wholeMachines: readonly Case[] = [...ofOneNode, ...ofFourNodes];
