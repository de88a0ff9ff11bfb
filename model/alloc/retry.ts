import type { Kernel } from '../kernel.ts';
import type { Memory } from '../state/memory.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../units.ts';
import { GFP_FS, GFP_IO, GFP_NOFAIL, GFP_NORETRY, GFP_REPEAT, type Gfp } from './gfp.ts';
import { TASK_MEMALLOC_NOIO, type TaskFlags } from './taskFlags.ts';

/**
 * Whether to try again after reclaim: never if the caller does not want to, always if it cannot fail. In between, low
 * orders go on without end, unless nothing came free and the storage is suspended; costly ones until a block's worth
 * of pages was reclaimed, if the caller asked for it.
 * @kernel v4.0 mm/page_alloc.c should_alloc_retry
 */
export function shouldAllocRetry(
  _k: Kernel,
  { numa }: Memory,
  gfp: Gfp,
  order: number,
  didSomeProgress: number,
  pagesReclaimed: number,
): boolean {
  if ((gfp & GFP_NORETRY) !== 0) return false;
  if ((gfp & GFP_NOFAIL) !== 0) return true;
  if (didSomeProgress === 0 && numa.suspendedStorage) return false;
  if (order <= PAGE_ALLOC_COSTLY_ORDER) return true;
  return (gfp & GFP_REPEAT) !== 0 && pagesReclaimed < 1 << order;
}

/**
 * In the slow path, a task that must not start input or output does not ask for it, whatever its caller says.
 * @kernel v4.0 include/linux/sched.h memalloc_noio_flags
 */
export function memallocNoioFlags(_k: Kernel, gfp: Gfp, task: TaskFlags): Gfp {
  return (task & TASK_MEMALLOC_NOIO) === 0 ? gfp : gfp & ~(GFP_IO | GFP_FS);
}
