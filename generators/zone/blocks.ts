import fc from 'fast-check';
import { MAX_ORDER, type ScenarioZone } from '../../model/index.ts';
import { record } from '../record.ts';

/**
 * How free pages lie: from order `top` down, so many 8ths of what is left go to each order, and the rest to order 0.
 */
export interface Lie {
  readonly top: number;
  readonly eighths: number;
}

/** From fully fragmented (all order 0) to pristine (as much as possible in the largest blocks). */
export const arbitraryLie: fc.Arbitrary<Lie> = record({
  top: fc.constantFrom(0, 0, 10, 10, 10, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  eighths: fc.constantFrom(0, 8, 8, 1, 4, 7),
});

const NO_BLOCKS: readonly number[] = new Array<number>(MAX_ORDER).fill(0);

/** Free blocks by order, of so many pages. */
export function layPages(pages: number, { top, eighths }: Lie): number[] {
  const blocks = NO_BLOCKS.slice();
  let left = pages;
  for (let order = top; order > 0 && left > 0; order--) {
    const count = Math.floor((left * eighths) / (8 * (1 << order)));
    blocks[order] = count;
    left -= count * (1 << order);
  }
  blocks[0]! += left;
  return blocks;
}

/**
 * Free blocks of so many pages, of which as many as possible up to `large` lie in blocks of `order` and above, and the
 * others below.
 */
export function layPagesAround(pages: number, order: number, large: number, lie: Lie): number[] {
  const above = Math.floor(Math.min(pages, large) / (1 << order));
  const blocks = layPages(pages - above * (1 << order), { top: Math.min(lie.top, order - 1), eighths: lie.eighths });
  const upper = layPages(above, { top: Math.max(0, lie.top - order), eighths: lie.eighths });
  for (let o = order; o < MAX_ORDER; o++) blocks[o]! += upper[o - order]!;
  return blocks;
}

/** 8ths of each order's blocks on the unmovable and reclaimable lists; the others are movable. */
export type Types = readonly [unmovable: number, reclaimable: number];

export const arbitraryTypes: fc.Arbitrary<Types> = fc.constantFrom<Types[]>(
  [0, 0],
  [0, 0],
  [0, 0],
  [8, 0],
  [0, 8],
  [3, 2],
  [1, 5],
);

/** Free lists by migrate type; an empty list is left out. */
export function freeLists(
  blocks: readonly number[],
  [unmovableEighths, reclaimableEighths]: Types,
  cma: readonly number[] | undefined,
): ScenarioZone['free'] {
  const free: { -readonly [T in keyof ScenarioZone['free']]: ScenarioZone['free'][T] } = {};
  const unmovable = blocks.map((count) => Math.floor((count * unmovableEighths) / 8));
  const reclaimable = blocks.map((count) => Math.floor((count * reclaimableEighths) / 8));
  const movable = blocks.map((count, order) => count - unmovable[order]! - reclaimable[order]!);
  if (movable.some(isSome)) free.movable = movable;
  if (unmovable.some(isSome)) free.unmovable = unmovable;
  if (reclaimable.some(isSome)) free.reclaimable = reclaimable;
  if (cma !== undefined) free.cma = cma;
  return free;
}

const isSome = (count: number): boolean => count > 0;
