import type { Kernel } from '../../kernel.ts';
import type { Node } from '../../state/node.ts';
import { managedZone } from '../../state/zone.ts';

/**
 * Whether a managed zone up to `zoneIdx` has its watermarks boosted.
 * @kernel v5.9 mm/vmscan.c pgdat_watermark_boosted
 */
export function pgdatWatermarkBoosted(_k: Kernel, node: Node, zoneIdx: number): boolean {
  for (let i = zoneIdx; i >= 0; i--) {
    const zone = node.zones[i]!;
    if (managedZone(zone) && zone.boost > 0) return true;
  }
  return false;
}
