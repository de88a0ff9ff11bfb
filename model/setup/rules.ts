import type { calculateTotalreservePages, setupPerZoneLowmemReserve } from './reserves.ts';
import type { swapSetup } from './swapSetup.ts';
import type {
  calculateNormalThreshold,
  calculatePressureThreshold,
  calculateZoneInactiveRatio,
  refreshZoneStatThresholds,
  setupPerZoneInactiveRatio,
} from './thresholds.ts';
import type { initPerZoneWmarkMin, nrFreeBufferPages, setupPerZoneWmarks } from './watermarks.ts';

/** The rules that make watermarks, reserves and thresholds. */
export interface SetupRules {
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
