import { readLines } from '../../kernel/files.ts';
import { walkCaseSchema } from '../../kernel/schema/alloc.ts';
import { starters } from '../../kernel/vectors/allocator.ts';
import { bootMemory, runAllocation, type AllocObserver, type Kernel } from '../../model/index.ts';
import { vectorFile } from './vectors.ts';

const whole = walkCaseSchema('__alloc_pages_nodemask');
const single = walkCaseSchema('get_page_from_freelist');

/** Runs every allocation and every single attempt that was recorded of a kernel, step by step. */
export function watchAllocations(kernel: Kernel, observe: AllocObserver): void {
  for (const { text } of readLines(vectorFile('alloc', kernel.name))) {
    const input = JSON.parse(text) as { readonly fn: string };
    if (input.fn === '__alloc_pages_nodemask') {
      const given = whole.parse(input);
      const memory = bootMemory(kernel, given);
      const task = starters.__alloc_pages_nodemask(kernel, memory, given.args);
      runAllocation(kernel, { memory, task }, given, observe);
    } else if (input.fn === 'get_page_from_freelist') {
      const given = single.parse(input);
      const memory = bootMemory(kernel, given);
      const task = starters.get_page_from_freelist(kernel, memory, given.args);
      runAllocation(kernel, { memory, task }, given, observe);
    }
  }
}
