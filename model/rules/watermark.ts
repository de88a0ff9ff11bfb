import { ALLOC_CMA, ALLOC_HARDER, ALLOC_HIGH, type AllocFlags } from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import type { System } from '../state/system.ts';
import { zonePageState, zonePageStateSnapshot, type Zone } from '../state/zone.ts';

/** Half of whole pages, rounded down: in whole numbers all along, and unlike `>> 1` for any number of pages. */
const half = (pages: number): number => (pages - (pages & 1)) / 2;

/**
 * The allocation leaves the zone above its mark plus the reserve kept from requests of zone index `zoneIdx`; for a
 * high order, what is free in blocks of each higher order must also exceed a mark that halves with every order. HIGH
 * lowers the mark by a half and HARDER by a quarter; without CMA, free CMA pages do not count towards the first
 * comparison. `mark` and `freePages` (which may be negative) are in pages.
 * @kernel v4.0 mm/page_alloc.c __zone_watermark_ok
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
  let min = mark;
  let free = freePages - ((1 << order) - 1);
  if ((allocFlags & ALLOC_HIGH) !== 0) min -= Math.trunc(min / 2);
  if ((allocFlags & ALLOC_HARDER) !== 0) min -= Math.trunc(min / 4);
  const freeCma = system.cma && (allocFlags & ALLOC_CMA) === 0 ? zone.freeArea.cmaPages : 0;

  if (free - freeCma <= min + zone.lowmemReserve[zoneIdx]!) return false;
  const { nrFree } = zone.freeArea;
  for (let o = 0; o < order; o++) {
    free -= nrFree[o]! * (1 << o);
    min = half(min);
    if (free <= min) return false;
  }
  return true;
}

/**
 * The watermark check on the cheap counter of free pages.
 * @kernel v4.0 mm/page_alloc.c zone_watermark_ok
 */
export function zoneWatermarkOk(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: AllocFlags,
): boolean {
  return k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags, zonePageState(zone));
}

/**
 * The watermark check on the precise counter, which is read only when the cheap one shows less than the zone's drift
 * mark.
 * @kernel v4.0 mm/page_alloc.c zone_watermark_ok_safe
 */
export function zoneWatermarkOkSafe(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: AllocFlags,
): boolean {
  let free = zonePageState(zone);
  if (zone.percpuDriftMark !== 0 && free < zone.percpuDriftMark) free = zonePageStateSnapshot(zone);
  return k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags, free);
}
