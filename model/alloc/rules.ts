import type { acClasszoneIdx } from './classzone.ts';
import type { gfpflagsToMigratetype, gfpZone } from './gfpZone.ts';
import type { gfpPfmemallocAllowed, gfpToAllocFlags } from './gfpToAllocFlags.ts';
import type { memallocNoioFlags, shouldAllocRetry } from './retry.ts';
import type { resetAllocBatch, rmqueue } from './rmqueue.ts';
import type { currentGfpContext } from './v4_19/gfpContext.ts';
import type { __gfpPfmemallocFlags, currentAllocFlags } from './v4_19/gfpToAllocFlags.ts';
import type { reserveHighatomicPageblock, unreserveHighatomicPageblock } from './v4_19/highatomic.ts';
import type { compactionZonelistSuitable, shouldCompactRetry, shouldReclaimRetry } from './v4_19/retry.ts';
import type { zoneWatermarkFast } from './v4_19/watermarkFast.ts';
import type { allocFlagsNofragment } from './v5_9/gfpToAllocFlags.ts';
import type { __zoneWatermarkUnusableFree } from './v5_9/watermarkFast.ts';
import type { wakeAllKswapds } from './wakeAllKswapds.ts';
import type { zoneAllowsReclaim } from './zone.ts';
import type { zlcClearZonesFull, zlcMarkZoneFull, zlcSetup, zlcZoneWorthTrying } from './zonelistCache.ts';
import type { buildZonelists, findNextBestNode, zonelistOf } from './zonelists.ts';

/** The rules by which the page allocator judges requests and zones, and takes from these. */
export interface AllocatorRules {
  readonly gfpZone: typeof gfpZone;
  readonly gfpflagsToMigratetype: typeof gfpflagsToMigratetype;
  readonly gfpToAllocFlags: typeof gfpToAllocFlags;
  readonly gfpPfmemallocAllowed: typeof gfpPfmemallocAllowed;
  readonly __gfpPfmemallocFlags: typeof __gfpPfmemallocFlags;
  readonly currentAllocFlags: typeof currentAllocFlags;
  readonly allocFlagsNofragment: typeof allocFlagsNofragment;
  readonly zoneWatermarkFast: typeof zoneWatermarkFast;
  readonly __zoneWatermarkUnusableFree: typeof __zoneWatermarkUnusableFree;
  readonly wakeAllKswapds: typeof wakeAllKswapds;
  readonly acClasszoneIdx: typeof acClasszoneIdx;
  readonly zoneAllowsReclaim: typeof zoneAllowsReclaim;
  readonly zlcSetup: typeof zlcSetup;
  readonly zlcZoneWorthTrying: typeof zlcZoneWorthTrying;
  readonly zlcMarkZoneFull: typeof zlcMarkZoneFull;
  readonly zlcClearZonesFull: typeof zlcClearZonesFull;
  readonly rmqueue: typeof rmqueue;
  readonly resetAllocBatch: typeof resetAllocBatch;
  readonly shouldAllocRetry: typeof shouldAllocRetry;
  readonly memallocNoioFlags: typeof memallocNoioFlags;
  readonly currentGfpContext: typeof currentGfpContext;
  readonly reserveHighatomicPageblock: typeof reserveHighatomicPageblock;
  readonly unreserveHighatomicPageblock: typeof unreserveHighatomicPageblock;
  readonly shouldReclaimRetry: typeof shouldReclaimRetry;
  readonly shouldCompactRetry: typeof shouldCompactRetry;
  readonly compactionZonelistSuitable: typeof compactionZonelistSuitable;
  readonly buildZonelists: typeof buildZonelists;
  readonly findNextBestNode: typeof findNextBestNode;
  readonly zonelistOf: typeof zonelistOf;
}
