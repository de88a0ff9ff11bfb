import type { Node, System, Zone } from '../../model/index.ts';
import { compactionAnswer } from './compaction.ts';
import { trustedFreePages, watermarkMet } from './watermark.ts';

/** Pages that reclaim could take, summed the other way round: everything, less what cannot be swapped. */
export function reclaimable(system: System, { lru }: Zone): number {
  const all = lru.activeAnon + lru.inactiveAnon + lru.activeFile + lru.inactiveFile;
  return system.swapPages > 0 ? all : all - lru.activeAnon - lru.inactiveAnon;
}

/** Scanned so often without success that no more is expected. */
export const givenUp = (system: System, zone: Zone): boolean => zone.pagesScanned / 6 >= reclaimable(system, zone);

const REFUSALS: ReadonlySet<string> = new Set(['COMPACT_SKIPPED', 'COMPACT_NOT_SUITABLE_ZONE']);

/** A zone’s balance with a gap of so many pages, said without the model’s rules. */
export function zoneInBalance(system: System, zone: Zone, order: number, zoneIdx: number, gap = 0): boolean {
  if (!watermarkMet(system, zone, order, zone.watermark.high + gap, zoneIdx, 0, trustedFreePages(zone))) return false;
  return order === 0 || !system.compaction || !REFUSALS.has(compactionAnswer(system, zone, order, 0, zoneIdx));
}

const managed = (zones: readonly Zone[]): number => zones.reduce((sum, zone) => sum + zone.managed, 0);

/**
 * The node's balance as a sum over zones: every populated zone up to the index is either in order or a debt. Order 0
 * allows no debt; a higher order allows debts of all but a quarter of the managed pages, the quarter rounded down.
 */
export function nodeInBalance(system: System, node: Node, order: number, zoneIdx: number): boolean {
  const zones = node.zones.slice(0, zoneIdx + 1).filter(({ present }) => present !== 0);
  const inOrder = zones.filter(
    (zone) => givenUp(system, zone) || zoneInBalance(system, zone, order, node.zones.indexOf(zone)),
  );
  if (order === 0) return inOrder.length === zones.length;
  return 4 * managed(inOrder) + 3 >= managed(zones);
}
