import { fileURLToPath } from 'node:url';
import { readLines } from '../../kernel/files.ts';
import type { Scenario } from '../../model/index.ts';
import { scenarioSchema } from '../../kernel/schema/scenario.ts';

/** The file of recorded v4.0 answers with this name, in the repository. */
export const vectorFile = (name: 'predicates' | 'loops' | 'setup'): string =>
  fileURLToPath(new URL(`../data/conformance/v4.0/${name}.jsonl.gz`, import.meta.url));

/** The loop vectors as scenarios. */
export function loopScenarios(): readonly Scenario[] {
  return readLines(vectorFile('loops')).map(({ text }) => scenarioSchema.parse(JSON.parse(text)));
}
