import { ALLOC_WMARK_HIGH, ALLOC_WMARK_LOW, type AllocFlags } from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import type { Zone } from '../state/zone.ts';

/** What marks are read from: of a zone in use, or of one that is being set up. */
export type MarkedZone = Pick<Zone, 'watermark' | 'boost'>;

/**
 * The mark below which only the privileged allocate, in pages.
 * @kernel v4.0 include/linux/mmzone.h min_wmark_pages
 */
export function minWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.min;
}

/**
 * The mark below which kswapd is woken, in pages.
 * @kernel v4.0 include/linux/mmzone.h low_wmark_pages
 */
export function lowWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.low;
}

/**
 * The mark at which kswapd may rest, in pages.
 * @kernel v4.0 include/linux/mmzone.h high_wmark_pages
 */
export function highWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.high;
}

/**
 * The mark that allocation flags name, in pages.
 * @kernel v4.0 mm/internal.h ALLOC_WMARK_MIN, ALLOC_WMARK_LOW, ALLOC_WMARK_HIGH
 */
export function wmarkPages(k: Kernel, zone: MarkedZone, wmark: AllocFlags): number {
  if (wmark === ALLOC_WMARK_LOW) return k.lowWmarkPages(k, zone);
  return wmark === ALLOC_WMARK_HIGH ? k.highWmarkPages(k, zone) : k.minWmarkPages(k, zone);
}
