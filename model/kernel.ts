import type { Transition, Yield } from './loop/transition.ts';
import type { pgdatBalanced, zoneBalanced } from './rules/balance.ts';
import type { __compactionSuitable, compactionSuitable } from './rules/compaction.ts';
import type { __fragmentationIndex, fillContigPageInfo, fragmentationIndex } from './rules/fragmentation.ts';
import type { pfmemallocWatermarkOk } from './rules/pfmemalloc.ts';
import type { shrinkZone } from './rules/reclaim.ts';
import type { zoneReclaimable, zoneReclaimablePages } from './rules/reclaimable.ts';
import type { prepareKswapdSleep } from './rules/sleep.ts';
import type { wakeupKswapd } from './rules/wakeup.ts';
import type { __zoneWatermarkOk, zoneWatermarkOk, zoneWatermarkOkSafe } from './rules/watermark.ts';
import type { calculateTotalreservePages, setupPerZoneLowmemReserve } from './setup/reserves.ts';
import type { swapSetup } from './setup/swapSetup.ts';
import type {
  calculateNormalThreshold,
  calculatePressureThreshold,
  calculateZoneInactiveRatio,
  refreshZoneStatThresholds,
  setupPerZoneInactiveRatio,
} from './setup/thresholds.ts';
import type { initPerZoneWmarkMin, nrFreeBufferPages, setupPerZoneWmarks } from './setup/watermarks.ts';
import type { RunningPoint, YieldPoint } from './state/thread.ts';

/**
 * The rules of a kernel. Each takes the kernel first, and asks other rules through it, so that a replaced one is used
 * everywhere.
 */
export interface Rules {
  readonly __zoneWatermarkOk: typeof __zoneWatermarkOk;
  readonly zoneWatermarkOk: typeof zoneWatermarkOk;
  readonly zoneWatermarkOkSafe: typeof zoneWatermarkOkSafe;
  readonly zoneReclaimablePages: typeof zoneReclaimablePages;
  readonly zoneReclaimable: typeof zoneReclaimable;
  readonly fillContigPageInfo: typeof fillContigPageInfo;
  readonly __fragmentationIndex: typeof __fragmentationIndex;
  readonly fragmentationIndex: typeof fragmentationIndex;
  readonly __compactionSuitable: typeof __compactionSuitable;
  readonly compactionSuitable: typeof compactionSuitable;
  readonly zoneBalanced: typeof zoneBalanced;
  readonly pgdatBalanced: typeof pgdatBalanced;
  readonly pfmemallocWatermarkOk: typeof pfmemallocWatermarkOk;
  readonly prepareKswapdSleep: typeof prepareKswapdSleep;
  readonly wakeupKswapd: typeof wakeupKswapd;
  readonly shrinkZone: typeof shrinkZone;
  readonly swapSetup: typeof swapSetup;
  readonly nrFreeBufferPages: typeof nrFreeBufferPages;
  readonly initPerZoneWmarkMin: typeof initPerZoneWmarkMin;
  readonly setupPerZoneWmarks: typeof setupPerZoneWmarks;
  readonly setupPerZoneLowmemReserve: typeof setupPerZoneLowmemReserve;
  readonly calculateTotalreservePages: typeof calculateTotalreservePages;
  readonly refreshZoneStatThresholds: typeof refreshZoneStatThresholds;
  readonly calculateNormalThreshold: typeof calculateNormalThreshold;
  readonly calculatePressureThreshold: typeof calculatePressureThreshold;
  readonly setupPerZoneInactiveRatio: typeof setupPerZoneInactiveRatio;
  readonly calculateZoneInactiveRatio: typeof calculateZoneInactiveRatio;
}

/** A kernel: its rules, and what its kswapd does at each point of its loop. */
export interface Kernel extends Rules {
  readonly name: string;
  readonly transitions: Readonly<Record<RunningPoint, Transition>>;
  readonly yields: Readonly<Record<YieldPoint, Yield>>;
}

/** What a kernel does differently from the one that it is made from. */
export interface Changes extends Partial<Rules> {
  readonly name: string;
  readonly transitions?: Partial<Kernel['transitions']>;
  readonly yields?: Partial<Kernel['yields']>;
}

/** A kernel like another one but for some rules or steps of its loop. */
export function deriveKernel(base: Kernel, changes: Changes): Kernel {
  return {
    ...base,
    ...changes,
    transitions: { ...base.transitions, ...changes.transitions },
    yields: { ...base.yields, ...changes.yields },
  };
}
