import type { Kernel } from '../../kernel.ts';
import { giveBlocks } from '../../state/freeArea.ts';
import { withFailures, type Node } from '../../state/node.ts';
import type { System } from '../../state/system.ts';
import { withFreed, type Zone } from '../../state/zone.ts';
import { takeFromLru } from '../reclaim.ts';

/** A node after it was shrunk, and the pages that were really scanned and reclaimed. */
export interface ShrunkNode {
  readonly node: Node;
  readonly scanned: number;
  readonly reclaimed: number;
}

/** The pages of a zone that reclaim may take: without swapping, file pages only. */
const eligiblePages = (k: Kernel, system: System, zone: Zone, maySwap: boolean): number =>
  maySwap ? k.zoneReclaimablePages(k, system, zone) : zone.lru.inactiveFile + zone.lru.activeFile;

/**
 * The environment's answer to shrinking a node's zones up to `reclaimIdx`: it scanned so many pages and freed so many
 * of each zone (`wanted`, by zone index, in pages). Reclaim cannot free what is not on an eligible list, and has
 * scanned at least what it freed. Any page that is freed makes a node that was given up worth kswapd's while again.
 * @kernel v4.19 mm/vmscan.c shrink_node
 * @abstracts which pages are scanned, written, or found referenced: the environment decides how much comes of it.
 */
export function shrinkNode(
  k: Kernel,
  system: System,
  node: Node,
  reclaimIdx: number,
  maySwap: boolean,
  scanned: number,
  wanted: readonly number[],
): ShrunkNode {
  let reclaimed = 0;
  let zones: Zone[] | undefined;
  for (let i = 0; i <= reclaimIdx && i < wanted.length; i++) {
    if (wanted[i] === 0) continue;
    const zone = node.zones[i]!;
    const pages = Math.min(wanted[i]!, eligiblePages(k, system, zone, maySwap));
    if (pages === 0) continue;
    zones ??= node.zones.slice();
    zones[i] = withFreed(zone, giveBlocks(zone.freeArea, 0, pages), takeFromLru(zone.lru, pages));
    reclaimed += pages;
  }
  const total = Math.max(scanned, reclaimed);
  return { node: zones === undefined ? node : withFailures(node, zones, 0), scanned: total, reclaimed };
}
