import type { Kernel } from '../kernel.ts';
import type { Node } from '../state/node.ts';
import { LAYOUTS, type Numa, type Zonelists, type ZoneRef } from '../state/memory.ts';
import { populatedZone } from '../state/zone.ts';

/**
 * What a processor in a node adds to the node's distance: pages are rather taken where nothing runs.
 * @kernel v4.0 include/linux/topology.h PENALTY_FOR_NODE_WITH_CPUS
 */
const PENALTY_FOR_NODE_WITH_CPUS = 1;

/**
 * How many nodes the kernel is built for: x86 with NODES_SHIFT 6.
 * @kernel v4.0 include/linux/numa.h MAX_NUMNODES
 */
const MAX_NUMNODES = 64;

/** The nodes that zonelists are built for. */
export interface Nodes {
  readonly nodes: readonly Node[];
  /** By position of the node. */
  readonly hasCpus: readonly boolean[];
  readonly numa: Pick<Numa, 'layout' | 'distance' | 'zonelistOrder'>;
}

/** How often a node stood first in its group of equally near ones, weighted, by position. */
type NodeLoad = readonly number[];

interface NodeOrder {
  readonly order: readonly number[];
  readonly load: NodeLoad;
}

const EMPTY_CACHE = { full: [], stale: false };

/**
 * Builds every node's zonelists: the nodes by their distance, where equally near ones take turns from one list to the
 * next. In node order all zones of a node come before the next node; in zone order all Movable zones come first, and
 * all DMA zones last.
 * @kernel v4.0 mm/page_alloc.c build_zonelists, __build_all_zonelists
 */
export function buildZonelists(k: Kernel, given: Nodes): readonly Zonelists[] {
  const lists: Zonelists[] = [];
  let load: NodeLoad = given.nodes.map(() => 0);
  for (let local = 0; local < given.nodes.length; local++) {
    const ordered = nodeOrder(k, given, local, load);
    load = ordered.load;
    lists.push({
      fallback: k.zonelistOf(k, given, ordered.order),
      thisNode: k.zonelistOf(k, given, [local]),
      zlc: EMPTY_CACHE,
    });
  }
  return lists;
}

/** The nodes in the order in which requests of one of them look for memory. */
function nodeOrder(k: Kernel, given: Nodes, local: number, before: NodeLoad): NodeOrder {
  const { nodes, numa } = given;
  const distances = numa.distance[local]!;
  const order: number[] = [];
  const load = before.slice();
  let previous = local;
  for (;;) {
    const next = k.findNextBestNode(k, given, local, order, load);
    if (next === undefined) return { order, load };
    if (distances[next] !== distances[previous]) load[next] = nodes.length - order.length;
    previous = next;
    order.push(next);
  }
}

/**
 * The node that comes next after those already used, or undefined: the local one first, with or without memory; then
 * of those with memory the nearest, where one below the local node, one with processors, and lastly one that other
 * lists already begin with stands back.
 * @kernel v4.0 mm/page_alloc.c find_next_best_node
 */
export function findNextBestNode(
  _k: Kernel,
  { nodes, hasCpus, numa }: Nodes,
  local: number,
  used: readonly number[],
  load: readonly number[],
): number | undefined {
  if (!used.includes(local)) return local;
  let best: number | undefined;
  let least = Infinity;
  for (let n = 0; n < nodes.length; n++) {
    if (used.includes(n) || !nodes[n]!.zones.some(populatedZone)) continue;
    let distance = numa.distance[local]![n]!;
    if (n < local) distance += 1;
    if (hasCpus[n]!) distance += PENALTY_FOR_NODE_WITH_CPUS;
    const value = distance * nodes.length * MAX_NUMNODES + load[n]!;
    if (value >= least) continue;
    least = value;
    best = n;
  }
  return best;
}

/**
 * The zones of some nodes, in the order that the machine is set to: by node, or by zone. A machine of 64 bits goes by
 * node if nothing is set, one of 32 bits by zone, to spare its low memory.
 * @kernel v4.0 mm/page_alloc.c build_zonelists_in_node_order, build_zonelists_in_zone_order, default_zonelist_order
 */
export function zonelistOf(_k: Kernel, { nodes, numa }: Nodes, order: readonly number[]): readonly ZoneRef[] {
  const list: ZoneRef[] = [];
  const add = (node: number, zone: number): void => {
    if (populatedZone(nodes[node]!.zones[zone]!)) list.push([node, zone]);
  };
  const highest = LAYOUTS[numa.layout].length - 1;
  const byDefault = numa.layout === 'x86_64' ? 'node' : 'zone';
  if ((numa.zonelistOrder === 'default' ? byDefault : numa.zonelistOrder) === 'node') {
    for (const node of order) for (let zone = highest; zone >= 0; zone--) add(node, zone);
  } else {
    for (let zone = highest; zone >= 0; zone--) for (const node of order) add(node, zone);
  }
  return list;
}
