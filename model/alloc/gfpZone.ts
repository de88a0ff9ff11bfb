import type { Kernel } from '../kernel.ts';
import type { MigrateType } from '../state/freeArea.ts';
import type { ZoneName } from '../state/zone.ts';
import { GFP_DMA, GFP_DMA32, GFP_HIGHMEM, GFP_MOVABLE, GFP_RECLAIMABLE, type Gfp } from './gfp.ts';

/**
 * The highest zone that a request may use, by index among the zones that the kernel is built with. MOVABLE asks for
 * the Movable zone only along with HIGHMEM; a zone that there is not stands for Normal. Two of DMA, DMA32 and HIGHMEM
 * make no sense, and the kernel's table says 0.
 * @kernel v4.0 include/linux/gfp.h gfp_zone
 */
export function gfpZone(_k: Kernel, zones: readonly ZoneName[], gfp: Gfp): number {
  const orNormal = (name: ZoneName): number =>
    zones.includes(name) ? zones.indexOf(name) : Math.max(0, zones.indexOf('Normal'));
  switch (gfp & (GFP_DMA | GFP_DMA32 | GFP_HIGHMEM)) {
    case 0:
      return orNormal('Normal');
    case GFP_DMA:
      return orNormal('DMA');
    case GFP_DMA32:
      return orNormal('DMA32');
    case GFP_HIGHMEM:
      return orNormal((gfp & GFP_MOVABLE) === 0 ? 'HighMem' : 'Movable');
    default:
      return 0;
  }
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
