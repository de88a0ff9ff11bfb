import type { Kernel } from '../../kernel.ts';
import type { MarkedZone } from '../marks.ts';

/**
 * The mark below which only the privileged allocate, with what the zone is boosted by, in pages.
 * @kernel v5.9 include/linux/mmzone.h min_wmark_pages
 */
export function minWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.min + zone.boost;
}

/**
 * The mark below which kswapd is woken, with what the zone is boosted by, in pages.
 * @kernel v5.9 include/linux/mmzone.h low_wmark_pages
 */
export function lowWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.low + zone.boost;
}

/**
 * The mark at which kswapd may rest, with what the zone is boosted by, in pages.
 * @kernel v5.9 include/linux/mmzone.h high_wmark_pages
 */
export function highWmarkPages(_k: Kernel, zone: MarkedZone): number {
  return zone.watermark.high + zone.boost;
}
