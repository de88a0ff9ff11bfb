import { giveBlocks, takeBlocks, type Kernel, type System, type Zone } from '../../model/index.ts';
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

/** What a zone is asked: is it balanced for the order, at its own index? */
export interface ZoneQuestion {
  readonly kernel: Kernel;
  readonly system: System;
  readonly order: number;
  readonly zoneIdx: number;
}

/** More pages than any mark and reserve together. */
const ENOUGH_PAGES = 2 ** 34;

const pagesOf = (blocks: readonly BlockCount[]): number =>
  blocks.reduce((sum, { order, count }) => sum + count * 2 ** order, 0);

const isBalanced = ({ kernel, system, order, zoneIdx }: ZoneQuestion, zone: Zone): boolean =>
  kernel.zoneBalanced(kernel, system, zone, order, 0, zoneIdx);

/** The zone with blocks freed into it, as the model frees them: the count of scanned pages starts anew. */
function give(zone: Zone, blocks: readonly BlockCount[]): Zone {
  const freeArea = blocks.reduce((area, { order, count }) => giveBlocks(area, order, count), zone.freeArea);
  return { ...zone, freeArea, pagesScanned: 0 };
}

/** The fewest pages, in blocks of the order alone, whose freeing makes the zone balanced. */
export function leastFreedBlocks(question: ZoneQuestion, zone: Zone): ChangedZone | undefined {
  const { order } = question;
  const most = ENOUGH_PAGES / 2 ** order;
  const count = leastCount(most, (n) => isBalanced(question, give(zone, [{ order, count: n }])));
  return count === undefined ? undefined : freed(zone, [{ order, count }]);
}

/**
 * The fewest pages, in blocks of any order up to the request's, whose freeing makes the zone balanced. A block helps
 * every comparison up to its own order: so from the highest order down, each gets the fewest blocks that suffice if
 * there were no lack of smaller ones.
 */
export function leastFreedPages(question: ZoneQuestion, zone: Zone): ChangedZone | undefined {
  const blocks: BlockCount[] = [];
  for (let order = question.order; order >= 0; order--) {
    const smaller = order === 0 ? [] : [{ order: order - 1, count: ENOUGH_PAGES / 2 ** (order - 1) }];
    const suffices = (count: number) => isBalanced(question, give(zone, [...blocks, { order, count }, ...smaller]));
    if (suffices(0)) continue;
    const count = leastCount(ENOUGH_PAGES / 2 ** order, suffices);
    if (count === undefined) return undefined;
    blocks.push({ order, count });
  }
  return freed(zone, blocks);
}

const freed = (zone: Zone, blocks: readonly BlockCount[]): ChangedZone => ({
  zone: give(zone, blocks),
  blocks,
  pages: pagesOf(blocks),
});

/** The fewest blocks of an order whose allocation leaves the zone unbalanced. */
export function leastTakenBlocks(question: ZoneQuestion, zone: Zone, order: number): ChangedZone | undefined {
  const take = (count: number): Zone => ({ ...zone, freeArea: takeBlocks(zone.freeArea, order, count).area });
  const available = zone.freeArea.nrFree.slice(order).reduce((sum, blocks, above) => sum + blocks * 2 ** above, 0);
  const count = leastCount(available, (n) => !isBalanced(question, take(n)));
  if (count === undefined) return undefined;
  const blocks = [{ order, count }];
  return { zone: take(count), blocks, pages: pagesOf(blocks) };
}

/** The fewest pages, in blocks of one order up to the request's, whose allocation leaves the zone unbalanced. */
export function leastTakenPages(question: ZoneQuestion, zone: Zone): ChangedZone | undefined {
  let least: ChangedZone | undefined;
  for (let order = 0; order <= question.order; order++) {
    const changed = leastTakenBlocks(question, zone, order);
    if (changed !== undefined && (least === undefined || changed.pages < least.pages)) least = changed;
  }
  return least;
}
