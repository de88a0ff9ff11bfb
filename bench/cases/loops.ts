import { arbitraryScenario } from '../../generators/index.ts';
import { runScenario, type Kernel, type Scenario } from '../../model/index.ts';
import { sumOver, type Case } from '../case.ts';
import { drawn } from '../drawn.ts';
import { eachKernel } from '../kernels.ts';

const FEWEST_TURNS = 20;
const SAMPLE = 64;

/** A kernel's loop on drawn nodes, by the turn: later kernels shrink whole nodes, and take fewer turns a run. */
function loopOf(kernel: Kernel): Case {
  const turnsOf = (scenario: Scenario): number => runScenario(kernel, scenario).turns;
  const scenarios = drawn(arbitraryScenario({ kernel }), SAMPLE, (scenario) => turnsOf(scenario) >= FEWEST_TURNS);
  return {
    name: `kswapd's loop, ${kernel.name}`,
    unit: 'turn',
    operations: sumOver(scenarios, turnsOf),
    run: () => sumOver(scenarios, (scenario) => runScenario(kernel, scenario).trace.length),
  };
}

/** What a turn of kswapd costs in each kernel. */
export const loops: readonly Case[] = eachKernel(loopOf);
