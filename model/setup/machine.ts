import type { Watermark, ZoneName } from '../state/zone.ts';

/** A zone as set-up sees and fills it. Quantities are in pages, thresholds in pages per cpu. */
export interface SetupZone {
  readonly name: ZoneName;
  readonly present: number;
  readonly managed: number;
  readonly watermark: Watermark;
  /** watermark_boost, from v5.0 on: pages by which all marks stand higher for a while. */
  readonly boost: number;
  readonly lowmemReserve: readonly number[];
  readonly percpuDriftMark: number;
  /** How far a cpu's free page count may differ before it is added to the zone's, while kswapd sleeps. */
  readonly normalThreshold: number;
  /** The same while kswapd is awake. */
  readonly pressureThreshold: number;
  /** Active to inactive anonymous pages that aging aims at, up to v4.6. */
  readonly inactiveRatio: number;
  /** Pages that dirty limits leave out of account, up to v4.7; later the node's totalreservePages say it. */
  readonly dirtyBalanceReserve: number;
}

export interface SetupNode {
  readonly id: number;
  /** Pages of the node that user allocations cannot have, from v4.8 on. */
  readonly totalreservePages: number;
  /** One per zone type, lowest first, as many in every node. */
  readonly zones: readonly SetupZone[];
}

/** All that decides watermarks and reserves, and what set-up made of it. */
export interface SetupMachine {
  readonly nodes: readonly SetupNode[];
  /** totalram_pages. */
  readonly totalramPages: number;
  readonly onlineCpus: number;
  /** min_free_kbytes, in kibibytes. */
  readonly minFreeKbytes: number;
  /** The value that a user wrote to min_free_kbytes, or -1. */
  readonly userMinFreeKbytes: number;
  /** sysctl_lowmem_reserve_ratio, by zone index. */
  readonly lowmemReserveRatio: readonly number[];
  /** watermark_scale_factor, from v4.6 on: how far marks lie apart at least, in 10,000ths of a zone. */
  readonly watermarkScaleFactor: number;
  /** Whether the Movable zone's pages come from high memory. */
  readonly movableIsHighmem: boolean;
  /** Pages that user allocations cannot have: watermarks and reserves of all zones. */
  readonly totalreservePages: number;
  /** Swap is read ahead in 1 << page_cluster pages. */
  readonly pageCluster: number;
}

/** The machine with every zone changed. */
export function mapZones(
  m: SetupMachine,
  change: (zone: SetupZone, index: number, node: SetupNode) => SetupZone,
): SetupMachine {
  return {
    ...m,
    nodes: m.nodes.map((node) => ({ ...node, zones: node.zones.map((zone, i) => change(zone, i, node)) })),
  };
}
