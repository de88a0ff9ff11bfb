import { v4_0, type Kernel, type Scenario } from '../../model/index.ts';
import { caseKind, isAskedOf, judgeOf, properties, type Property } from '../../properties/index.ts';
import { check } from '../../search/check.ts';
import { sumOver, type Case } from '../case.ts';
import { eachKernel } from '../kernels.ts';
import { SCENARIOS } from '../scenarios.ts';
import { REPLAY } from './replay.ts';

const RUNS = 40;

/** What a kernel promises of runs and steps of kswapd. */
const onScenarios = (kernel: Kernel): readonly Property[] =>
  properties.filter((property) => caseKind(property) === 'scenario' && isAskedOf(property, kernel));

const PROMISED = onScenarios(v4_0);

/** One run of kswapd, judged by every property of runs and steps; the number of kinds of case that were met. */
function judgeAll(scenario: Scenario): number {
  const judge = judgeOf(v4_0, 'scenario', scenario);
  let met = 0;
  for (const property of PROMISED) judge(property, () => met++);
  return met;
}

/** The suite as `check` runs it: drawn, run and judged. */
function suiteOf(kernel: Kernel): Case {
  const plan = { kernel, properties: onScenarios(kernel), seed: 1, runs: RUNS };
  return {
    name: `the suite, ${kernel.name}: drawn, run and judged`,
    unit: 'scenario',
    operations: RUNS,
    run: () => sumOver(check(plan), ({ runs }) => runs),
  };
}

/** What judging adds to running, and drawing to judging. */
export const suites: readonly Case[] = [
  {
    name: 'replay with every property checked',
    unit: 'scenario',
    operations: SCENARIOS.length,
    run: () => sumOver(SCENARIOS, judgeAll),
    against: REPLAY,
  },
  ...eachKernel(suiteOf),
];
