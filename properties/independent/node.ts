import type { CompactionResult, Node, System, Zone } from '../../model/index.ts';
import { fragmentationOf } from './compaction.ts';
import { laterWatermarkMet, trustedFreePages } from './watermark.ts';

/** A zone's high mark with its boost. */
export const boostedHigh = ({ watermark, boost }: Zone): number => watermark.high + boost;

/** Whether one zone alone would do for a request that may use zones up to an index. */
export const zoneServes = (system: System, zone: Zone, order: number, zoneIdx: number): boolean =>
  laterWatermarkMet(system, zone, order, boostedHigh(zone), zoneIdx, 0, trustedFreePages(zone));

/** The zones up to an index that the buddy allocator manages pages of. */
export const managedUpTo = ({ zones }: Node, zoneIdx: number): readonly Zone[] =>
  zones.filter((zone, i) => i <= zoneIdx && zone.managed !== 0);

/** The balance of a node from v4.8 on: there is nothing to balance, or one zone will do. */
export function anyZoneInBalance(system: System, node: Node, order: number, zoneIdx: number): boolean {
  const zones = managedUpTo(node, zoneIdx);
  return zones.length === 0 || zones.some((zone) => zoneServes(system, zone, order, zoneIdx));
}

/** Given up after sixteen runs in a row that reclaimed nothing. */
export const isHopeless = ({ kswapd }: Node): boolean => kswapd.failures > 15;

/** kswapd may rest: the node is balanced or hopeless. */
export const mayRest = (system: System, node: Node, order: number, zoneIdx: number): boolean =>
  isHopeless(node) || anyZoneInBalance(system, node, order, zoneIdx);

/** What compaction answers from v4.9 on, in the order of what it finds out, with so many pages free for its work. */
export function laterCompactionAnswer(
  system: System,
  zone: Zone,
  order: number,
  allocFlags: number,
  zoneIdx: number,
  target: number,
): CompactionResult {
  const { min, low, high } = zone.watermark;
  const cheap = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
  const mark = ([min, low, high][allocFlags & 3] ?? min) + zone.boost;
  if (laterWatermarkMet(system, zone, order, mark, zoneIdx, allocFlags, cheap)) return 'COMPACT_SUCCESS';
  const costly = order >= 4;
  const usable = target - zone.lowmemReserve[zoneIdx]! - zone.reservedHighatomic;
  const room = usable > (costly ? low : min) + zone.boost + 2 ** (order + 1);
  return room ? 'COMPACT_CONTINUE' : 'COMPACT_SKIPPED';
}

/** Whether a zone that compaction could work in fails a costly order for lack of memory rather than for its pieces. */
export function tooWhole({ extfragThreshold }: System, { freeArea }: Zone, order: number): boolean {
  const index = fragmentationOf(freeArea, order);
  return order >= 4 && index >= 0 && index <= extfragThreshold;
}
