import { populatedZone, type Zone } from './zone.ts';

/**
 * What is asked of a node's kswapd, and how its last runs went.
 * @kernel v4.0 include/linux/mmzone.h struct pglist_data
 */
export interface Request {
  /** Highest order asked for: kswapd_max_order. */
  readonly order: number;
  /** Lowest zone index asked for: classzone_idx. */
  readonly zoneIdx: number;
  /** Runs in a row without progress: kswapd_failures, from v4.12 on. */
  readonly failures: number;
}

/**
 * A node: its zones from the lowest to the highest (an index is the kernel's zone_idx) and the request to its kswapd.
 * @kernel v4.0 include/linux/mmzone.h struct pglist_data
 */
export interface Node {
  readonly id: number;
  readonly zones: readonly Zone[];
  readonly kswapd: Request;
  /** Whether the node is within its dirty limit, from v4.8 on; before, each zone is judged. */
  readonly dirtyOk: boolean;
}

/**
 * One more than the index of the highest populated zone; 0 for a node without memory.
 * @kernel v4.0 mm/page_alloc.c free_area_init_core
 */
export function nrZones(node: Node): number {
  for (let i = node.zones.length - 1; i >= 0; i--) if (populatedZone(node.zones[i]!)) return i + 1;
  return 0;
}

/**
 * The index of the Normal zone, or -1 in a node that has none.
 * @kernel v4.0 include/linux/mmzone.h enum zone_type
 */
export function zoneNormal(node: Node): number {
  for (let i = 0; i < node.zones.length; i++) if (node.zones[i]!.name === 'Normal') return i;
  return -1;
}

/** The node with one zone replaced. */
export function withZone(node: Node, index: number, zone: Zone): Node {
  if (node.zones[index] === zone) return node;
  const zones = node.zones.slice();
  zones[index] = zone;
  return { id: node.id, zones, kswapd: node.kswapd, dirtyOk: node.dirtyOk };
}

/** The node with other zones, and so many runs in a row without progress. */
export function withFailures(node: Node, zones: readonly Zone[], failures: number): Node {
  const { order, zoneIdx } = node.kswapd;
  return { id: node.id, zones, kswapd: { order, zoneIdx, failures }, dirtyOk: node.dirtyOk };
}

/** The node with another request. */
export function withRequest(node: Node, order: number, zoneIdx: number): Node {
  const { failures } = node.kswapd;
  return { id: node.id, zones: node.zones, kswapd: { order, zoneIdx, failures }, dirtyOk: node.dirtyOk };
}
