import type { Kernel } from '../kernel.ts';
import { mapZones, type SetupMachine, type SetupZone } from './machine.ts';

/**
 * Of a lower zone, a request that may use zone j must leave the pages managed in the zones above it, up to j, divided
 * by the lower zone's ratio. Nothing is kept from a zone's own requests.
 * @kernel v4.0 mm/page_alloc.c setup_per_zone_lowmem_reserve
 * @abstracts entries towards lower zones, which the kernel never writes: they stay what they were.
 */
export function setupPerZoneLowmemReserve(k: Kernel, m: SetupMachine): SetupMachine {
  const ratios = m.lowmemReserveRatio.map((ratio) => Math.max(1, ratio));
  const reserved = mapZones(m, (zone, i, { zones }) => ({ ...zone, lowmemReserve: reservesOf(zones, i, ratios) }));
  return k.calculateTotalreservePages(k, { ...reserved, lowmemReserveRatio: ratios });
}

function reservesOf(zones: readonly SetupZone[], index: number, ratios: readonly number[]): readonly number[] {
  const reserves = zones.map((_zone, j) => zones[index]!.lowmemReserve[j] ?? 0);
  reserves[index] = 0;
  let above = 0;
  for (let j = index + 1; j < zones.length; j++) {
    above += zones[j]!.managed;
    reserves[j] = Math.floor(above / (ratios[index] ?? 1));
  }
  return reserves;
}

/**
 * What user allocations cannot have of a zone: its largest reserve plus its high mark, but no more than it manages.
 * @kernel v4.0 mm/page_alloc.c calculate_totalreserve_pages
 */
export function calculateTotalreservePages(k: Kernel, m: SetupMachine): SetupMachine {
  let totalreservePages = 0;
  const summed = mapZones(m, (zone, i) => {
    const dirtyBalanceReserve = reservePages(k, zone, i);
    totalreservePages += dirtyBalanceReserve;
    return { ...zone, dirtyBalanceReserve };
  });
  return { ...summed, totalreservePages };
}

/** What user allocations cannot have of the zone of this index. */
export function reservePages(k: Kernel, zone: SetupZone, index: number): number {
  const largest = Math.max(0, ...zone.lowmemReserve.slice(index));
  return Math.min(zone.managed, largest + k.highWmarkPages(k, zone));
}
