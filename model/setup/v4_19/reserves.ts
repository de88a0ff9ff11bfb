import type { Kernel } from '../../kernel.ts';
import { mapZones, type SetupMachine, type SetupNode } from '../machine.ts';
import { reservePages } from '../reserves.ts';

/**
 * As in v4.0, but a zone whose ratio is below 1 keeps nothing from requests that may use higher zones, and the ratio
 * becomes 0.
 * @kernel v4.19 mm/page_alloc.c setup_per_zone_lowmem_reserve
 */
export function setupPerZoneLowmemReserve(k: Kernel, m: SetupMachine): SetupMachine {
  const zoneCount = m.nodes[0]?.zones.length ?? 0;
  // The highest zone's ratio is never looked at.
  const ratios = m.lowmemReserveRatio.map((ratio, i) => (i < zoneCount - 1 ? Math.max(0, ratio) : ratio));
  const reserved = mapZones(m, (zone, i, { zones }) => {
    const lowmemReserve = [...zone.lowmemReserve];
    lowmemReserve[i] = 0;
    const ratio = ratios[i] ?? 0;
    let above = 0;
    for (let j = i + 1; j < zones.length; j++) {
      above += zones[j]!.managed;
      lowmemReserve[j] = ratio === 0 ? 0 : Math.floor(above / ratio);
    }
    return { ...zone, lowmemReserve };
  });
  return k.calculateTotalreservePages(k, { ...reserved, lowmemReserveRatio: ratios });
}

/**
 * What user allocations cannot have of a zone is as in v4.0; it is added up for each node, as dirty limits now go by
 * nodes, and for the machine.
 * @kernel v4.19 mm/page_alloc.c calculate_totalreserve_pages
 */
export function calculateTotalreservePages(k: Kernel, m: SetupMachine): SetupMachine {
  const nodes = m.nodes.map(({ id, zones }): SetupNode => {
    const totalreservePages = zones.reduce((sum, zone, i) => sum + reservePages(k, zone, i), 0);
    return { id, totalreservePages, zones };
  });
  return { ...m, nodes, totalreservePages: nodes.reduce((sum, node) => sum + node.totalreservePages, 0) };
}
