import { fileURLToPath } from 'node:url';
import { readLines } from '../../kernel/files.ts';
import type { Scenario } from '../../model/index.ts';
import { scenarioSchema } from '../../kernel/schema/scenario.ts';

/** The file of a kernel's recorded answers with this name, in the repository. */
export const vectorFile = (name: string, kernel = 'v4.0'): string =>
  fileURLToPath(new URL(`../data/conformance/${kernel}/${name}.jsonl.gz`, import.meta.url));

/** The loop vectors of v4.0 as scenarios. */
export function loopScenarios(): readonly Scenario[] {
  return readLines(vectorFile('loops')).map(({ text }) => scenarioSchema.parse(JSON.parse(text)));
}
