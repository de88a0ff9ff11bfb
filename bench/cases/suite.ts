import { v4_0, type Scenario } from '../../model/index.ts';
import { caseKind, judgeOf, properties } from '../../properties/index.ts';
import { check } from '../../search/check.ts';
import { sumOver, type Case } from '../case.ts';
import { SCENARIOS } from '../scenarios.ts';
import { REPLAY } from './replay.ts';

const onScenarios = properties.filter((property) => caseKind(property) === 'scenario');
const RUNS = 40;

/** One run of kswapd, judged by every property of runs and steps; the number of kinds of case that were met. */
function judgeAll(scenario: Scenario): number {
  const judge = judgeOf(v4_0, 'scenario', scenario);
  let met = 0;
  for (const property of onScenarios) judge(property, () => met++);
  return met;
}

/** The suite as `check` runs it: drawn, run and judged. */
const suite = (): number =>
  sumOver(check({ kernel: v4_0, properties: onScenarios, seed: 1, runs: RUNS }), ({ runs }) => runs);

/** What judging adds to running, and drawing to judging. */
export const suites: readonly Case[] = [
  {
    name: 'replay with every property checked',
    unit: 'scenario',
    operations: SCENARIOS.length,
    run: () => sumOver(SCENARIOS, judgeAll),
    against: REPLAY,
  },
  { name: 'the suite: drawn, run and judged', unit: 'scenario', operations: RUNS, run: suite, against: REPLAY },
];
