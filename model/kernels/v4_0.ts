import { withoutRules, type Kernel, type RuleName } from '../kernel.ts';
import { transitions, yields } from '../loop/index.ts';
import { pgdatBalanced, zoneBalanced } from '../rules/balance.ts';
import { __compactionSuitable, compactionSuitable } from '../rules/compaction.ts';
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
const ABSENT = ['shrinkNode', 'compactionReady'] as const satisfies readonly RuleName[];

/** Linux v4.0 (April 2015): per-zone reclaim, the 25 % rule, kswapd compacts by itself. */
export const v4_0: Kernel = {
  name: 'v4.0',
  differences: [],
  absent: ABSENT,
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
  zoneBalanced,
  pgdatBalanced,
  pfmemallocWatermarkOk,
  prepareKswapdSleep,
  wakeupKswapd,
  shrinkZone,
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
  transitions,
  yields,
};
