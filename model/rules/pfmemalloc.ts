import { hasRule, type Kernel } from '../kernel.ts';
import { withNode, withWaits, type Machine } from '../state/machine.ts';
import { withRequest, zoneNormal } from '../state/node.ts';
import { withThrottled } from '../state/waits.ts';
import { populatedZone, zonePageState, type Zone } from '../state/zone.ts';
import { wakeQueue } from './wakeup.ts';

/** What a task that is about to reclaim directly was told, and the machine after the question. */
export interface PfmemallocAnswer {
  readonly ok: boolean;
  readonly machine: Machine;
}

/**
 * Whether zones up to Normal, those that count, together hold more free pages than half of their min marks. If not,
 * kswapd is woken, for no zone above Normal. Without any reserve the answer is yes. Both names that the question has
 * had ask it, of other zones.
 */
export function aboveHalfOfReserves(k: Kernel, m: Machine, counts: (zone: Zone) => boolean): PfmemallocAnswer {
  const { zones, kswapd } = m.node;
  const normal = zoneNormal(m.node);
  let reserve = 0;
  let freePages = 0;
  for (let i = 0; i <= normal; i++) {
    const zone = zones[i]!;
    if (!counts(zone)) continue;
    reserve += k.minWmarkPages(k, zone);
    freePages += zonePageState(zone);
  }
  if (reserve === 0) return { ok: true, machine: m };

  const ok = freePages > Math.floor(reserve / 2);
  if (ok || !m.waits.queued) return { ok, machine: m };
  const asked = withNode(m, withRequest(m.node, kswapd.order, Math.min(kswapd.zoneIdx, normal)));
  return { ok, machine: wakeQueue(asked) };
}

/**
 * Direct reclaim may go on while the zones up to Normal together hold more free pages than half of their min marks.
 * If not, kswapd is woken for the Normal zone, since it must be awake when tasks are throttled. Without any reserve
 * the answer is yes.
 * @kernel v4.0 mm/vmscan.c pfmemalloc_watermark_ok
 */
export function pfmemallocWatermarkOk(k: Kernel, m: Machine): PfmemallocAnswer {
  return aboveHalfOfReserves(k, m, populatedZone);
}

/**
 * The same question, by the name that the kernel has for it.
 * @kernel v4.0 mm/vmscan.c pfmemalloc_watermark_ok
 * @kernel v4.19 mm/vmscan.c allow_direct_reclaim
 */
export function mayReclaimDirectly(k: Kernel, m: Machine): PfmemallocAnswer {
  return hasRule(k, 'allowDirectReclaim') ? k.allowDirectReclaim(k, m) : k.pfmemallocWatermarkOk(k, m);
}

/**
 * Lets every task go that waits on pfmemalloc_wait.
 * @kernel v4.0 mm/vmscan.c prepare_kswapd_sleep
 */
export function releaseThrottled(m: Machine): Machine {
  return withWaits(m, withThrottled(m.waits, 0));
}
