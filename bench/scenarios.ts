import { fileURLToPath } from 'node:url';
import { readLines } from '../kernel/files.ts';
import { parseJson, parseWith } from '../kernel/parse.ts';
import { scenarioSchema } from '../kernel/schema/scenario.ts';
import { runScenario, v4_0, type Scenario } from '../model/index.ts';

const LOOPS = fileURLToPath(new URL('../test/data/conformance/v4.0/loops.jsonl.gz', import.meta.url));
const FEWEST_TURNS = 20;
const MOST_TURNS = 60;

function readScenarios(file: string): readonly Scenario[] {
  return readLines(file).map(({ number, text }) => {
    const where = `${file}:${number}`;
    return parseWith(scenarioSchema, parseJson(text, where), where);
  });
}

/** Runs of the whole loop that were recorded from the kernel's own code, those that take 20 to 60 turns. */
export const SCENARIOS: readonly Scenario[] = readScenarios(LOOPS).filter((scenario) => {
  const { turns } = runScenario(v4_0, scenario);
  return turns >= FEWEST_TURNS && turns <= MOST_TURNS;
});
