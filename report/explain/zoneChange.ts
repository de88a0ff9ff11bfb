import { giveBlocks, takeBlocks, zonePageState, type Zone } from '../../model/index.ts';
import { leastCount } from './leastCount.ts';

/** So many blocks of an order. */
export interface BlockCount {
  readonly order: number;
  readonly count: number;
}

/** A zone after pages were freed into it or allocated from it. */
export interface ChangedZone {
  readonly zone: Zone;
  readonly blocks: readonly BlockCount[];
  readonly pages: number;
}

/** What a zone is asked: does it count as balanced for the order? */
export interface ZoneQuestion {
  readonly order: number;
  readonly isBalanced: (zone: Zone) => boolean;
}

/**
 * A drift mark that makes a zone's check go by the precise counter always, or by the cheap one always. In between the
 * counter jumps by the drift where it crosses the mark, so that more free memory may look like less: a search looks on
 * each side of the mark by itself, where it may not.
 */
const PRECISE = Number.MAX_SAFE_INTEGER;
const CHEAP = 0;

/** More pages than any mark and reserve together. */
const ENOUGH_PAGES = 2 ** 34;

const pagesOf = (blocks: readonly BlockCount[]): number =>
  blocks.reduce((sum, { order, count }) => sum + count * 2 ** order, 0);

/** The zone with blocks freed into it, as the model frees them: the count of scanned pages starts anew. */
function give(zone: Zone, blocks: readonly BlockCount[]): Zone {
  const freeArea = blocks.reduce((area, { order, count }) => giveBlocks(area, order, count), zone.freeArea);
  return { ...zone, freeArea, pagesScanned: 0 };
}

/** The fewest pages, in blocks of the order alone, whose freeing makes the zone balanced. */
export const leastFreedBlocks = (question: ZoneQuestion, zone: Zone): ChangedZone | undefined =>
  leastFreed(question, zone, [question.order]);

/**
 * The fewest pages, in blocks of any order up to the request's, whose freeing makes the zone balanced. Where a cheap
 * counter that is off lets compaction refuse a zone above its mark, there may be fewer than are found for a high order.
 */
export function leastFreedPages(question: ZoneQuestion, zone: Zone): ChangedZone | undefined {
  const orders = Array.from({ length: question.order + 1 }, (_, i) => question.order - i);
  const found = [leastFreed(question, zone, orders), leastFreedBlocks(question, zone)];
  return fewest(
    found.flatMap((changed) => changed ?? []),
    () => true,
  );
}

/** The fewest pages in blocks of these orders, from the highest to the lowest. */
function leastFreed(question: ZoneQuestion, zone: Zone, orders: readonly number[]): ChangedZone | undefined {
  const precisely = sufficientBlocks(question, { ...zone, percpuDriftMark: PRECISE }, orders);
  const cheaply = sufficientBlocks(question, { ...zone, percpuDriftMark: CHEAP }, orders);
  return fewest(
    [precisely, cheaply === undefined ? undefined : upToDriftMark(zone, cheaply, orders.at(-1)!)].flatMap((blocks) =>
      blocks === undefined ? [] : [{ zone: give(zone, blocks), blocks, pages: pagesOf(blocks) }],
    ),
    (changed) => question.isBalanced(changed.zone),
  );
}

/**
 * A block helps every comparison up to its own order: so from the highest order down, each gets the fewest blocks that
 * suffice if there is no lack of smaller ones.
 */
function sufficientBlocks(
  question: ZoneQuestion,
  zone: Zone,
  orders: readonly number[],
): readonly BlockCount[] | undefined {
  const blocks: BlockCount[] = [];
  for (const [i, order] of orders.entries()) {
    const next = orders[i + 1];
    const smaller = next === undefined ? [] : [{ order: next, count: ENOUGH_PAGES / 2 ** next }];
    const suffices = (count: number) => question.isBalanced(give(zone, [...blocks, { order, count }, ...smaller]));
    if (suffices(0)) continue;
    const count = leastCount(ENOUGH_PAGES / 2 ** order, suffices);
    if (count === undefined) return undefined;
    blocks.push({ order, count });
  }
  return blocks;
}

/** The blocks, and as many more of the lowest order as bring the cheap counter up to the drift mark. */
function upToDriftMark(zone: Zone, blocks: readonly BlockCount[], order: number): readonly BlockCount[] {
  const lack = zone.percpuDriftMark - (zone.freeArea.pages + zone.vmstatDrift + pagesOf(blocks));
  if (zone.percpuDriftMark === 0 || lack <= 0) return blocks;
  const more = Math.ceil(lack / 2 ** order);
  const last = blocks.at(-1);
  return last?.order === order
    ? [...blocks.slice(0, -1), { order, count: last.count + more }]
    : [...blocks, { order, count: more }];
}

/** The fewest blocks of an order whose allocation leaves the zone unbalanced. */
export function leastTakenBlocks(question: ZoneQuestion, zone: Zone, order: number): ChangedZone | undefined {
  const take = (count: number): Zone => ({ ...zone, freeArea: takeBlocks(zone.freeArea, order, count).area });
  const available = zone.freeArea.nrFree.slice(order).reduce((sum, blocks, above) => sum + blocks * 2 ** above, 0);
  const unbalances = (percpuDriftMark: number) => (count: number) =>
    !question.isBalanced({ ...take(count), percpuDriftMark });
  const cheaply = leastCount(available, unbalances(CHEAP));
  const precisely = leastCount(available, (count) => {
    return zonePageState(take(count)) < zone.percpuDriftMark && unbalances(PRECISE)(count);
  });
  return fewest(
    [cheaply, precisely].flatMap((count) =>
      count === undefined ? [] : [{ zone: take(count), blocks: [{ order, count }], pages: count * 2 ** order }],
    ),
    (changed) => !question.isBalanced(changed.zone),
  );
}

/** The fewest pages, in blocks of one order up to the request's, whose allocation leaves the zone unbalanced. */
export function leastTakenPages(question: ZoneQuestion, zone: Zone): ChangedZone | undefined {
  const orders = Array.from({ length: question.order + 1 }, (_, order) => order);
  return fewest(
    orders.flatMap((order) => leastTakenBlocks(question, zone, order) ?? []),
    () => true,
  );
}

/** Of the changes that do what they should, the one with the fewest pages. */
function fewest(changes: readonly ChangedZone[], works: (changed: ChangedZone) => boolean): ChangedZone | undefined {
  let least: ChangedZone | undefined;
  for (const changed of changes) {
    if ((least === undefined || changed.pages < least.pages) && works(changed)) least = changed;
  }
  return least;
}
