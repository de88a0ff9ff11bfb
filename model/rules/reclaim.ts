import type { Kernel } from '../kernel.ts';
import type { System } from '../state/system.ts';
import { giveBlocks } from '../state/freeArea.ts';
import { withFreed, withScanned, type Lru, type Zone } from '../state/zone.ts';

/** A zone after it was shrunk, and the pages that were really reclaimed. */
export interface Shrunk {
  readonly zone: Zone;
  readonly scanned: number;
  readonly reclaimed: number;
}

/**
 * The environment's answer to shrinking a zone: it scanned so many pages and freed so many. Reclaim cannot free what
 * is not on an eligible list, and has scanned at least what it freed. Scanned pages add up until one page is freed.
 * @kernel v4.0 mm/vmscan.c shrink_zone
 * @abstracts which pages are scanned, written, or found referenced: the environment decides how much comes of it.
 */
export function shrinkZone(k: Kernel, system: System, zone: Zone, scanned: number, wanted: number): Shrunk {
  const reclaimed = Math.min(wanted, k.zoneReclaimablePages(k, system, zone));
  const total = Math.max(scanned, reclaimed);
  if (reclaimed === 0) return { zone: withScanned(zone, total), scanned: total, reclaimed };
  const freed = withFreed(zone, giveBlocks(zone.freeArea, 0, reclaimed), takeFromLru(zone.lru, reclaimed));
  return { zone: freed, scanned: total, reclaimed };
}

/**
 * The lists after so many pages left them: inactive file first, then active file, inactive anon, active anon.
 * @kernel v4.0 mm/vmscan.c shrink_lruvec
 * @abstracts the shares of anonymous and file pages: the environment only says how many pages there are in all.
 */
export function takeFromLru(lru: Lru, pages: number): Lru {
  const inactiveFile = Math.min(lru.inactiveFile, pages);
  const activeFile = Math.min(lru.activeFile, pages - inactiveFile);
  const inactiveAnon = Math.min(lru.inactiveAnon, pages - inactiveFile - activeFile);
  const activeAnon = pages - inactiveFile - activeFile - inactiveAnon;
  return {
    inactiveAnon: lru.inactiveAnon - inactiveAnon,
    activeAnon: lru.activeAnon - activeAnon,
    inactiveFile: lru.inactiveFile - inactiveFile,
    activeFile: lru.activeFile - activeFile,
  };
}
