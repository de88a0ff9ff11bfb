import type { Kernel } from '../kernel.ts';
import type { System } from '../state/system.ts';
import type { Zone } from '../state/zone.ts';

/**
 * The pages that reclaim could take from the zone: file pages, and anonymous pages as long as there is swap. In pages.
 * @kernel v4.0 mm/vmscan.c zone_reclaimable_pages
 */
export function zoneReclaimablePages(_k: Kernel, system: System, zone: Zone): number {
  const { lru } = zone;
  const file = lru.activeFile + lru.inactiveFile;
  return system.swapPages > 0 ? file + lru.activeAnon + lru.inactiveAnon : file;
}

/**
 * A zone is worth scanning until six times its reclaimable pages were scanned without one page being freed.
 * @kernel v4.0 mm/vmscan.c zone_reclaimable
 */
export function zoneReclaimable(k: Kernel, system: System, zone: Zone): boolean {
  return zone.pagesScanned < k.zoneReclaimablePages(k, system, zone) * 6;
}
