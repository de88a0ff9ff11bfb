import type { Kernel } from '../kernel.ts';
import { PAGE_SHIFT } from '../units.ts';
import { fls, intSqrt } from './arithmetic.ts';
import { mapZones, type SetupMachine, type SetupZone } from './machine.ts';

const MAX_THRESHOLD = 125;

/**
 * How far each cpu's count may drift while kswapd sleeps: it grows with the logarithms of cpus and of memory (in 128
 * MiB), up to 125 pages.
 * @kernel v4.0 mm/vmstat.c calculate_normal_threshold
 */
export function calculateNormalThreshold(_k: Kernel, zone: SetupZone, onlineCpus: number): number {
  const mem = Math.floor(zone.managed / (1 << (27 - PAGE_SHIFT)));
  return Math.min(MAX_THRESHOLD, 2 * fls(onlineCpus) * (1 + fls(mem)));
}

/**
 * How far each cpu's count may drift while kswapd is awake: so little that all cpus together cannot hide the distance
 * from low to min; 1 to 125 pages.
 * @kernel v4.0 mm/vmstat.c calculate_pressure_threshold
 */
export function calculatePressureThreshold(_k: Kernel, zone: SetupZone, onlineCpus: number): number {
  // The kernel divides without a sign: low below min, which no set-up makes, is a huge distance for several cpus.
  const distance = (zone.watermark.low - zone.watermark.min) >>> 0;
  return Math.min(MAX_THRESHOLD, Math.max(1, Math.floor(distance / onlineCpus) | 0));
}

/**
 * Every zone gets its normal threshold. Where all cpus' drift could exceed the distance from low to min, the drift
 * mark is set at the high mark plus that drift; where it could not, an earlier mark stays.
 * @kernel v4.0 mm/vmstat.c refresh_zone_stat_thresholds
 */
export function refreshZoneStatThresholds(k: Kernel, m: SetupMachine): SetupMachine {
  return mapZones(m, (zone) => {
    const normalThreshold = k.calculateNormalThreshold(k, zone, m.onlineCpus);
    const pressureThreshold = k.calculatePressureThreshold(k, zone, m.onlineCpus);
    const { min, low } = zone.watermark;
    const maxDrift = m.onlineCpus * normalThreshold;
    // Low below min counts as a huge distance, as above.
    const matters = zone.present > 0 && low >= min && maxDrift > low - min;
    const percpuDriftMark = matters ? k.highWmarkPages(k, zone) + maxDrift : zone.percpuDriftMark;
    return { ...zone, normalThreshold, pressureThreshold, percpuDriftMark };
  });
}

/**
 * Anonymous pages are aged until active are at most this many times inactive ones: the root of ten times the zone's
 * gibibytes, or 1.
 * @kernel v4.0 mm/page_alloc.c calculate_zone_inactive_ratio
 */
export function calculateZoneInactiveRatio(_k: Kernel, zone: SetupZone): number {
  const gibibytes = Math.floor(zone.managed / (1 << (30 - PAGE_SHIFT)));
  return gibibytes > 0 ? intSqrt(10 * gibibytes) : 1;
}

/**
 * Every zone gets its inactive ratio.
 * @kernel v4.0 mm/page_alloc.c setup_per_zone_inactive_ratio
 */
export function setupPerZoneInactiveRatio(k: Kernel, m: SetupMachine): SetupMachine {
  return mapZones(m, (zone) => ({ ...zone, inactiveRatio: k.calculateZoneInactiveRatio(k, zone) }));
}
