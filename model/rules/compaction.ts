import type { AllocFlags } from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import type { System } from '../state/system.ts';
import type { Zone } from '../state/zone.ts';

/**
 * Whether compacting a zone makes sense for a request. Later kernels say SUCCESS where v4.0 says PARTIAL.
 * @kernel v4.0 include/linux/compaction.h COMPACT_SKIPPED, COMPACT_CONTINUE, COMPACT_PARTIAL
 * @kernel v4.19 include/linux/compaction.h COMPACT_SUCCESS
 */
export type CompactionResult =
  'COMPACT_SKIPPED' | 'COMPACT_CONTINUE' | 'COMPACT_PARTIAL' | 'COMPACT_SUCCESS' | 'COMPACT_NOT_SUITABLE_ZONE';

/**
 * PARTIAL if the request would succeed at the low mark as things are; SKIPPED if the zone lacks the pages that
 * compaction needs as working space (low mark + 2 << order); NOT_SUITABLE_ZONE if a failure would be for lack of
 * memory rather than fragmentation; CONTINUE otherwise, and always for order -1 (compaction of everything, asked for
 * by hand).
 * @kernel v4.0 mm/compaction.c __compaction_suitable
 */
export function __compactionSuitable(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  zoneIdx: number,
): CompactionResult {
  if (order === -1) return 'COMPACT_CONTINUE';
  const low = k.lowWmarkPages(k, zone);
  if (k.zoneWatermarkOk(k, system, zone, order, low, zoneIdx, allocFlags)) return 'COMPACT_PARTIAL';
  if (!k.zoneWatermarkOk(k, system, zone, 0, low + (2 << order), zoneIdx, allocFlags)) return 'COMPACT_SKIPPED';
  const index = k.fragmentationIndex(k, zone, order);
  return index >= 0 && index <= system.extfragThreshold ? 'COMPACT_NOT_SUITABLE_ZONE' : 'COMPACT_CONTINUE';
}

/**
 * The same answer, with an unsuitable zone reported as SKIPPED.
 * @kernel v4.0 mm/compaction.c compaction_suitable
 */
export function compactionSuitable(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  zoneIdx: number,
): CompactionResult {
  const result = k.__compactionSuitable(k, system, zone, order, allocFlags, zoneIdx);
  return result === 'COMPACT_NOT_SUITABLE_ZONE' ? 'COMPACT_SKIPPED' : result;
}
