import type { Kernel } from '../../kernel.ts';
import { mapZones, type SetupMachine, type SetupZone } from '../machine.ts';

/**
 * Of a lower zone, a request that may use zone j must leave the pages managed in the zones above it, up to j, divided
 * by the lower zone's ratio. An empty zone and one whose ratio is 0 keep nothing, and the latter's pages do not count
 * for the zones below it. A ratio below 0, which the setting refuses, is a huge one: it keeps nothing, but counts.
 * @kernel v5.9 mm/page_alloc.c setup_per_zone_lowmem_reserve
 */
export function setupPerZoneLowmemReserve(k: Kernel, m: SetupMachine): SetupMachine {
  const { lowmemReserveRatio: ratios } = m;
  const reserved = mapZones(m, (zone, i, { zones }) => ({ ...zone, lowmemReserve: reservesOf(zones, i, ratios) }));
  return k.calculateTotalreservePages(k, reserved);
}

function reservesOf(zones: readonly SetupZone[], index: number, ratios: readonly number[]): readonly number[] {
  const reserves = [...zones[index]!.lowmemReserve];
  reserves[index] = 0;
  const ratio = zones[index]!.managed === 0 ? 0 : (ratios[index] ?? 0);
  let between = 0;
  for (let j = index + 1; j < zones.length; j++) {
    const { managed } = zones[j]!;
    reserves[j] = ratio <= 0 ? 0 : Math.floor((between + managed) / ratio);
    if (ratios[j] !== 0) between += managed;
  }
  return reserves;
}
