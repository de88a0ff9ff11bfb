import { z } from 'zod';
import { directCaseSchema } from '../kernel/schema/direct.ts';
import { laterQuestionSchema, questionSchema } from '../kernel/schema/question.ts';
import { laterScenarioSchema, scenarioSchema } from '../kernel/schema/scenario.ts';
import { setupCaseSchema } from '../kernel/schema/setup.ts';
import { wholeScenarioSchema } from '../kernel/schema/whole.ts';
import type { CaseKind } from '../properties/index.ts';

/** Most turns of a saved run: every one of its steps is kept while it is looked at. */
const MOST_TURNS = 10_000;

type Context = z.core.$RefinementCtx;

const text = z.string().min(1).max(10_000);

/** What a file says of its case, beside the case. */
export const envelopeSchema = z.object({
  id: text.describe('A name of the case.'),
  kernel: text.describe('The kernel that it is a case of, such as v4.0.'),
  kernelFile: text
    .exactOptional()
    .describe('The file that the kernel was loaded from, from the folder of the check on, if it is a user’s own.'),
  property: text.exactOptional().describe('The id of the property that it fails.'),
  clause: text.exactOptional().describe('The clause that failed, with its numbers.'),
  seed: z.int().exactOptional().describe('The seed of the search that found it.'),
  loop: z
    .array(z.unknown())
    .max(MOST_TURNS)
    .exactOptional()
    .describe('Turns that go round for ever after those of the script, written as these are.'),
});

/** Says where a run has more turns than are kept. */
function checkTurns(given: { readonly script: readonly unknown[]; readonly limit?: number }, context: Context): void {
  const { script, limit = 0 } = given;
  for (const [field, found] of Object.entries({ script: script.length, limit })) {
    if (found <= MOST_TURNS) continue;
    const message = `expected at most ${MOST_TURNS} turns, but found ${found}`;
    context.addIssue({ code: 'custom', path: [field], message });
  }
}

/** The kinds of case that a file may hold, with their fields beside the envelope's. */
export const caseSchemas = {
  scenario: laterScenarioSchema.superRefine(checkTurns),
  question: laterQuestionSchema,
  setup: setupCaseSchema,
  direct: directCaseSchema.superRefine(checkTurns),
  machine: wholeScenarioSchema.superRefine(checkTurns),
} as const satisfies Record<CaseKind, z.ZodType>;

/** The same for kernels before v4.8, where a request always names a zone. */
export const earlierCaseSchemas = {
  ...caseSchemas,
  scenario: scenarioSchema.superRefine(checkTurns),
  question: questionSchema,
};

/** A saved case as a JSON Schema (draft 2020-12), for editors and other programs. */
export function caseJsonSchema(): object {
  const kinds = Object.values(caseSchemas).map((schema) => z.intersection(envelopeSchema, schema));
  return z.toJSONSchema(z.union(kinds), { io: 'input' });
}
