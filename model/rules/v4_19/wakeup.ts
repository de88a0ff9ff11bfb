import type { Kernel } from '../../kernel.ts';
import { silent, traced, type Outcome } from '../../outcome.ts';
import { withNode, type Machine } from '../../state/machine.ts';
import { withRequest } from '../../state/node.ts';
import { managedZone } from '../../state/zone.ts';
import { MAX_RECLAIM_RETRIES } from '../../units.ts';
import { wakeQueue } from '../wakeup.ts';
import { wakeupKcompactd } from './kcompactd.ts';

/**
 * An allocator that found a zone low asks its kswapd for `order` pages usable by zone index `zoneIdx`. The request
 * raises the pending order and zone index, each by itself. kswapd is woken only if it waits, no zone that the request
 * may use is balanced for it, and the node is not past hope; otherwise, unless the allocator can compact by itself
 * (`directReclaim`), kcompactd is woken.
 * @kernel v4.19 mm/vmscan.c wakeup_kswapd
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
  const highest = k.kswapdClasszoneIdx(k, m.node, zoneIdx);
  const asked = withNode(m, withRequest(m.node, Math.max(m.node.kswapd.order, order), highest));
  if (!asked.waits.queued) return silent(asked);
  const hopeless = asked.node.kswapd.failures >= MAX_RECLAIM_RETRIES;
  if (hopeless || k.pgdatBalanced(k, asked.system, asked.node, order, zoneIdx)) {
    return directReclaim ? silent(asked) : traced(asked, ...wakeupKcompactd(asked.system, order, zoneIdx));
  }
  return traced(wakeQueue(asked), { ev: 'wakeup', zone: zoneIdx, order });
}
