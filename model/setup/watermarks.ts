import type { Kernel } from '../kernel.ts';
import { PAGE_SHIFT, SWAP_CLUSTER_MAX } from '../units.ts';
import { intSqrt, mulDiv } from './arithmetic.ts';
import { mapZones, type SetupMachine, type SetupZone } from './machine.ts';

const KBYTES_PER_PAGE = 1 << (PAGE_SHIFT - 10);

/**
 * Whether a zone's pages are high memory, which the kernel reaches only by mapping it: HighMem, and Movable where its
 * pages were taken from there.
 * @kernel v4.0 include/linux/mmzone.h is_highmem, zone_movable_is_highmem
 */
export const isHighmemAtSetup = (m: SetupMachine, zone: SetupZone): boolean =>
  zone.name === 'HighMem' || (zone.name === 'Movable' && m.movableIsHighmem);

/**
 * Pages that ordinary kernel allocations could use: in every populated zone up to Normal, what is managed above the
 * high mark.
 * @kernel v4.0 mm/page_alloc.c nr_free_buffer_pages
 */
export function nrFreeBufferPages(k: Kernel, m: SetupMachine): number {
  let pages = 0;
  for (const { zones } of m.nodes) {
    for (const zone of zones) {
      if (zone.present === 0 || zone.name === 'HighMem' || zone.name === 'Movable') continue;
      pages += Math.max(0, zone.managed - k.highWmarkPages(k, zone));
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
  return k.setupPerZoneInactiveRatio(k, setupFromLowMemory(k, m, 65536));
}

/** Set-up with the min_free_kbytes that low memory makes, `most` kibibytes at most, or that a user asked for. */
export function setupFromLowMemory(k: Kernel, m: SetupMachine, most: number): SetupMachine {
  const lowmemKbytes = k.nrFreeBufferPages(k, m) * KBYTES_PER_PAGE;
  const derived = intSqrt(lowmemKbytes * 16);
  const minFreeKbytes = derived > m.userMinFreeKbytes ? Math.min(most, Math.max(128, derived)) : m.minFreeKbytes;
  const marked = k.setupPerZoneWmarks(k, { ...m, minFreeKbytes });
  return k.setupPerZoneLowmemReserve(k, k.refreshZoneStatThresholds(k, marked));
}

/**
 * Each low zone's min mark is its share of min_free_kbytes by managed pages; low and high lie a quarter and a half of
 * that share above. A high memory zone's min mark is a 1024th of it, between 32 and 128 pages, with the share's
 * quarter and half above.
 * @kernel v4.0 mm/page_alloc.c __setup_per_zone_wmarks
 * @abstracts NR_ALLOC_BATCH and the migrate reserve, which no rule of kswapd reads.
 */
export function setupPerZoneWmarks(k: Kernel, m: SetupMachine): SetupMachine {
  const marked = withShares(m, (zone, share) => {
    const min = minMark(m, zone, share);
    return { ...zone, watermark: { min, low: min + Math.floor(share / 4), high: min + Math.floor(share / 2) } };
  });
  return k.calculateTotalreservePages(k, marked);
}

/** The machine with every zone changed by its share of min_free_kbytes, in pages. */
export function withShares(m: SetupMachine, change: (zone: SetupZone, share: number) => SetupZone): SetupMachine {
  const pagesMin = Math.floor(m.minFreeKbytes / KBYTES_PER_PAGE);
  let lowmemPages = 0;
  for (const { zones } of m.nodes) {
    for (const zone of zones) if (!isHighmemAtSetup(m, zone)) lowmemPages += zone.managed;
  }
  return mapZones(m, (zone) => change(zone, mulDiv(pagesMin, zone.managed, lowmemPages)));
}

/** A zone's min mark: its share, or what high memory gets whatever that is. */
export const minMark = (m: SetupMachine, zone: SetupZone, share: number): number =>
  isHighmemAtSetup(m, zone) ? Math.min(128, Math.max(SWAP_CLUSTER_MAX, Math.floor(zone.managed / 1024))) : share;
