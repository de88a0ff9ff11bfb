import { ALLOC_CMA, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import { zonePageState, type Zone } from '../../state/zone.ts';
import type { Gfp } from '../gfp.ts';

/**
 * A comparison as the kernel makes it where one side is unsigned: a negative number of pages counts as more than any
 * mark.
 */
export const exceedsUnsigned = (pages: number, mark: number): boolean => pages < 0 || pages > mark;

/**
 * The watermark check of the fast path: a single page needs no look at the reserves if the zone holds enough without
 * its CMA pages. Since the comparison is an unsigned one, a cheap count that shows less than there is on the CMA list
 * passes it.
 * @kernel v4.19 mm/page_alloc.c zone_watermark_fast
 */
export function zoneWatermarkFast(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: AllocFlags,
  _gfp: Gfp,
): boolean {
  const free = zonePageState(zone);
  const cmaPages = system.cma && (allocFlags & ALLOC_CMA) === 0 ? zone.freeArea.cmaPages : 0;
  if (order === 0 && exceedsUnsigned(free - cmaPages, mark + zone.lowmemReserve[zoneIdx]!)) return true;
  return k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags, free);
}
