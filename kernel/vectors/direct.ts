import { describeNode, runDirectCase, type Kernel } from '../../model/index.ts';
import { InputError } from '../inputError.ts';
import { parseWith } from '../parse.ts';
import { directCaseSchema } from '../schema/direct.ts';
import type { AnswerBody } from './answerBody.ts';

/** More turns than any pass, or retry of it, over the longest zonelist needs. */
const MOST_TURNS = 100_000;

/** Whether a case without a function's name is one of direct reclaim: it says where to look for zones. */
export const isDirectCase = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'zonelist' in input;

/** A run of do_try_to_free_pages: what was shrunk, what it returned, and the nodes that it leaves. */
export function answerDirect(k: Kernel, input: unknown, place: string): AnswerBody {
  const { end, trace, task, memory } = runDirectCase(
    k,
    parseWith(directCaseSchema, input, place),
    undefined,
    MOST_TURNS,
  );
  if (end === 'limit') {
    throw new InputError({ what: `takes more than ${MOST_TURNS} turns`, where: place, expected: 'a shorter script' });
  }
  const final = memory.pgdats.map(({ node }) => describeNode(node));
  return { trace, result: end === 'throttled' ? null : task.result, final };
}
