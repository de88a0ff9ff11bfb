import { arbitraryWhole } from '../../generators/index.ts';
import {
  runAllocation,
  runWhole,
  startAllocation,
  type AllocEnded,
  type AllocState,
  type Kernel,
  type WholeScenario,
} from '../../model/index.ts';
import { sumOver, type Case } from '../case.ts';
import { drawn } from '../drawn.ts';
import { eachKernel } from '../kernels.ts';

const MACHINES = 64;
/** Walks over the zonelist after which a request that waits as long as it takes is left out. */
const MOST_ATTEMPTS = 40;

/** Every request of a machine's tasks, made of the memory that the machine starts with. */
function requestsOf(kernel: Kernel, scenario: WholeScenario): readonly AllocState[] {
  const { memory, tasks } = runWhole(kernel, { ...scenario, script: [], afterwards: 'stop' }).machine;
  return tasks.flatMap(({ node: localNode, flags, requests }) =>
    requests.map(({ gfp, order, preferredNode, nodemask }) => ({
      memory,
      task: startAllocation({ gfp, order, preferredNode, localNode, nodemask }, flags),
    })),
  );
}

/** Requests by themselves, nothing else going on: some are served at once, and some go all the way and are refused. */
function allocationsOf(kernel: Kernel): Case {
  const allocate = (start: AllocState): AllocEnded =>
    runAllocation(kernel, start, { script: [], limit: MOST_ATTEMPTS });
  const asked = drawn(arbitraryWhole(kernel), MACHINES, () => true)
    .flatMap((scenario) => requestsOf(kernel, scenario))
    .filter((start) => allocate(start).end === 'done');
  return {
    name: `page allocator, ${kernel.name}`,
    unit: 'call',
    operations: asked.length,
    run: () => sumOver(asked, (start) => allocate(start).attempts),
  };
}

/** What a call of the page allocator costs in each kernel. */
export const allocations: readonly Case[] = eachKernel(allocationsOf);
