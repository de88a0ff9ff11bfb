import type { Kernel } from '../../kernel.ts';
import { silent, traced, type Outcome } from '../../outcome.ts';
import { withNode, type Machine } from '../../state/machine.ts';
import { withRequest, type Node } from '../../state/node.ts';
import { managedZone } from '../../state/zone.ts';
import { MAX_RECLAIM_RETRIES } from '../../units.ts';
import { wakeupKcompactd } from '../v4_19/kcompactd.ts';
import { wakeQueue } from '../wakeup.ts';

/** The node with the pending order and zone index raised, each by itself. */
function asking(node: Node, order: number, zoneIdx: number): Node {
  const pending = node.kswapd;
  const none = pending.zoneIdx === node.zones.length;
  const highest = none || pending.zoneIdx < zoneIdx ? zoneIdx : pending.zoneIdx;
  return withRequest(node, Math.max(pending.order, order), highest);
}

/**
 * An allocator that found a zone low asks its kswapd for `order` pages usable by zone index `zoneIdx`. kswapd is woken
 * only if it waits, the node is not past hope, and either no zone that the request may use is balanced for it or one of
 * them is boosted; otherwise, unless the allocator can compact by itself (`directReclaim`), kcompactd is woken.
 * @kernel v5.9 mm/vmscan.c wakeup_kswapd
 * @abstracts cpusets: every zone is allowed.
 */
export function wakeupKswapd(
  k: Kernel,
  m: Machine,
  zoneIndex: number,
  order: number,
  zoneIdx: number,
  directReclaim = true,
): Outcome {
  if (!managedZone(m.node.zones[zoneIndex]!)) return silent(m);
  const asked = withNode(m, asking(m.node, order, zoneIdx));
  if (!asked.waits.queued) return silent(asked);
  const { system, node } = asked;
  const hopeless = node.kswapd.failures >= MAX_RECLAIM_RETRIES;
  const content = k.pgdatBalanced(k, system, node, order, zoneIdx) && !k.pgdatWatermarkBoosted(k, node, zoneIdx);
  if (hopeless || content) {
    return directReclaim ? silent(asked) : traced(asked, ...wakeupKcompactd(system, order, zoneIdx));
  }
  return traced(wakeQueue(asked), { ev: 'wakeup', zone: zoneIdx, order });
}
