import type { Machine } from './machine.ts';
import type { Node } from './node.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';
import type { Waits } from './waits.ts';
import type { ZoneName } from './zone.ts';

/** A node with its kswapd, and who waits on it. */
export interface Pgdat {
  readonly node: Node;
  readonly thread: Thread;
  readonly waits: Waits;
}

/** The zones that every node has, by architecture: DMA, DMA32, Normal, Movable or DMA, Normal, HighMem, Movable. */
export const LAYOUTS = {
  x86_64: ['DMA', 'DMA32', 'Normal', 'Movable'],
  x86_32: ['DMA', 'Normal', 'HighMem', 'Movable'],
} as const satisfies Readonly<Record<string, readonly ZoneName[]>>;
export type LayoutName = keyof typeof LAYOUTS;

/** What lies outside the nodes and still enters the page allocator's decisions. */
export interface Numa {
  readonly layout: LayoutName;
  /** Distances between nodes, by position: 10 is near. */
  readonly distance: readonly (readonly number[])[];
  /** zone_reclaim_mode, later node_reclaim_mode. */
  readonly zoneReclaimMode: number;
  /** The storage is suspended: gfp_allowed_mask lacks IO and FS. */
  readonly suspendedStorage: boolean;
  readonly zonelistOrder: 'node' | 'zone' | 'default';
}

/** A zone, by its node's position and its own index. */
export type ZoneRef = readonly [node: number, zone: number];

/**
 * The zonelist cache: positions of a zonelist whose zones were found full lately.
 * @kernel v4.0 include/linux/mmzone.h struct zonelist_cache
 */
export interface ZonelistCache {
  readonly full: readonly number[];
  /** More than a second has passed since it was last cleared. */
  readonly stale: boolean;
}

/**
 * Where requests made on a node look for memory, in order.
 * @kernel v4.0 include/linux/mmzone.h struct zonelist
 */
export interface Zonelists {
  readonly fallback: readonly ZoneRef[];
  /** For requests that may not leave the node. */
  readonly thisNode: readonly ZoneRef[];
  /** Of `fallback`; up to v4.0. */
  readonly zlc: ZonelistCache;
}

/** All nodes and what joins them: what every task and every kswapd shares. */
export interface Memory {
  readonly system: System;
  readonly numa: Numa;
  readonly pgdats: readonly Pgdat[];
  /** By position of the node. */
  readonly zonelists: readonly Zonelists[];
}

/** One node of the memory as its kswapd sees it. */
export function machineOf(memory: Memory, index: number): Machine {
  const { node, thread, waits } = memory.pgdats[index]!;
  return { system: memory.system, node, thread, waits };
}

/** The memory after one of its nodes went on. */
export function withMachine(memory: Memory, index: number, { system, node, thread, waits }: Machine): Memory {
  const pgdats = memory.pgdats.slice();
  pgdats[index] = { node, thread, waits };
  return { system, numa: memory.numa, pgdats, zonelists: memory.zonelists };
}

/** The memory with a zone replaced. */
export function withZoneAt(memory: Memory, [index, zone]: ZoneRef, changed: Node['zones'][number]): Memory {
  const { node, thread, waits } = memory.pgdats[index]!;
  if (node.zones[zone] === changed) return memory;
  const zones = node.zones.slice();
  zones[zone] = changed;
  const pgdats = memory.pgdats.slice();
  pgdats[index] = { node: { id: node.id, zones, kswapd: node.kswapd, dirtyOk: node.dirtyOk }, thread, waits };
  return { system: memory.system, numa: memory.numa, pgdats, zonelists: memory.zonelists };
}

/** The memory with another zonelist cache of a node. */
export function withZlc(memory: Memory, index: number, zlc: ZonelistCache): Memory {
  const { fallback, thisNode, zlc: before } = memory.zonelists[index]!;
  if (before === zlc) return memory;
  const zonelists = memory.zonelists.slice();
  zonelists[index] = { fallback, thisNode, zlc };
  return { system: memory.system, numa: memory.numa, pgdats: memory.pgdats, zonelists };
}

/** The zone at a place. */
export const zoneAt = (memory: Memory, [node, zone]: ZoneRef) => memory.pgdats[node]!.node.zones[zone]!;
