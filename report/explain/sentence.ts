import type { Clause } from './clauses.ts';
import type { NodeAnswer, ZoneAnswer } from './explainNode.ts';
import type { Change, LeastChange } from './leastChange.ts';

const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;

const count = (value: number, noun: string): string => `${value} ${noun}${value === 1 ? '' : 's'}`;

/** The answer in one sentence: whether kswapd would sleep, and which zone and clause keep it awake. */
export function answerSentence(answer: NodeAnswer): string {
  const { id, order, zones, share, sleeps, zoneIdx } = answer;
  const who = `kswapd${id}`;
  const asked = `order ${order} up to zone ${zones[zoneIdx]!.zone.name}`;
  if (sleeps) return `${who} would sleep, asked for ${asked}: ${whyItSleeps(answer)}.`;
  const reasons = zones
    .filter(({ verdict }) => verdict === 'unbalanced')
    .map(whyUnbalanced)
    .join('; ');
  const sum =
    share === undefined
      ? ''
      : `balanced zones hold ${share.balancedPages} of ${share.managedPages} managed pages, less than a quarter, and `;
  return `${who} would stay awake, asked for ${asked}: ${sum}${reasons}.`;
}

function whyItSleeps({ zones, share }: NodeAnswer): string {
  const named = (verdict: ZoneAnswer['verdict']): readonly string[] =>
    zones.filter((zone) => zone.verdict === verdict).map(({ zone }) => zone.name);
  const unbalanced = named('unbalanced');
  if (share !== undefined && unbalanced.length > 0) {
    const sum = `balanced zones hold ${share.balancedPages} of ${share.managedPages} managed pages, at least a quarter`;
    return `${sum}, though ${list(unbalanced)} ${unbalanced.length === 1 ? 'is' : 'are'} not balanced`;
  }
  const parts: string[] = [];
  const balanced = named('balanced');
  const unreclaimable = named('unreclaimable');
  if (balanced.length > 0) parts.push(`${list(balanced)} ${balanced.length === 1 ? 'is' : 'are'} balanced`);
  if (unreclaimable.length > 0) {
    const are = unreclaimable.length === 1 ? 'counts as balanced, being' : 'count as balanced, being';
    parts.push(`${list(unreclaimable)} ${are} not worth scanning`);
  }
  return parts.length === 0 ? 'no zone asked about is populated' : parts.join(', and ');
}

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
    case 'compaction':
      return `is refused by compaction (${left.value})`;
    case 'populated':
    case 'reclaimable':
      return `fails at ${left.value} ${left.what}`;
  }
}

/** The least change that would turn the answer, in one sentence. */
export function changeSentence({ sleeps, order, change }: NodeAnswer): string {
  const would = sleeps ? 'keep it awake' : 'let it sleep';
  if (change === undefined) {
    if (!sleeps) return 'No number of freed pages would let it sleep.';
    return 'No allocation would keep it awake: the zones that are not worth scanning are enough for it to sleep.';
  }
  const { pages } = change;
  const doing = pages.action === 'free' ? 'freeing' : 'allocating';
  const least = `${doing} ${count(pages.pages, 'page')}${where(pages, order)} would ${would}`;
  return `Least change: ${least}${order === 0 ? '' : inBlocks(change, order)}.`;
}

function inBlocks({ blocks }: LeastChange, order: number): string {
  if (blocks === undefined) return `; no number of order-${order} blocks would`;
  const total = count(blocks.pages / 2 ** order, 'block');
  const places = where(blocks, order, false);
  return `; counted in blocks of order ${order}, ${total} (${count(blocks.pages, 'page')})${places}`;
}

/** In which zones, and in which blocks where that is not plain. */
function where({ action, zones }: Change, order: number, withBlocks = true): string {
  const preposition = action === 'free' ? 'in' : 'from';
  const places = zones.map(({ name, pages, blocks }) => {
    const shape = blocks.map((block) => `${block.count} of order ${block.order}`).join(' + ');
    const details = [...(zones.length > 1 ? [`${pages}`] : []), ...(withBlocks && order > 0 ? [shape] : [])];
    return `${name}${details.length === 0 ? '' : ` (${details.join(': ')})`}`;
  });
  return ` ${preposition} zone${zones.length === 1 ? '' : 's'} ${list(places)}`;
}
