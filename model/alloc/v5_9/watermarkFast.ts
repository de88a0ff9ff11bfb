import { ALLOC_CMA, ALLOC_HARDER, ALLOC_OOM, ALLOC_WMARK_MIN, WMARK_MASK, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import { zonePageState, type Zone } from '../../state/zone.ts';
import { GFP_ATOMIC, type Gfp } from '../gfp.ts';
import { exceedsUnsigned } from '../v4_19/watermarkFast.ts';

/**
 * The watermark check of the fast path: what a request may not use is left out before a single page is granted, and an
 * atomic one is measured by the mark without the boost in the end. Since the comparison is an unsigned one, a cheap
 * count that shows less than what is kept from the request passes it.
 * @kernel v5.9 mm/page_alloc.c zone_watermark_fast
 */
export function zoneWatermarkFast(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: AllocFlags,
  gfp: Gfp,
): boolean {
  const free = zonePageState(zone);
  const fastFree = free - k.__zoneWatermarkUnusableFree(k, system, zone, order, allocFlags);
  if (order === 0 && exceedsUnsigned(fastFree, mark + zone.lowmemReserve[zoneIdx]!)) return true;
  if (k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags, free)) return true;
  const unboosted =
    order === 0 && (gfp & GFP_ATOMIC) !== 0 && zone.boost > 0 && (allocFlags & WMARK_MASK) === ALLOC_WMARK_MIN;
  if (!unboosted) return false;
  return k.__zoneWatermarkOk(k, system, zone, order, zone.watermark.min, zoneIdx, allocFlags, free);
}

/**
 * Free pages that a request of this order and with these flags may not count on.
 * @kernel v5.9 mm/page_alloc.c __zone_watermark_unusable_free
 */
export function __zoneWatermarkUnusableFree(
  _k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
): number {
  let pages = (1 << order) - 1;
  if ((allocFlags & (ALLOC_HARDER | ALLOC_OOM)) === 0) pages += zone.reservedHighatomic;
  if (system.cma && (allocFlags & ALLOC_CMA) === 0) pages += zone.freeArea.cmaPages;
  return pages;
}
