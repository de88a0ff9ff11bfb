import type { ScenarioZone } from '../model/index.ts';
import { emptied } from './direct.ts';
import { evictablePages, freePages } from './pages.ts';

/** Scans of all its lists after which a zone is given up. */
const SCANS = 6;
/** Pages that are enough for a page reclaimed, and for twice a block of order 1. */
export const FEW_PAGES = [1, 4] as const;
/** The zone with so much more in use than it had, so that all its pages have room. */
function withRoomFor(zone: ScenarioZone): ScenarioZone {
  return withManaged(zone, Math.max(zone.managed, freePages(zone.free) + evictablePages(zone.lru)));
}

const withManaged = (zone: ScenarioZone, managed: number): ScenarioZone => ({
  ...zone,
  managed,
  present: Math.max(zone.present, managed),
});

/** The zone with other pages on its plainest lists. */
const withFree = (zone: ScenarioZone, pages: number): ScenarioZone => ({ ...zone, free: { movable: [pages] } });
const withFile = (zone: ScenarioZone, pages: number): ScenarioZone => ({
  ...zone,
  lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: pages, activeFile: 0 },
});

/** Changes of a zone; each says undefined where there is nothing to change. */
export const ZONE_CHANGES: readonly ((zone: ScenarioZone, byNode: boolean) => ScenarioZone | undefined)[] = [
  (zone) => (freePages(zone.free) > 0 ? withFree(zone, 0) : undefined),
  (zone) => withRoomFor(withFree(zone, freePages(zone.free) + 1)),
  (zone) => withRoomFor({ ...zone, free: { movable: [0, 1] } }),
  (zone) => (evictablePages(zone.lru) > 0 ? withFile(zone, 0) : undefined),
  ...FEW_PAGES.map((pages) => (zone: ScenarioZone) => withRoomFor(withFile(zone, pages))),
  ...FEW_PAGES.map((pages) => (zone: ScenarioZone) => withManaged(zone, zone.managed + pages)),
  (zone) => (zone.managed > 0 ? { ...emptied(zone), present: 1 } : undefined),
  (zone) => (evictablePages(zone.lru) > 0 ? withRoomFor(withFile(zone, 2 * evictablePages(zone.lru))) : undefined),
  (zone, byNode) => {
    const scanned = SCANS * evictablePages(zone.lru);
    return byNode || scanned === 0 ? undefined : { ...zone, pagesScanned: zone.pagesScanned > 0 ? 0 : scanned };
  },
  (zone) => (zone.watermark.high > 0 ? { ...zone, watermark: { min: 0, low: 0, high: 0 } } : undefined),
];
