import type { Kernel } from '../../model/index.ts';
import type { AnswerBody } from './answer.ts';

/** Whether a case without a function's name is one of direct reclaim: it says where to look for zones. */
export const isDirectCase = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'zonelist' in input;

/** A run of do_try_to_free_pages: what was shrunk, what it returned, and the nodes that it leaves. */
export function answerDirect(k: Kernel, _input: unknown, place: string): AnswerBody {
  throw new Error(`${place}: ${k.name} has no direct reclaim yet`);
}
