import fc from 'fast-check';
import { arbitraryScenario } from '../../generators/index.ts';
import { sumOver, type Case } from '../case.ts';
import { REPLAY } from './replay.ts';

const SEED = 1;
const SCENARIOS_A_RUN = 40;

const generate = (): number =>
  sumOver(fc.sample(arbitraryScenario(), { seed: SEED, numRuns: SCENARIOS_A_RUN }), ({ script }) => script.length);

/** Drawing scenarios, the same ones in every run, without running any. */
export const generation: readonly Case[] = [
  { name: 'generation alone', unit: 'scenario', operations: SCENARIOS_A_RUN, run: generate, against: REPLAY },
];
