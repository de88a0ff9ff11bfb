import type { Kernel } from '../../kernel.ts';
import type { Memory } from '../../state/memory.ts';
import { GFP_DIRECT_RECLAIM } from '../gfp.ts';
import { wakeKswapdOf, type Woken, type ZonelistRequest } from '../wakeAllKswapds.ts';
import { eligibleZones } from '../zonelistWalk.ts';

/**
 * The kswapd of every node that the request may use is asked through the first such zone of each, with the highest zone
 * index that the request may use. A node is told from the one before it only: if a zonelist comes back to a node, as
 * one in zone order does, its kswapd is asked again.
 * @kernel v4.19 mm/page_alloc.c wake_all_kswapds
 */
export function wakeAllKswapds(k: Kernel, memory: Memory, request: ZonelistRequest): Woken {
  const { zonelist, highZoneidx, nodemask, order, gfp } = request;
  const zones = eligibleZones(zonelist, highZoneidx, nodemask);
  const ofNodes = zones.filter(([node], i) => i === 0 || zones[i - 1]![0] !== node);
  return wakeKswapdOf(k, memory, ofNodes, order, highZoneidx, (gfp & GFP_DIRECT_RECLAIM) !== 0);
}
