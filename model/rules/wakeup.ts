import type { Kernel } from '../kernel.ts';
import { silent, traced, type Outcome } from '../outcome.ts';
import { withNode, withWaits, type Machine } from '../state/machine.ts';
import { withRequest } from '../state/node.ts';
import { wakeTask } from '../state/waits.ts';
import { populatedZone } from '../state/zone.ts';

/**
 * An allocator that found a zone low asks its kswapd for `order` pages usable by zone index `zoneIdx`. The request is
 * kept only if its order is higher than the pending one; kswapd is woken only if it waits and the zone is not
 * balanced for the order.
 * @kernel v4.0 mm/vmscan.c wakeup_kswapd
 * @abstracts cpusets: every zone is allowed.
 */
export function wakeupKswapd(k: Kernel, m: Machine, zoneIndex: number, order: number, zoneIdx: number): Outcome {
  const zone = m.node.zones[zoneIndex]!;
  if (!populatedZone(zone)) return silent(m);
  const pending = m.node.kswapd;
  const asked = pending.order < order ? withNode(m, withRequest(m.node, order, Math.min(pending.zoneIdx, zoneIdx))) : m;
  if (!asked.waits.queued) return silent(asked);
  if (k.zoneBalanced(k, asked.system, zone, order, 0, 0)) return silent(asked);
  return traced(wakeQueue(asked), { ev: 'wakeup', zone: zoneIndex, order });
}

/**
 * A wake-up through the queue: the task that waits becomes runnable and leaves the queue by itself.
 * @kernel v4.0 kernel/sched/wait.c autoremove_wake_function
 */
export function wakeQueue(m: Machine): Machine {
  return m.waits.queued ? withWaits(m, wakeTask(m.waits)) : m;
}
