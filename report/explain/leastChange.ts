import { populatedZone, withZone, type Kernel, type Node, type System } from '../../model/index.ts';
import {
  leastFreedBlocks,
  leastFreedPages,
  leastTakenBlocks,
  leastTakenPages,
  type BlockCount,
  type ChangedZone,
} from './zoneChange.ts';

/** Pages freed or allocated after which kswapd would decide otherwise. */
export interface Change {
  readonly action: 'free' | 'allocate';
  readonly pages: number;
  readonly zones: readonly ZoneChange[];
}

export interface ZoneChange {
  readonly index: number;
  readonly name: string;
  readonly pages: number;
  readonly blocks: readonly BlockCount[];
}

export interface LeastChange {
  /** The fewest pages, in blocks of any order up to the request's. */
  readonly pages: Change;
  /** The fewest blocks of the request's own order. */
  readonly blocks: Change | undefined;
}

/**
 * The least change of free memory after which the node's balance is answered otherwise, found by asking the rules
 * themselves. Pages on the evictable lists stay as they are. Undefined if no such change does it.
 */
export function leastChange(
  k: Kernel,
  system: System,
  node: Node,
  order: number,
  zoneIdx: number,
): LeastChange | undefined {
  const balanced = k.pgdatBalanced(k, system, node, order, zoneIdx);
  const candidates = node.zones.flatMap((zone, index) => {
    if (index > zoneIdx || !populatedZone(zone) || !k.zoneReclaimable(k, system, zone)) return [];
    return k.zoneBalanced(k, system, zone, order, 0, index) === balanced ? [index] : [];
  });
  const search = (least: Finder): Change | undefined => {
    const changes = candidates.flatMap((index) => {
      const zone = node.zones[index]!;
      const changed = least({ kernel: k, system, order, zoneIdx: index }, zone);
      return changed === undefined ? [] : [{ index, changed }];
    });
    return cheapest(changes, node, balanced ? 'allocate' : 'free', (changedNode) => {
      return k.pgdatBalanced(k, system, changedNode, order, zoneIdx) !== balanced;
    });
  };
  const pages = search(balanced ? leastTakenPages : leastFreedPages);
  if (pages === undefined) return undefined;
  return {
    pages,
    blocks: search(balanced ? (question, zone) => leastTakenBlocks(question, zone, order) : leastFreedBlocks),
  };
}

type Finder = typeof leastFreedPages;

interface Candidate {
  readonly index: number;
  readonly changed: ChangedZone;
}

/** The set of changed zones with the fewest pages that turns the node's answer. */
function cheapest(
  candidates: readonly Candidate[],
  node: Node,
  action: Change['action'],
  turned: (node: Node) => boolean,
): Change | undefined {
  let best: Change | undefined;
  for (let mask = 1; mask < 1 << candidates.length; mask++) {
    const chosen = candidates.filter((_, i) => (mask & (1 << i)) !== 0);
    const pages = chosen.reduce((sum, { changed }) => sum + changed.pages, 0);
    if (best !== undefined && pages >= best.pages) continue;
    if (!turned(chosen.reduce((now, { index, changed }) => withZone(now, index, changed.zone), node))) continue;
    const zones = chosen.map(({ index, changed }) => ({
      index,
      name: changed.zone.name,
      pages: changed.pages,
      blocks: changed.blocks,
    }));
    best = { action, pages, zones };
  }
  return best;
}
