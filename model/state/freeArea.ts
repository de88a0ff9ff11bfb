import { MAX_ORDER } from '../units.ts';

/** The free lists of a zone, in the order in which an allocation looks through them. */
export const MIGRATE_TYPES = ['movable', 'unmovable', 'reclaimable', 'highatomic', 'cma'] as const;
export type MigrateType = (typeof MIGRATE_TYPES)[number];

/** Free blocks of each order (index 0 to 10) on one list. */
export type Blocks = readonly number[];

/**
 * A zone's free memory: blocks per migrate type and order, with the sums that the kernel keeps beside them.
 * @kernel v4.0 include/linux/mmzone.h struct free_area
 */
export interface FreeArea {
  readonly lists: Readonly<Record<MigrateType, Blocks>>;
  /** Blocks of each order over all lists. */
  readonly nrFree: Blocks;
  /** Free pages over all lists: the true NR_FREE_PAGES. */
  readonly pages: number;
  /** Free pages on the cma list: NR_FREE_CMA_PAGES. */
  readonly cmaPages: number;
}

const EMPTY: Blocks = Array.from({ length: MAX_ORDER }, () => 0);

const pagesOf = (blocks: Blocks): number => {
  let pages = 0;
  for (let order = 0; order < MAX_ORDER; order++) pages += blocks[order]! * (1 << order);
  return pages;
};

/** A free area with the given lists; a list left out is empty. */
export function makeFreeArea(given: Partial<Readonly<Record<MigrateType, Blocks>>>): FreeArea {
  const lists = {
    movable: padded(given.movable),
    unmovable: padded(given.unmovable),
    reclaimable: padded(given.reclaimable),
    highatomic: padded(given.highatomic),
    cma: padded(given.cma),
  };
  const { movable, unmovable, reclaimable, highatomic, cma } = lists;
  const nrFree = EMPTY.slice();
  for (let order = 0; order < MAX_ORDER; order++) {
    nrFree[order] = movable[order]! + unmovable[order]! + reclaimable[order]! + highatomic[order]! + cma[order]!;
  }
  return { lists, nrFree, pages: pagesOf(nrFree), cmaPages: cma === EMPTY ? 0 : pagesOf(cma) };
}

function padded(blocks: Blocks | undefined): Blocks {
  if (blocks === undefined || blocks.length === 0) return EMPTY;
  return blocks.length === MAX_ORDER ? blocks : [...blocks, ...EMPTY.slice(blocks.length)];
}

/** The lists with one replaced. */
const withList = (lists: FreeArea['lists'], type: MigrateType, list: Blocks): FreeArea['lists'] => ({
  movable: type === 'movable' ? list : lists.movable,
  unmovable: type === 'unmovable' ? list : lists.unmovable,
  reclaimable: type === 'reclaimable' ? list : lists.reclaimable,
  highatomic: type === 'highatomic' ? list : lists.highatomic,
  cma: type === 'cma' ? list : lists.cma,
});

/** The area with `count` more blocks of an order on one list (fewer, when negative). */
function changed(area: FreeArea, type: MigrateType, order: number, count: number): FreeArea {
  const list = area.lists[type].slice();
  const nrFree = area.nrFree.slice();
  list[order]! += count;
  nrFree[order]! += count;
  const pages = count * (1 << order);
  return {
    lists: withList(area.lists, type, list),
    nrFree,
    pages: area.pages + pages,
    cmaPages: type === 'cma' ? area.cmaPages + pages : area.cmaPages,
  };
}

/**
 * Frees `count` blocks of an order: they join the movable list, and do not merge with their buddies.
 * @abstracts where a block lies, so that nothing says which blocks are buddies; merging is an event of its own.
 */
export function giveBlocks(area: FreeArea, order: number, count: number): FreeArea {
  return count === 0 ? area : changed(area, 'movable', order, count);
}

/** What an allocation of several blocks left behind: the lists, and how many blocks it got. */
export interface Taken {
  readonly area: FreeArea;
  readonly blocks: number;
}

/**
 * Allocates up to `count` blocks of an order, each from the smallest order that has one, looking through the lists in
 * the order of MIGRATE_TYPES; a split leaves one block of each order in between on the list it came from.
 * @kernel v4.0 mm/page_alloc.c __rmqueue_smallest
 * @abstracts the requested migrate type and the stealing of page blocks between types.
 */
export function takeBlocks(area: FreeArea, order: number, count: number): Taken {
  let left = count;
  let now = area;
  while (left > 0) {
    const source = smallestAt(now, order);
    if (source === undefined) break;
    const each = 1 << (source.order - order);
    if (left >= each) {
      // Whole blocks are used up one after the other, since no smaller one is left when the next is split.
      const whole = Math.min(source.blocks, Math.floor(left / each));
      now = changed(now, source.type, source.order, -whole);
      left -= whole * each;
      continue;
    }
    now = split(now, source, order);
    left -= 1;
  }
  return { area: now, blocks: count - left };
}

/** A block that was taken: the lists that it leaves, and the one that it came from. */
export interface TakenBlock {
  readonly area: FreeArea;
  readonly from: MigrateType;
}

/** Allocates one block, or undefined if none is free: as of takeBlocks. */
export function takeOneBlock(area: FreeArea, order: number): TakenBlock | undefined {
  const source = smallestAt(area, order);
  return source === undefined ? undefined : { area: split(area, source, order), from: source.type };
}

/** Allocates one block from one list, or undefined if that has none. */
export function takeBlockFrom(area: FreeArea, order: number, type: MigrateType): TakenBlock | undefined {
  for (let from = order; from < MAX_ORDER; from++) {
    const blocks = area.lists[type][from]!;
    if (blocks > 0) return { area: split(area, { type, order: from, blocks }, order), from: type };
  }
  return undefined;
}

/** Moves one free block from a list to another. */
export const moveBlock = (area: FreeArea, from: MigrateType, to: MigrateType, order: number): FreeArea =>
  changed(changed(area, from, order, -1), to, order, 1);

/** The area without a block of the order, split from a larger one: one block of each order in between is left. */
function split(area: FreeArea, { type, order: from }: Source, order: number): FreeArea {
  let now = changed(area, type, from, -1);
  for (let between = from - 1; between >= order; between--) now = changed(now, type, between, 1);
  return now;
}

interface Source {
  readonly type: MigrateType;
  readonly order: number;
  readonly blocks: number;
}

function smallestAt(area: FreeArea, order: number): Source | undefined {
  for (let from = order; from < MAX_ORDER; from++) {
    if (area.nrFree[from]! === 0) continue;
    for (const type of MIGRATE_TYPES) {
      const blocks = area.lists[type][from]!;
      if (blocks > 0) return { type, order: from, blocks };
    }
  }
  return undefined;
}

/**
 * Merges movable blocks: up to `count` times, 2^(to-from) blocks of order `from` become one of order `to`, while
 * there are enough.
 * @abstracts compaction and buddy merging, which in the kernel depend on where the blocks lie.
 */
export function mergeBlocks(area: FreeArea, from: number, to: number, count: number): FreeArea {
  const each = 1 << (to - from);
  const times = Math.min(count, Math.floor(area.lists.movable[from]! / each));
  return times <= 0 ? area : changed(changed(area, 'movable', from, -times * each), 'movable', to, times);
}
