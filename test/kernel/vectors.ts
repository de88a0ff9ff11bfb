import { fileURLToPath } from 'node:url';
import { readLines } from '../../kernel/files.ts';
import { scenarioSchemaOf } from '../../kernel/vectors/generation.ts';
import { v4_0, type Kernel, type Scenario } from '../../model/index.ts';

/** The file of a kernel's recorded answers with this name, in the repository. */
export const vectorFile = (name: string, kernel = 'v4.0'): string =>
  fileURLToPath(new URL(`../data/conformance/${kernel}/${name}.jsonl.gz`, import.meta.url));

/** A kernel's loop vectors as scenarios. */
export function loopScenarios(kernel: Kernel = v4_0): readonly Scenario[] {
  const schema = scenarioSchemaOf(kernel);
  return readLines(vectorFile('loops', kernel.name)).map(({ text }) => schema.parse(JSON.parse(text)));
}
