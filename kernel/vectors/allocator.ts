import type { Kernel } from '../../model/index.ts';
import type { AnswerBody } from './answer.ts';

/** Whether vectors ask this function of the page allocator. */
export const isAllocatorFunction = (_fn: string): boolean => false;

/** What the page allocator answers. */
export function answerAllocator(k: Kernel, fn: string, _input: unknown, place: string): AnswerBody {
  throw new Error(`${place}: ${k.name} has no ${fn} yet`);
}
