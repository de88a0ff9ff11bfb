import { ALLOC_CMA, WMARK_MASK, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { System } from '../../state/system.ts';
import { zonePageState, type Zone } from '../../state/zone.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import type { CompactionResult } from '../compaction.ts';
import { wmarkPages } from '../marks.ts';

/**
 * The pages that compaction needs free to work with, for a request of the order: twice its size.
 * @kernel v4.19 include/linux/compaction.h compact_gap
 */
export const compactGap = (order: number): number => 2 << order;

/**
 * SUCCESS if the request would succeed as things are, at the mark that the flags name; SKIPPED if the zone would not
 * have the pages that compaction works with (its min mark, or its low mark for a costly order, and twice the request)
 * with `wmarkTarget` pages free, free CMA pages among them; CONTINUE otherwise, and always for order -1 (compaction of
 * everything, asked for by hand).
 * @kernel v4.19 mm/compaction.c __compaction_suitable
 */
export function __compactionSuitable(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  zoneIdx: number,
  wmarkTarget = zonePageState(zone),
): CompactionResult {
  if (order === -1) return 'COMPACT_CONTINUE';
  const mark = wmarkPages(k, zone, allocFlags & WMARK_MASK);
  if (k.zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags)) return 'COMPACT_SUCCESS';
  const least = order > PAGE_ALLOC_COSTLY_ORDER ? k.lowWmarkPages(k, zone) : k.minWmarkPages(k, zone);
  const workable = least + compactGap(order);
  const enough = k.__zoneWatermarkOk(k, system, zone, 0, workable, zoneIdx, ALLOC_CMA, wmarkTarget);
  return enough ? 'COMPACT_CONTINUE' : 'COMPACT_SKIPPED';
}

/**
 * The answer for the free pages that the cheap counter shows. For a costly order a zone is also SKIPPED if a failure
 * would be for lack of memory rather than fragmentation; for smaller ones the alternative to compaction may be to kill
 * a task. Without compaction built in, every zone is SKIPPED.
 * @kernel v4.19 mm/compaction.c compaction_suitable
 */
export function compactionSuitable(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  zoneIdx: number,
): CompactionResult {
  if (!system.compaction) return 'COMPACT_SKIPPED';
  const result = k.__compactionSuitable(k, system, zone, order, allocFlags, zoneIdx, zonePageState(zone));
  if (result !== 'COMPACT_CONTINUE' || order <= PAGE_ALLOC_COSTLY_ORDER) return result;
  const index = k.fragmentationIndex(k, zone, order);
  return index >= 0 && index <= system.extfragThreshold ? 'COMPACT_SKIPPED' : 'COMPACT_CONTINUE';
}
