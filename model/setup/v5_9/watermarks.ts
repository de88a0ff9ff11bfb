import type { Kernel } from '../../kernel.ts';
import { mapZones, type SetupMachine } from '../machine.ts';
import { setupPerZoneWmarks as setupScaledWmarks } from '../v4_19/watermarks.ts';
import { setupFromLowMemory } from '../watermarks.ts';

/**
 * As in v4.19, but min_free_kbytes may grow up to 262144 kibibytes.
 * @kernel v5.9 mm/page_alloc.c init_per_zone_wmark_min
 */
export function initPerZoneWmarkMin(k: Kernel, m: SetupMachine): SetupMachine {
  return setupFromLowMemory(k, m, 262_144);
}

/**
 * As in v4.19; before low and high are set, every boost ends.
 * @kernel v5.9 mm/page_alloc.c __setup_per_zone_wmarks
 */
export function setupPerZoneWmarks(k: Kernel, m: SetupMachine): SetupMachine {
  return setupScaledWmarks(
    k,
    mapZones(m, (zone) => ({ ...zone, boost: 0 })),
  );
}
