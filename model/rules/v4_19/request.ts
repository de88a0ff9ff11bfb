import type { Kernel } from '../../kernel.ts';
import type { Node } from '../../state/node.ts';

/**
 * The higher of the pending zone index and `zoneIdx`, or `zoneIdx` if none is pending.
 * @kernel v4.19 mm/vmscan.c kswapd_classzone_idx
 */
export function kswapdClasszoneIdx(_k: Kernel, node: Node, zoneIdx: number): number {
  const pending = node.kswapd.zoneIdx;
  return pending === node.zones.length ? zoneIdx : Math.max(pending, zoneIdx);
}
