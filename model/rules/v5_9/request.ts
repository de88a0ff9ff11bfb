import type { Kernel } from '../../kernel.ts';
import type { Node } from '../../state/node.ts';

/**
 * The pending zone index, or `zoneIdx` if none is pending.
 * @kernel v5.9 mm/vmscan.c kswapd_highest_zoneidx
 */
export function kswapdHighestZoneidx(_k: Kernel, node: Node, zoneIdx: number): number {
  const pending = node.kswapd.zoneIdx;
  return pending === node.zones.length ? zoneIdx : pending;
}
