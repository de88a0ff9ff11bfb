import { ALLOC_WMARK_LOW, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { Memory } from '../../state/memory.ts';
import { beginAttempt, spreading, withContext, withSlow } from '../changes.ts';
import { allowedGfp, contextOf } from '../enter.ts';
import { GFP_HARDWALL, GFP_WRITE } from '../gfp.ts';
import { allocSilent, type AllocOutcome, type AllocTransition } from '../program.ts';
import type { AllocTask } from '../task.ts';

/** The first attempt, at the low marks, with further flags that depend on the zone that the request prefers. */
export function firstAttempt(
  k: Kernel,
  memory: Memory,
  task: AllocTask,
  more: (task: AllocTask) => AllocFlags,
): AllocOutcome {
  const { request } = task;
  const gfp = allowedGfp(memory, request.gfp);
  const context = contextOf(k, memory, request);
  const spread = spreading(context, (gfp & GFP_WRITE) !== 0);
  const entered = withSlow(withContext(task, spread), task.at, { gfp });
  const allocFlags = k.currentAllocFlags(k, memory.system, gfp, task.flags, ALLOC_WMARK_LOW) | more(entered);
  return allocSilent(memory, beginAttempt(entered, gfp | GFP_HARDWALL, allocFlags, 'allocPagesSlowpath'));
}

/**
 * The first attempt looks for a zone that stays above its low mark, in nodes within their dirty limits if the page
 * will be written to. It is made even if no zone may serve the request.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_nodemask, prepare_alloc_pages, finalise_ac
 * @abstracts cpusets: none are set up.
 */
export const allocPagesNodemask: AllocTransition = {
  to: ['getPageFromFreelist'],
  does: 'Finds the zone that the request prefers, and makes the first attempt at the low marks.',
  step: (k, memory, task) => firstAttempt(k, memory, task, () => 0),
};
