import type { Kernel } from '../../kernel.ts';
import type { Node } from '../../state/node.ts';
import type { System } from '../../state/system.ts';
import { managedZone } from '../../state/zone.ts';

/**
 * A node is balanced for a request when some zone that it may use would be above its high mark after it, with the
 * reserve for `zoneIdx` kept. A node with no managed zone up to `zoneIdx` is balanced: there is nothing to reclaim.
 * @kernel v4.19 mm/vmscan.c pgdat_balanced
 */
export function pgdatBalanced(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean {
  let managed = false;
  for (let i = 0; i <= zoneIdx; i++) {
    const zone = node.zones[i]!;
    if (!managedZone(zone)) continue;
    managed = true;
    if (k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone), zoneIdx, 0)) return true;
  }
  return !managed;
}
