import type { Kernel } from '../../kernel.ts';
import type { ZoneRef } from '../../state/memory.ts';
import type { Nodes } from '../zonelists.ts';

/**
 * The zones of some nodes, all of a node before the next one; a zone without managed pages is left out.
 * @kernel v4.19 mm/page_alloc.c build_zonelists_in_node_order, build_zonerefs_node
 */
export function zonelistOf(_k: Kernel, { nodes }: Nodes, order: readonly number[]): readonly ZoneRef[] {
  const list: ZoneRef[] = [];
  for (const node of order) {
    const { zones } = nodes[node]!;
    for (let zone = zones.length - 1; zone >= 0; zone--) if (zones[zone]!.managed > 0) list.push([node, zone]);
  }
  return list;
}
