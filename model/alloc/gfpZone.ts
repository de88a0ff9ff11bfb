import type { Kernel } from '../kernel.ts';
import type { MigrateType } from '../state/freeArea.ts';
import { LAYOUTS, type LayoutName } from '../state/memory.ts';
import type { ZoneName } from '../state/zone.ts';
import { GFP_DMA, GFP_DMA32, GFP_HIGHMEM, GFP_MOVABLE, GFP_RECLAIMABLE, type Gfp } from './gfp.ts';

/**
 * The highest zone that a request may use, by index. MOVABLE asks for the Movable zone only along with HIGHMEM; a zone
 * that the layout lacks stands for Normal.
 * @kernel v4.0 include/linux/gfp.h gfp_zone
 * @abstracts masks that name two of DMA, DMA32 and HIGHMEM, which are a bug of the caller: the lowest counts.
 */
export function gfpZone(_k: Kernel, layout: LayoutName, gfp: Gfp): number {
  const zones: readonly ZoneName[] = LAYOUTS[layout];
  const asked = zones.indexOf(zoneAsked(gfp));
  return asked === -1 ? zones.indexOf('Normal') : asked;
}

function zoneAsked(gfp: Gfp): ZoneName {
  if ((gfp & GFP_DMA) !== 0) return 'DMA';
  if ((gfp & GFP_DMA32) !== 0) return 'DMA32';
  if ((gfp & GFP_HIGHMEM) === 0) return 'Normal';
  return (gfp & GFP_MOVABLE) === 0 ? 'HighMem' : 'Movable';
}

/**
 * The kind of page that a request is for: whether it can be moved, or given back by its owner, or neither.
 * @kernel v4.0 include/linux/gfp.h gfpflags_to_migratetype
 * @abstracts page_group_by_mobility_disabled, and masks with both flags, which are a bug of the caller.
 */
export function gfpflagsToMigratetype(_k: Kernel, gfp: Gfp): MigrateType {
  if ((gfp & GFP_MOVABLE) !== 0) return 'movable';
  return (gfp & GFP_RECLAIMABLE) === 0 ? 'unmovable' : 'reclaimable';
}
