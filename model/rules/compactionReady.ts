import type { Kernel } from '../kernel.ts';
import { balanceGap } from '../loop/byZone/shrink.ts';
import type { System } from '../state/system.ts';
import type { Zone } from '../state/zone.ts';

/**
 * Direct reclaim leaves a zone to compaction if compaction is possible, or not needed, and the zone is above its high
 * mark by its gap and by twice the request. No reserve counts: the zone is judged as if by its own requests.
 * @kernel v4.0 mm/vmscan.c compaction_ready
 * @abstracts compaction_deferred: compaction is never put off for having failed before.
 */
export function compactionReady(k: Kernel, system: System, zone: Zone, order: number, _reclaimIdx: number): boolean {
  if (k.compactionSuitable(k, system, zone, order, 0, 0) === 'COMPACT_SKIPPED') return false;
  const mark = k.highWmarkPages(k, zone) + balanceGap(zone) + (2 << order);
  return k.zoneWatermarkOkSafe(k, system, zone, 0, mark, 0, 0);
}
