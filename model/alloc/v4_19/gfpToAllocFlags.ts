import { ALLOC_CMA, ALLOC_NO_WATERMARKS, ALLOC_OOM, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import { GFP_ATOMIC, GFP_MEMALLOC, GFP_NOMEMALLOC, type Gfp } from '../gfp.ts';
import { slowPathFlags } from '../gfpToAllocFlags.ts';
import { inInterrupt, TASK_MEMALLOC, TASK_OOM_VICTIM, TASK_SOFTIRQ, type TaskFlags } from '../taskFlags.ts';

/**
 * How far the slow path lets a request dig at first: ATOMIC says by itself that the caller is in a hurry, and the
 * right to ignore the marks is asked separately.
 * @kernel v4.19 mm/page_alloc.c gfp_to_alloc_flags
 */
export function gfpToAllocFlags(k: Kernel, system: System, gfp: Gfp, task: TaskFlags): AllocFlags {
  const flags = slowPathFlags(gfp, task, (gfp & GFP_ATOMIC) !== 0);
  return k.currentAllocFlags(k, system, gfp, task, flags);
}

/**
 * Adds the right to use CMA pages, which movable requests have.
 * @kernel v4.19 mm/page_alloc.c gfp_to_alloc_flags, prepare_alloc_pages
 */
export function currentAllocFlags(
  k: Kernel,
  system: System,
  gfp: Gfp,
  _task: TaskFlags,
  flags: AllocFlags,
): AllocFlags {
  return system.cma && k.gfpflagsToMigratetype(k, gfp) === 'movable' ? flags | ALLOC_CMA : flags;
}

/**
 * The reserves that a request may use besides: all of them for those who free memory, a part for the OOM killer's
 * victims; 0 for all others.
 * @kernel v4.19 mm/page_alloc.c __gfp_pfmemalloc_flags
 */
export function __gfpPfmemallocFlags(_k: Kernel, gfp: Gfp, task: TaskFlags): AllocFlags {
  if ((gfp & GFP_NOMEMALLOC) !== 0) return 0;
  if ((gfp & GFP_MEMALLOC) !== 0) return ALLOC_NO_WATERMARKS;
  if ((task & TASK_MEMALLOC) !== 0 && ((task & TASK_SOFTIRQ) !== 0 || !inInterrupt(task))) return ALLOC_NO_WATERMARKS;
  return (task & TASK_OOM_VICTIM) !== 0 && !inInterrupt(task) ? ALLOC_OOM : 0;
}

/**
 * Whether the request may use what is kept for those who free memory, or a part of it.
 * @kernel v4.19 mm/page_alloc.c gfp_pfmemalloc_allowed
 */
export function gfpPfmemallocAllowed(k: Kernel, _system: System, gfp: Gfp, task: TaskFlags): boolean {
  return k.__gfpPfmemallocFlags(k, gfp, task) !== 0;
}
