import { ALLOC_CMA, ALLOC_KSWAPD, ALLOC_NOFRAGMENT, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { Memory, ZoneRef } from '../../state/memory.ts';
import type { System } from '../../state/system.ts';
import { populatedZone } from '../../state/zone.ts';
import { GFP_KSWAPD_RECLAIM, type Gfp } from '../gfp.ts';
import { TASK_MEMALLOC_NOCMA, type TaskFlags } from '../taskFlags.ts';
import { gfpToAllocFlags as withoutKswapd } from '../v4_19/gfpToAllocFlags.ts';

/**
 * How far the slow path lets a request dig at first, and whether it wakes kswapd.
 * @kernel v5.9 mm/page_alloc.c gfp_to_alloc_flags
 */
export function gfpToAllocFlags(k: Kernel, system: System, gfp: Gfp, task: TaskFlags): AllocFlags {
  const flags = withoutKswapd(k, system, gfp, task);
  return (gfp & GFP_KSWAPD_RECLAIM) === 0 ? flags : flags | ALLOC_KSWAPD;
}

/**
 * Adds the right to use CMA pages, which movable requests have unless their task forbids it.
 * @kernel v5.9 mm/page_alloc.c current_alloc_flags
 */
export function currentAllocFlags(k: Kernel, system: System, gfp: Gfp, task: TaskFlags, flags: AllocFlags): AllocFlags {
  const may = system.cma && (task & TASK_MEMALLOC_NOCMA) === 0 && k.gfpflagsToMigratetype(k, gfp) === 'movable';
  return may ? flags | ALLOC_CMA : flags;
}

/**
 * The first attempt's other flags: whether it wakes kswapd, and whether it shuns mixing kinds of pages in a block,
 * which it does where DMA32 lies below the preferred zone to be used instead. On a machine of one node a Normal zone
 * is taken as a sign of DMA32; on others it is looked for.
 * @kernel v5.9 mm/page_alloc.c alloc_flags_nofragment
 */
export function allocFlagsNofragment(
  _k: Kernel,
  { pgdats, numa }: Pick<Memory, 'pgdats' | 'numa'>,
  preferred: ZoneRef | undefined,
  gfp: Gfp,
): AllocFlags {
  const flags = (gfp & GFP_KSWAPD_RECLAIM) === 0 ? 0 : ALLOC_KSWAPD;
  if (numa.layout !== 'x86_64' || preferred === undefined) return flags;
  const [node, index] = preferred;
  const { zones } = pgdats[node]!.node;
  if (zones[index]!.name !== 'Normal') return flags;
  return pgdats.length > 1 && !populatedZone(zones[index - 1]!) ? flags : flags | ALLOC_NOFRAGMENT;
}
