import type { Kernel } from '../kernel.ts';
import type { Node } from '../state/node.ts';
import type { System } from '../state/system.ts';
import { populatedZone, type Zone } from '../state/zone.ts';

/**
 * A zone is balanced for a request when an allocation would leave it above its high mark plus a gap (pages), and, for a
 * high order with compaction built in, compaction would not refuse the zone.
 * @kernel v4.0 mm/vmscan.c zone_balanced
 */
export function zoneBalanced(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  balanceGap: number,
  zoneIdx: number,
): boolean {
  if (!k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone) + balanceGap, zoneIdx, 0)) return false;
  return (
    !system.compaction || order === 0 || k.compactionSuitable(k, system, zone, order, 0, zoneIdx) !== 'COMPACT_SKIPPED'
  );
}

/**
 * A node is balanced for order 0 when every populated zone up to `zoneIdx` is, and for a higher order when zones that
 * hold at least a quarter of those zones' managed pages are. A zone that is no longer worth scanning counts as
 * balanced, since balancing skips it. Each zone is asked at its own index, so lowmem reserves do not count.
 * @kernel v4.0 mm/vmscan.c pgdat_balanced
 */
export function pgdatBalanced(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean {
  const { zones } = node;
  let managedPages = 0;
  let balancedPages = 0;
  for (let i = 0; i <= zoneIdx; i++) {
    const zone = zones[i]!;
    if (!populatedZone(zone)) continue;
    managedPages += zone.managed;
    if (!k.zoneReclaimable(k, system, zone) || k.zoneBalanced(k, system, zone, order, 0, i)) {
      balancedPages += zone.managed;
    } else if (order === 0) {
      return false;
    }
  }
  return order === 0 || balancedPages >= Math.floor(managedPages / 4);
}
