import type { Kernel } from '../kernel.ts';
import { PAGE_SHIFT, SWAP_CLUSTER_MAX } from '../units.ts';
import { intSqrt, mulDiv } from './arithmetic.ts';
import { mapZones, type SetupMachine, type SetupZone } from './machine.ts';

const KBYTES_PER_PAGE = 1 << (PAGE_SHIFT - 10);
const isHighmem = (zone: SetupZone): boolean => zone.name === 'HighMem';

/**
 * Pages that ordinary kernel allocations could use: in every populated zone up to Normal, what is managed above the
 * high mark.
 * @kernel v4.0 mm/page_alloc.c nr_free_buffer_pages
 */
export function nrFreeBufferPages(_k: Kernel, m: SetupMachine): number {
  let pages = 0;
  for (const { zones } of m.nodes) {
    for (const zone of zones) {
      if (zone.present === 0 || zone.name === 'HighMem' || zone.name === 'Movable') continue;
      pages += Math.max(0, zone.managed - zone.watermark.high);
    }
  }
  return pages;
}

/**
 * min_free_kbytes grows with the square root of low memory: four times the root of its kibibytes, between 128 and 65536
 * (kibibytes), unless a user asked for more. Then everything that depends on it is set up: watermarks, stat thresholds,
 * lowmem reserves and inactive ratios.
 * @kernel v4.0 mm/page_alloc.c init_per_zone_wmark_min
 */
export function initPerZoneWmarkMin(k: Kernel, m: SetupMachine): SetupMachine {
  const lowmemKbytes = k.nrFreeBufferPages(k, m) * KBYTES_PER_PAGE;
  const derived = intSqrt(lowmemKbytes * 16);
  const minFreeKbytes = derived > m.userMinFreeKbytes ? Math.min(65536, Math.max(128, derived)) : m.minFreeKbytes;
  const marked = k.setupPerZoneWmarks(k, { ...m, minFreeKbytes });
  const thresholds = k.refreshZoneStatThresholds(k, marked);
  return k.setupPerZoneInactiveRatio(k, k.setupPerZoneLowmemReserve(k, thresholds));
}

/**
 * Each low zone's min mark is its share of min_free_kbytes by managed pages; low and high lie a quarter and a half of
 * that share above. A high memory zone's min mark is a 1024th of it, between 32 and 128 pages, with the share's
 * quarter and half above.
 * @kernel v4.0 mm/page_alloc.c __setup_per_zone_wmarks
 * @abstracts NR_ALLOC_BATCH and the migrate reserve, which no rule of kswapd reads.
 */
export function setupPerZoneWmarks(k: Kernel, m: SetupMachine): SetupMachine {
  const pagesMin = Math.floor(m.minFreeKbytes / KBYTES_PER_PAGE);
  let lowmemPages = 0;
  for (const { zones } of m.nodes) for (const zone of zones) if (!isHighmem(zone)) lowmemPages += zone.managed;

  const marked = mapZones(m, (zone) => {
    const share = mulDiv(pagesMin, zone.managed, lowmemPages);
    const min = isHighmem(zone) ? Math.min(128, Math.max(SWAP_CLUSTER_MAX, Math.floor(zone.managed / 1024))) : share;
    return {
      ...zone,
      watermark: { min, low: min + Math.floor(share / 4), high: min + Math.floor(share / 2) },
    };
  });
  return k.calculateTotalreservePages(k, marked);
}
