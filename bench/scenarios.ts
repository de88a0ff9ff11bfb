import { fileURLToPath } from 'node:url';
import { readLines } from '../kernel/files.ts';
import { parseJson, parseWith } from '../kernel/parse.ts';
import { scenarioSchema } from '../kernel/schema/scenario.ts';
import { runScenario, v4_0, type Scenario } from '../model/index.ts';

const LOOPS = fileURLToPath(new URL('../test/data/conformance/v4.0/loops.jsonl.gz', import.meta.url));
const FEWEST_TURNS = 20;
const MOST_TURNS = 60;
const SAMPLE = 64;

function readScenarios(file: string): readonly Scenario[] {
  return readLines(file).map(({ number, text }) => {
    const where = `${file}:${number}`;
    return parseWith(scenarioSchema, parseJson(text, where), where);
  });
}

const isLongEnough = (scenario: Scenario): boolean => {
  const { turns } = runScenario(v4_0, scenario);
  return turns >= FEWEST_TURNS && turns <= MOST_TURNS;
};

/** So many of a list, evenly spaced. */
const spread = <T>(list: readonly T[], count: number): readonly T[] =>
  Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);

/**
 * Runs of the whole loop that were recorded from the kernel's own code and take 20 to 60 turns. They are few, so that a
 * pass over them is short beside the time that other work on the machine may take in between.
 */
export const SCENARIOS: readonly Scenario[] = spread(readScenarios(LOOPS).filter(isLongEnough), SAMPLE);
