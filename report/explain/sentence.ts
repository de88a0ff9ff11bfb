import type { NodeAnswer, ZoneAnswer } from './explainNode.ts';
import type { Change, LeastChange } from './leastChange.ts';
import type { Clause } from './terms.ts';
import { counted, listed } from './words.ts';

/** The answer in one sentence: whether kswapd would sleep, and which zone and clause keep it awake. */
export function answerSentence(answer: NodeAnswer): string {
  const { id, order, zones, sleeps, zoneIdx, departs, because, gaveUpAfter } = answer;
  const asked = `asked for order ${order} up to zone ${zones[zoneIdx]!.zone.name}`;
  const would = `kswapd${id} would ${sleeps ? 'sleep' : 'stay awake'}, ${asked}`;
  if (gaveUpAfter > 0) return `${would}: it gave up after ${gaveUpAfter} runs in a row in vain, balanced or not.`;
  if (departs) return `${would}: the kernel’s own rules say so, whatever the clauses above add up to.`;
  return `${would}: ${because}${sleeps ? '' : whyAwake(zones)}.`;
}

const whyAwake = (zones: readonly ZoneAnswer[]): string =>
  zones
    .filter(({ verdict }) => verdict === 'unbalanced')
    .map(whyUnbalanced)
    .join('; ');

/** Which of a zone's clauses fails first, with its numbers. */
function whyUnbalanced({ zone, clauses }: ZoneAnswer): string {
  const failed = clauses.find(({ holds }) => !holds);
  return failed === undefined ? `zone ${zone.name} is not balanced` : `zone ${zone.name} ${whyFailed(failed)}`;
}

function whyFailed({ id, left, right }: Clause): string {
  switch (id) {
    case 'watermark':
    case 'orderWalk':
      return `fails the watermark: ${left.value} pages (${left.what}) are not above ${right.value} (${right.what})`;
    case 'freeList':
      return `has ${left.value} ${left.what}`;
    case 'compaction':
      return `is refused by compaction (${left.value})`;
    case 'populated':
    case 'managed':
    case 'reclaimable':
      return `fails at ${left.value} ${left.what}`;
  }
}

/** The least change that would turn the answer, in one sentence. */
export function changeSentence({ sleeps, order, change, gaveUpAfter, noAllocation }: NodeAnswer): string {
  const would = sleeps ? 'keep it awake' : 'let it sleep';
  if (change === undefined) {
    if (!sleeps) return 'No number of freed pages would let it sleep.';
    if (gaveUpAfter > 0) return 'No allocation would keep it awake until reclaim by a task frees a page of the node.';
    return `No allocation would keep it awake${noAllocation}.`;
  }
  const { pages } = change;
  const doing = pages.action === 'free' ? 'freeing' : 'allocating';
  const least = `${doing} ${counted(pages.pages, 'page')}${where(pages, order)} would ${would}`;
  return `Least change: ${least}${order === 0 ? '' : inBlocks(change, order)}.`;
}

function inBlocks({ blocks }: LeastChange, order: number): string {
  if (blocks === undefined) return `; no number of order-${order} blocks would`;
  const total = counted(blocks.pages / 2 ** order, 'block');
  const places = where(blocks, order, false);
  return `; counted in blocks of order ${order}, ${total} (${counted(blocks.pages, 'page')})${places}`;
}

/** In which zones, and in which blocks where that is not plain. */
function where({ action, zones }: Change, order: number, withBlocks = true): string {
  const preposition = action === 'free' ? 'in' : 'from';
  const places = zones.map(({ name, pages, blocks }) => {
    const shape = blocks.map((block) => `${block.count} of order ${block.order}`).join(' + ');
    const details = [...(zones.length > 1 ? [`${pages}`] : []), ...(withBlocks && order > 0 ? [shape] : [])];
    return `${name}${details.length === 0 ? '' : ` (${details.join(': ')})`}`;
  });
  return ` ${preposition} zone${zones.length === 1 ? '' : 's'} ${listed(places)}`;
}
