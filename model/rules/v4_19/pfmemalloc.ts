import type { Kernel } from '../../kernel.ts';
import { withNode, type Machine } from '../../state/machine.ts';
import { withRequest, zoneNormal } from '../../state/node.ts';
import { managedZone, zonePageState } from '../../state/zone.ts';
import { MAX_RECLAIM_RETRIES } from '../../units.ts';
import type { PfmemallocAnswer } from '../pfmemalloc.ts';
import { wakeQueue } from '../wakeup.ts';

/**
 * Direct reclaim may go on while the zones up to Normal that have anything to reclaim together hold more free pages
 * than half of their min marks. If not, kswapd is woken, and a request for more than the Normal zone is cut down to it.
 * Without any such zone the answer is yes, and so it is for a node past hope.
 * @kernel v4.19 mm/vmscan.c allow_direct_reclaim
 */
export function allowDirectReclaim(k: Kernel, m: Machine): PfmemallocAnswer {
  const { zones, kswapd } = m.node;
  if (kswapd.failures >= MAX_RECLAIM_RETRIES) return { ok: true, machine: m };
  const normal = zoneNormal(m.node);
  let reserve = 0;
  let freePages = 0;
  for (let i = 0; i <= normal; i++) {
    const zone = zones[i]!;
    if (!managedZone(zone) || k.zoneReclaimablePages(k, m.system, zone) === 0) continue;
    reserve += k.minWmarkPages(k, zone);
    freePages += zonePageState(zone);
  }
  if (reserve === 0) return { ok: true, machine: m };

  const ok = freePages > Math.floor(reserve / 2);
  if (ok || !m.waits.queued) return { ok, machine: m };
  const asked = withNode(m, withRequest(m.node, kswapd.order, Math.min(kswapd.zoneIdx, normal)));
  return { ok, machine: wakeQueue(asked) };
}
