import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import type { Zone } from '../../state/zone.ts';
import { compactGap } from './compaction.ts';

/**
 * Direct reclaim leaves a zone to compaction if the request would succeed as things are, or if compaction is possible
 * and the zone is above its high mark by the pages that compaction works with.
 * @kernel v4.19 mm/vmscan.c compaction_ready
 */
export function compactionReady(k: Kernel, system: System, zone: Zone, order: number, reclaimIdx: number): boolean {
  const suitable = k.compactionSuitable(k, system, zone, order, 0, reclaimIdx);
  if (suitable === 'COMPACT_SUCCESS') return true;
  if (suitable === 'COMPACT_SKIPPED') return false;
  return k.zoneWatermarkOkSafe(k, system, zone, 0, k.highWmarkPages(k, zone) + compactGap(order), reclaimIdx, 0);
}
