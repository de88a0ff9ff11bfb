import { acClasszoneIdx } from './classzone.ts';
import { gfpPfmemallocAllowed, gfpToAllocFlags } from './gfpToAllocFlags.ts';
import { gfpflagsToMigratetype, gfpZone } from './gfpZone.ts';
import { memallocNoioFlags, shouldAllocRetry } from './retry.ts';
import { resetAllocBatch, rmqueue } from './rmqueue.ts';
import type { AllocatorRules } from './rules.ts';
import { wakeAllKswapds } from './wakeAllKswapds.ts';
import { zoneAllowsReclaim } from './zone.ts';
import { zlcClearZonesFull, zlcMarkZoneFull, zlcSetup, zlcZoneWorthTrying } from './zonelistCache.ts';
import { buildZonelists, findNextBestNode, zonelistOf } from './zonelists.ts';

/** Rules of the page allocator that v4.0 does not have yet. */
export const LATER_ALLOCATOR_RULES = [
  '__gfpPfmemallocFlags',
  'currentAllocFlags',
  'allocFlagsNofragment',
  'zoneWatermarkFast',
  '__zoneWatermarkUnusableFree',
  'currentGfpContext',
  'reserveHighatomicPageblock',
  'unreserveHighatomicPageblock',
  'shouldReclaimRetry',
  'shouldCompactRetry',
  'compactionZonelistSuitable',
] as const satisfies readonly (keyof AllocatorRules)[];

/** The page allocator's rules in v4.0. */
export const allocatorRules: Omit<AllocatorRules, (typeof LATER_ALLOCATOR_RULES)[number]> = {
  gfpZone,
  gfpflagsToMigratetype,
  gfpToAllocFlags,
  gfpPfmemallocAllowed,
  wakeAllKswapds,
  acClasszoneIdx,
  zoneAllowsReclaim,
  zlcSetup,
  zlcZoneWorthTrying,
  zlcMarkZoneFull,
  zlcClearZonesFull,
  rmqueue,
  resetAllocBatch,
  shouldAllocRetry,
  memallocNoioFlags,
  buildZonelists,
  findNextBestNode,
  zonelistOf,
};
