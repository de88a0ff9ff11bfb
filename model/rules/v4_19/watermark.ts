import { ALLOC_CMA, ALLOC_HARDER, ALLOC_HIGH, ALLOC_OOM, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import type { Zone } from '../../state/zone.ts';
import { MAX_ORDER } from '../../units.ts';

/**
 * The allocation leaves the zone above its mark plus the reserve kept from requests of zone index `zoneIdx`, and for
 * a high order at least one block of that size or more is free on a list that the request may use. HIGH lowers the
 * mark by a half; OOM lowers it by a half and HARDER by a quarter, and either may use what is reserved for high-order
 * atomic requests, which is kept from all others; without CMA, free CMA pages do not count. `mark` and `freePages`
 * (which may be negative) are in pages.
 * @kernel v4.19 mm/page_alloc.c __zone_watermark_ok
 */
export function __zoneWatermarkOk(
  _k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: AllocFlags,
  freePages: number,
): boolean {
  const harder = (allocFlags & (ALLOC_HARDER | ALLOC_OOM)) !== 0;
  const cma = !system.cma || (allocFlags & ALLOC_CMA) !== 0;
  let min = mark;
  let free = freePages - ((1 << order) - 1);
  if ((allocFlags & ALLOC_HIGH) !== 0) min -= Math.trunc(min / 2);
  if (!harder) free -= zone.reservedHighatomic;
  else min -= Math.trunc(min / ((allocFlags & ALLOC_OOM) !== 0 ? 2 : 4));
  if (!cma) free -= zone.freeArea.cmaPages;

  if (free <= min + zone.lowmemReserve[zoneIdx]!) return false;
  return order === 0 || hasBlock(zone, order, cma, harder);
}

/** A block of the order or more is free on a list that the request may use. */
function hasBlock(zone: Zone, order: number, cma: boolean, highatomic: boolean): boolean {
  const { nrFree, lists } = zone.freeArea;
  for (let o = order; o < MAX_ORDER; o++) {
    let blocks = nrFree[o]!;
    if (!cma) blocks -= lists.cma[o]!;
    if (!highatomic) blocks -= lists.highatomic[o]!;
    if (blocks > 0) return true;
  }
  return false;
}
