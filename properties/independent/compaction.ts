import type { CompactionResult, FreeArea, System, Zone } from '../../model/index.ts';
import { pagesBelowOrder, watermarkMet } from './watermark.ts';

/** A zone's blocks as a request of an order sees them. */
export function blocksFor(area: FreeArea, order: number): { readonly total: number; readonly suitable: number } {
  const total = area.nrFree.reduce((sum, count) => sum + count, 0);
  return { total, suitable: (area.pages - pagesBelowOrder(area, order)) / 2 ** order };
}

/**
 * Thousandths of a failure that are due to fragmentation, as one formula; the two cases without a failure stand
 * apart.
 */
export function fragmentationOf(area: FreeArea, order: number): number {
  const { total, suitable } = blocksFor(area, order);
  if (total === 0) return 0;
  if (suitable > 0) return -1000;
  const requests = (area.pages * 1000 - ((area.pages * 1000) % 2 ** order)) / 2 ** order;
  return Math.ceil((1000 * total - 1000 - requests) / total);
}

/**
 * What compaction would answer, in the order of what it would find out: there is enough, too little, too whole, or a
 * use.
 */
export function compactionAnswer(
  system: System,
  zone: Zone,
  order: number,
  allocFlags: number,
  zoneIdx: number,
): Exclude<CompactionResult, 'COMPACT_SUCCESS'> {
  const cheap = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
  const { low } = zone.watermark;
  const index = fragmentationOf(zone.freeArea, order);
  const answers: readonly (readonly [ReturnType<typeof compactionAnswer>, boolean])[] = [
    ['COMPACT_PARTIAL', watermarkMet(system, zone, order, low, zoneIdx, allocFlags, cheap)],
    ['COMPACT_SKIPPED', !watermarkMet(system, zone, 0, low + 2 ** (order + 1), zoneIdx, allocFlags, cheap)],
    ['COMPACT_NOT_SUITABLE_ZONE', 0 <= index && index <= system.extfragThreshold],
  ];
  return answers.find(([, applies]) => applies)?.[0] ?? 'COMPACT_CONTINUE';
}
