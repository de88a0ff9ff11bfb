import { runScenario, v4_0, watchScenario, type Scenario } from '../../model/index.ts';
import { sumOver, type Case } from '../case.ts';
import { SCENARIOS } from '../scenarios.ts';

export const REPLAY = 'replay, 20 to 60 turns';

const replay = (scenario: Scenario): number => runScenario(v4_0, scenario).trace.length;
const watch = (scenario: Scenario): number => watchScenario(v4_0, scenario).steps.length;

/** Whole runs of kswapd's loop. */
export const replays: readonly Case[] = [
  { name: REPLAY, unit: 'scenario', operations: SCENARIOS.length, run: () => sumOver(SCENARIOS, replay) },
  {
    name: 'the same, every step watched',
    unit: 'scenario',
    operations: SCENARIOS.length,
    run: () => sumOver(SCENARIOS, watch),
    against: REPLAY,
  },
];
