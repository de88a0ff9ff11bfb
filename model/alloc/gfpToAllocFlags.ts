import {
  ALLOC_CMA,
  ALLOC_CPUSET,
  ALLOC_HARDER,
  ALLOC_HIGH,
  ALLOC_NO_WATERMARKS,
  ALLOC_WMARK_MIN,
  type AllocFlags,
} from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import type { System } from '../state/system.ts';
import { GFP_HIGH, GFP_MEMALLOC, GFP_NO_KSWAPD, GFP_NOMEMALLOC, GFP_WAIT, type Gfp } from './gfp.ts';
import { inInterrupt, TASK_MEMALLOC, TASK_OOM_VICTIM, TASK_RT, TASK_SOFTIRQ, type TaskFlags } from './taskFlags.ts';

/**
 * The min mark, and how far below it: a request of high priority digs deeper, and so does one in a hurry, unless it
 * shuns the reserves, or a real-time task.
 * @kernel v4.0 mm/page_alloc.c gfp_to_alloc_flags
 */
export function slowPathFlags(gfp: Gfp, task: TaskFlags, atomic: boolean): AllocFlags {
  let flags: AllocFlags = ALLOC_WMARK_MIN;
  if ((gfp & GFP_HIGH) !== 0) flags |= ALLOC_HIGH;
  if (!atomic) flags |= ALLOC_CPUSET;
  const harder = atomic ? (gfp & GFP_NOMEMALLOC) === 0 : (task & TASK_RT) !== 0 && !inInterrupt(task);
  return harder ? flags | ALLOC_HARDER : flags;
}

/**
 * How far the slow path lets a request dig: one that can neither wait nor does without kswapd counts as atomic; a
 * task that frees memory, or that the OOM killer chose, ignores the marks.
 * @kernel v4.0 mm/page_alloc.c gfp_to_alloc_flags
 */
export function gfpToAllocFlags(k: Kernel, system: System, gfp: Gfp, task: TaskFlags): AllocFlags {
  let flags = slowPathFlags(gfp, task, (gfp & (GFP_WAIT | GFP_NO_KSWAPD)) === 0);
  if (ignoresWatermarks(gfp, task)) flags |= ALLOC_NO_WATERMARKS;
  if (system.cma && k.gfpflagsToMigratetype(k, gfp) === 'movable') flags |= ALLOC_CMA;
  return flags;
}

function ignoresWatermarks(gfp: Gfp, task: TaskFlags): boolean {
  if ((gfp & GFP_NOMEMALLOC) !== 0) return false;
  if ((gfp & GFP_MEMALLOC) !== 0) return true;
  if ((task & TASK_SOFTIRQ) !== 0 && (task & TASK_MEMALLOC) !== 0) return true;
  return !inInterrupt(task) && (task & (TASK_MEMALLOC | TASK_OOM_VICTIM)) !== 0;
}

/**
 * Whether the request may use what is kept for those who free memory.
 * @kernel v4.0 mm/page_alloc.c gfp_pfmemalloc_allowed
 */
export function gfpPfmemallocAllowed(k: Kernel, system: System, gfp: Gfp, task: TaskFlags): boolean {
  return (k.gfpToAllocFlags(k, system, gfp, task) & ALLOC_NO_WATERMARKS) !== 0;
}
