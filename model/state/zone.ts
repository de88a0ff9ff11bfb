import type { FreeArea } from './freeArea.ts';

export const ZONE_NAMES = ['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable'] as const;
export type ZoneName = (typeof ZONE_NAMES)[number];

/**
 * A zone's marks, in pages.
 * @kernel v4.0 include/linux/mmzone.h enum zone_watermarks
 */
export interface Watermark {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Pages on a zone's evictable lists.
 * @kernel v4.0 include/linux/mmzone.h enum lru_list
 */
export interface Lru {
  readonly inactiveAnon: number;
  readonly activeAnon: number;
  readonly inactiveFile: number;
  readonly activeFile: number;
}

/**
 * Bits of a zone's state that reclaim sets and kswapd clears.
 * @kernel v4.0 include/linux/mmzone.h enum zone_flags
 */
export const ZONE_CONGESTED = 1;
export const ZONE_DIRTY = 2;
export const ZONE_WRITEBACK = 4;

/**
 * The allocator used up the zone's share of the local node's fresh pages, up to v4.7.
 * @kernel v4.0 include/linux/mmzone.h ZONE_FAIR_DEPLETED
 */
export const ZONE_FAIR_DEPLETED = 8;
/**
 * The zone's marks were raised, and kswapd is still to be told, from v5.1 on.
 * @kernel v5.9 include/linux/mmzone.h ZONE_BOOSTED_WATERMARK
 */
export const ZONE_BOOSTED_WATERMARK = 16;

/** What only the page allocator reads and writes of a zone. Quantities are in pages. */
export interface ZoneAlloc {
  /** Pages left of the zone's share of the local node's fresh pages: NR_ALLOC_BATCH, up to v4.7. */
  readonly batch: number;
  /** Whether the zone is within its dirty limit, up to v4.7; later the node's. */
  readonly dirtyOk: boolean;
  /** Dirty pages and pages under writeback, from v4.7 on: NR_ZONE_WRITE_PENDING. */
  readonly writePending: number;
  /** So many takes to come find no block although one is free, as when it turns out to be in bad memory. */
  readonly rmqueueFails: number;
  /** The same of takes that may not mix page types in a block, from v5.0 on. */
  readonly nofragmentFails: boolean;
}

/** A zone that the allocator has done nothing with yet: one object for all, so that kswapd's copies stay cheap. */
export const FRESH_ALLOC: ZoneAlloc = {
  batch: 0,
  dirtyOk: true,
  writePending: 0,
  rmqueueFails: 0,
  nofragmentFails: false,
};

/**
 * One zone of a node. All quantities are in pages.
 * @kernel v4.0 include/linux/mmzone.h struct zone
 */
export interface Zone {
  readonly name: ZoneName;
  /** Pages that exist; 0: the zone is not populated. */
  readonly present: number;
  /** Pages that the buddy allocator manages. */
  readonly managed: number;
  readonly watermark: Watermark;
  /** Pages that are kept from requests that may use a higher zone, by that zone's index. */
  readonly lowmemReserve: readonly number[];
  readonly freeArea: FreeArea;
  /** The cheap NR_FREE_PAGES counter reads the true number plus this, and never below 0. */
  readonly vmstatDrift: number;
  /** Below this the cheap counter is not trusted; 0: it always is. */
  readonly percpuDriftMark: number;
  readonly lru: Lru;
  /** Pages scanned since a page of the zone was last freed: NR_PAGES_SCANNED. */
  readonly pagesScanned: number;
  /** ZONE_CONGESTED and the like, or'ed. */
  readonly flags: number;
  /** Watermark boost, from v5.0 on. */
  readonly boost: number;
  /** Pages reserved for high-order atomic requests, from v4.4 on. */
  readonly reservedHighatomic: number;
  readonly alloc: ZoneAlloc;
}

/**
 * A zone counts only if it has pages, managed or not.
 * @kernel v4.0 include/linux/mmzone.h populated_zone
 */
export function populatedZone(zone: Zone): boolean {
  return zone.present > 0;
}

/**
 * A zone that the buddy allocator can take pages from.
 * @kernel v4.19 include/linux/mmzone.h managed_zone
 */
export function managedZone(zone: Zone): boolean {
  return zone.managed > 0;
}

/**
 * Whether the zone is above the memory that the kernel itself can address.
 * @kernel v4.0 include/linux/mmzone.h is_highmem
 * @abstracts movable_zone: a Movable zone made of high memory is never modelled together with HighMem.
 */
export function isHighmem(zone: Zone): boolean {
  return zone.name === 'HighMem';
}

/**
 * The cheap count of free pages: what the vmstat counter shows before the per-cpu differences are added in.
 * @kernel v4.0 include/linux/vmstat.h zone_page_state
 */
export function zonePageState(zone: Zone): number {
  const pages = zone.freeArea.pages + zone.vmstatDrift;
  return pages < 0 ? 0 : pages;
}

/**
 * The precise count of free pages, with the per-cpu differences added in.
 * @kernel v4.0 include/linux/vmstat.h zone_page_state_snapshot
 */
export function zonePageStateSnapshot(zone: Zone): number {
  return zone.freeArea.pages;
}

/** The zone with other values of what changes while it runs. */
const changedZone = (
  zone: Zone,
  freeArea: FreeArea,
  lru: Lru,
  pagesScanned: number,
  flags: number,
  boost: number,
): Zone => ({
  name: zone.name,
  present: zone.present,
  managed: zone.managed,
  watermark: zone.watermark,
  lowmemReserve: zone.lowmemReserve,
  freeArea,
  vmstatDrift: zone.vmstatDrift,
  percpuDriftMark: zone.percpuDriftMark,
  lru,
  pagesScanned,
  flags,
  boost,
  reservedHighatomic: zone.reservedHighatomic,
  alloc: zone.alloc,
});

/** The zone without some of its flags. */
export const clearFlags = (zone: Zone, flags: number): Zone =>
  (zone.flags & flags) === 0
    ? zone
    : changedZone(zone, zone.freeArea, zone.lru, zone.pagesScanned, zone.flags & ~flags, zone.boost);

/** The zone with other free memory. */
export const withFreeArea = (zone: Zone, freeArea: FreeArea): Zone =>
  changedZone(zone, freeArea, zone.lru, zone.pagesScanned, zone.flags, zone.boost);

/** The zone after pages of it were freed, from its lists or by their owners: scanning it was worth the while. */
export const withFreed = (zone: Zone, freeArea: FreeArea, lru: Lru): Zone =>
  changedZone(zone, freeArea, lru, 0, zone.flags, zone.boost);

/** The zone after pages of it were scanned in vain. */
export const withScanned = (zone: Zone, pages: number): Zone =>
  pages === 0 ? zone : changedZone(zone, zone.freeArea, zone.lru, zone.pagesScanned + pages, zone.flags, zone.boost);

/** The zone with so many more pages in the page cache: on its inactive file list. */
export const withCached = (zone: Zone, pages: number): Zone => {
  const { inactiveAnon, activeAnon, inactiveFile, activeFile } = zone.lru;
  const lru = { inactiveAnon, activeAnon, inactiveFile: inactiveFile + pages, activeFile };
  return changedZone(zone, zone.freeArea, lru, zone.pagesScanned, zone.flags, zone.boost);
};

/** The zone with another watermark boost. */
export const withBoost = (zone: Zone, boost: number): Zone =>
  changedZone(zone, zone.freeArea, zone.lru, zone.pagesScanned, zone.flags, boost);

/** The zone with what the allocator made of it. */
export const withAllocated = (
  zone: Zone,
  freeArea: FreeArea,
  flags: number,
  reservedHighatomic: number,
  alloc: ZoneAlloc,
): Zone => ({
  name: zone.name,
  present: zone.present,
  managed: zone.managed,
  watermark: zone.watermark,
  lowmemReserve: zone.lowmemReserve,
  freeArea,
  vmstatDrift: zone.vmstatDrift,
  percpuDriftMark: zone.percpuDriftMark,
  lru: zone.lru,
  pagesScanned: zone.pagesScanned,
  flags,
  boost: zone.boost,
  reservedHighatomic,
  alloc,
});
