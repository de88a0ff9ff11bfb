import type { Node, System, Zone } from '../../model/index.ts';
import { pagesBelowOrder, trustedFreePages, watermarkMet } from './watermark.ts';

/** Pages that reclaim could take, summed the other way round: everything, less what cannot be swapped. */
export function reclaimable(system: System, { lru }: Zone): number {
  const all = lru.activeAnon + lru.inactiveAnon + lru.activeFile + lru.inactiveFile;
  return system.swapPages > 0 ? all : all - lru.activeAnon - lru.inactiveAnon;
}

/** Scanned so often without success that no more is expected. */
export const givenUp = (system: System, zone: Zone): boolean => zone.pagesScanned / 6 >= reclaimable(system, zone);

/** Compaction would be refused: not needed it is not, and it lacks working space or fragmentation to mend. */
function compactionRefused(system: System, zone: Zone, order: number, zoneIdx: number): boolean {
  const cheap = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
  const met = (o: number, mark: number) => watermarkMet(system, zone, o, mark, zoneIdx, 0, cheap);
  if (met(order, zone.watermark.low)) return false;
  if (!met(0, zone.watermark.low + 2 ** (order + 1))) return true;
  const { nrFree, pages } = zone.freeArea;
  const blocks = nrFree.reduce((sum, count) => sum + count, 0);
  if (blocks === 0) return system.extfragThreshold >= 0;
  if (pages > pagesBelowOrder(zone.freeArea, order)) return false;
  const index = 1000 - Math.floor((1000 + Math.floor((pages * 1000) / 2 ** order)) / blocks);
  return index >= 0 && index <= system.extfragThreshold;
}

/** A zone's balance at its own index, said without the model's rules. */
export function zoneInBalance(system: System, zone: Zone, order: number, zoneIdx: number): boolean {
  if (!watermarkMet(system, zone, order, zone.watermark.high, zoneIdx, 0, trustedFreePages(zone))) return false;
  return order === 0 || !system.compaction || !compactionRefused(system, zone, order, zoneIdx);
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
