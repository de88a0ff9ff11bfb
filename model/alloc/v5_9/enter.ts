import { MAX_ORDER } from '../../units.ts';
import { allocAt } from '../changes.ts';
import { allowedGfp } from '../enter.ts';
import { allocSilent, type AllocTransition } from '../program.ts';
import { firstAttempt } from '../v4_19/enter.ts';

/**
 * Too large a block can never be had, and nothing is said of it. Otherwise the first attempt looks for a zone that
 * stays above its low mark, and shuns mixing kinds of pages in a block.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_nodemask, prepare_alloc_pages
 * @abstracts cpusets: none are set up.
 */
export const allocPagesNodemask: AllocTransition = {
  to: ['getPageFromFreelist', 'done'],
  does: 'Finds the zone that the request prefers, and makes the first attempt at the low marks.',
  step: (k, memory, task) => {
    if (task.request.order >= MAX_ORDER) return allocSilent(memory, allocAt(task, 'done'));
    return firstAttempt(k, memory, task, ({ context }) =>
      k.allocFlagsNofragment(k, memory, context.preferred ?? undefined, allowedGfp(memory, task.request.gfp)),
    );
  },
};
