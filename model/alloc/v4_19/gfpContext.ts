import type { Kernel } from '../../kernel.ts';
import { GFP_FS, GFP_IO, type Gfp } from '../gfp.ts';
import { TASK_MEMALLOC_NOFS, TASK_MEMALLOC_NOIO, type TaskFlags } from '../taskFlags.ts';

/**
 * In the slow path, a task that must not start input or output, or not enter file systems, does not ask for it,
 * whatever its caller says. The first of these implies the other.
 * @kernel v4.19 include/linux/sched/mm.h current_gfp_context
 */
export function currentGfpContext(_k: Kernel, gfp: Gfp, task: TaskFlags): Gfp {
  if ((task & TASK_MEMALLOC_NOIO) !== 0) return gfp & ~(GFP_IO | GFP_FS);
  return (task & TASK_MEMALLOC_NOFS) !== 0 ? gfp & ~GFP_FS : gfp;
}
