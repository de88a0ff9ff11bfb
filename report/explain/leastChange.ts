import { withZone, type Node } from '../../model/index.ts';
import type { Asked, BalanceForm, JudgedZone } from './balanceForm.ts';
import { wouldSleep } from './sleep.ts';
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
 * The least change of free memory after which kswapd would decide otherwise, found by asking the rules themselves.
 * Pages on the evictable lists stay as they are. Undefined if no such change does it.
 */
export function leastChange(
  form: BalanceForm,
  asked: Asked,
  node: Node,
  zones: readonly JudgedZone[],
): LeastChange | undefined {
  const { k, system, order, zoneIdx } = asked;
  const sleeps = wouldSleep(k, system, node, order, zoneIdx);
  const turning = sleeps ? 'balanced' : 'unbalanced';
  const candidates = zones.flatMap(({ verdict }, index) => (verdict === turning ? [index] : []));
  const search = (least: Finder): Change | undefined => {
    const changes = candidates.flatMap((index) => {
      const changed = least({ order, isBalanced: form.isBalanced(asked, index) }, node.zones[index]!);
      return changed === undefined ? [] : [{ index, changed }];
    });
    return cheapest(changes, node, sleeps ? 'allocate' : 'free', (changedNode) => {
      return wouldSleep(k, system, changedNode, order, zoneIdx) !== sleeps;
    });
  };
  const pages = search(sleeps ? leastTakenPages : leastFreedPages);
  if (pages === undefined) return undefined;
  return {
    pages,
    blocks: search(sleeps ? (question, zone) => leastTakenBlocks(question, zone, order) : leastFreedBlocks),
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
