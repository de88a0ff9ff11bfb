import { managedZone, MAX_RECLAIM_RETRIES, type Kernel, type Node, type System } from '../../model/index.ts';
import type { Remark } from '../../kernel/zoneinfo/assumption.ts';
import type { NodeAnswer } from './explainNode.ts';
import { wouldWake } from './sleep.ts';
import { listed } from './words.ts';

/** What the reader should know of a node beyond the answer, by the rules of the kernel. */
export function notesOf(k: Kernel, system: System, node: Node, answer: NodeAnswer): readonly Remark[] {
  return [...ofFailures(k, node, answer), ...ofBoosts(k, system, node, answer)].map((text) => ({
    node: node.id,
    text,
  }));
}

function ofFailures(k: Kernel, node: Node, { gaveUpAfter }: NodeAnswer): readonly string[] {
  if (node.kswapd.failures < MAX_RECLAIM_RETRIES) return [];
  return [
    gaveUpAfter > 0
      ? 'no allocator wakes kswapd while it has given up'
      : `node_unreclaimable is set: its kernel has given up reclaim there, and lets kswapd sleep; ${k.name} never does`,
  ];
}

function ofBoosts(k: Kernel, system: System, node: Node, { sleeps, order, zoneIdx }: NodeAnswer): readonly string[] {
  const boosted = node.zones.filter((zone, index) => index <= zoneIdx && managedZone(zone) && zone.boost > 0);
  if (boosted.length === 0) return [];
  const pages = listed(boosted.map(({ name, boost }) => `${name} ${boost} pages`));
  if (boosted.every((zone) => k.highWmarkPages(k, zone) === zone.watermark.high)) {
    return [`the watermark boost (${pages}) is left out of the marks: ${k.name} has none`];
  }
  const higher = `the marks are boosted (${pages}) until kswapd has run`;
  if (!sleeps || !wouldWake(k, system, node, order, zoneIdx)) return [higher];
  const then = 'to reclaim as many pages as the boosts say, without writing or swapping, and to end them';
  return [`${higher}; an allocator that finds a zone low wakes it although the node is balanced, ${then}`];
}
