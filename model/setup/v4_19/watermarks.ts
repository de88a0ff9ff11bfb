import type { Kernel } from '../../kernel.ts';
import { mulDiv } from '../arithmetic.ts';
import type { SetupMachine } from '../machine.ts';
import { minMark, setupFromLowMemory, withShares } from '../watermarks.ts';

/**
 * As in v4.0, but for inactive ratios: those follow from the lists whenever they are asked for.
 * @kernel v4.19 mm/page_alloc.c init_per_zone_wmark_min
 * @abstracts the shares of unmapped and slab pages that node reclaim leaves alone, which no rule here reads.
 */
export function initPerZoneWmarkMin(k: Kernel, m: SetupMachine): SetupMachine {
  return setupFromLowMemory(k, m, 65536);
}

/**
 * Each zone's min mark is as in v4.0. Low and high lie one and two steps above it: a quarter of the zone's share of
 * min_free_kbytes, or so many 10,000ths of the zone as watermark_scale_factor says, whichever is more.
 * @kernel v4.19 mm/page_alloc.c __setup_per_zone_wmarks
 */
export function setupPerZoneWmarks(k: Kernel, m: SetupMachine): SetupMachine {
  const marked = withShares(m, (zone, share) => {
    const min = minMark(m, zone, share);
    const step = Math.max(Math.floor(share / 4), mulDiv(zone.managed, m.watermarkScaleFactor, 10_000));
    return { ...zone, watermark: { min, low: min + step, high: min + 2 * step } };
  });
  return k.calculateTotalreservePages(k, marked);
}
