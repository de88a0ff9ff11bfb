import { allocator } from '../alloc/allocator.ts';
import { allocatorRules, LATER_ALLOCATOR_RULES } from '../alloc/index.ts';
import { directReclaim } from '../direct/v4_0/index.ts';
import { withoutRules, type Difference, type Kernel, type RuleName } from '../kernel.ts';
import { loopByZone } from '../loop/byZone/index.ts';
import { pgdatBalanced, zoneBalanced } from '../rules/balance.ts';
import { __compactionSuitable, compactionSuitable } from '../rules/compaction.ts';
import { compactionReady } from '../rules/compactionReady.ts';
import { __fragmentationIndex, fillContigPageInfo, fragmentationIndex } from '../rules/fragmentation.ts';
import { highWmarkPages, lowWmarkPages, minWmarkPages } from '../rules/marks.ts';
import { pfmemallocWatermarkOk } from '../rules/pfmemalloc.ts';
import { shrinkZone } from '../rules/reclaim.ts';
import { zoneReclaimable, zoneReclaimablePages } from '../rules/reclaimable.ts';
import { prepareKswapdSleep } from '../rules/sleep.ts';
import { wakeupKswapd } from '../rules/wakeup.ts';
import { __zoneWatermarkOk, zoneWatermarkOk, zoneWatermarkOkSafe } from '../rules/watermark.ts';
import { calculateTotalreservePages, setupPerZoneLowmemReserve } from '../setup/reserves.ts';
import { swapSetup } from '../setup/swapSetup.ts';
import {
  calculateNormalThreshold,
  calculatePressureThreshold,
  calculateZoneInactiveRatio,
  refreshZoneStatThresholds,
  setupPerZoneInactiveRatio,
} from '../setup/thresholds.ts';
import { initPerZoneWmarkMin, nrFreeBufferPages, setupPerZoneWmarks } from '../setup/watermarks.ts';

/** Rules of later kernels. */
const ABSENT = [
  'allowDirectReclaim',
  'pgdatWatermarkBoosted',
  'kswapdClasszoneIdx',
  'kswapdHighestZoneidx',
  'shrinkNode',
  ...LATER_ALLOCATOR_RULES,
] as const satisfies readonly RuleName[];

/** Linux v4.0 (April 2015): per-zone reclaim, the 25 % rule, kswapd compacts by itself. */
export const v4_0 = {
  name: 'v4.0',
  base: 'v4.0',
  differences: [] as readonly Difference[],
  absent: ABSENT as readonly RuleName[],
  ...withoutRules('v4.0', ABSENT),
  minWmarkPages,
  lowWmarkPages,
  highWmarkPages,
  __zoneWatermarkOk,
  zoneWatermarkOk,
  zoneWatermarkOkSafe,
  zoneReclaimablePages,
  zoneReclaimable,
  fillContigPageInfo,
  __fragmentationIndex,
  fragmentationIndex,
  __compactionSuitable,
  compactionSuitable,
  compactionReady,
  zoneBalanced,
  pgdatBalanced,
  pfmemallocWatermarkOk,
  prepareKswapdSleep,
  wakeupKswapd,
  shrinkZone,
  ...allocatorRules,
  swapSetup,
  nrFreeBufferPages,
  initPerZoneWmarkMin,
  setupPerZoneWmarks,
  setupPerZoneLowmemReserve,
  calculateTotalreservePages,
  refreshZoneStatThresholds,
  calculateNormalThreshold,
  calculatePressureThreshold,
  setupPerZoneInactiveRatio,
  calculateZoneInactiveRatio,
  ...loopByZone,
  directReclaim,
  allocator,
} satisfies Kernel;
