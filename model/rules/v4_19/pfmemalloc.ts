import type { Kernel } from '../../kernel.ts';
import type { Machine } from '../../state/machine.ts';
import { managedZone, type Zone } from '../../state/zone.ts';
import { MAX_RECLAIM_RETRIES } from '../../units.ts';
import { aboveHalfOfReserves, type PfmemallocAnswer } from '../pfmemalloc.ts';

/**
 * Direct reclaim may go on while the zones up to Normal that have anything to reclaim together hold more free pages
 * than half of their min marks. If not, kswapd is woken, and a request for more than the Normal zone is cut down to it.
 * Without any such zone the answer is yes, and so it is for a node past hope.
 * @kernel v4.19 mm/vmscan.c allow_direct_reclaim
 */
export function allowDirectReclaim(k: Kernel, m: Machine): PfmemallocAnswer {
  if (m.node.kswapd.failures >= MAX_RECLAIM_RETRIES) return { ok: true, machine: m };
  const counts = (zone: Zone): boolean => managedZone(zone) && k.zoneReclaimablePages(k, m.system, zone) > 0;
  return aboveHalfOfReserves(k, m, counts);
}
