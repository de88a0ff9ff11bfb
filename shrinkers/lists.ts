import { MAX_ORDER, MIGRATE_TYPES, type Lru, type ScenarioNode, type ScenarioZone } from '../model/index.ts';
import { replaced } from './case.ts';
import { evictablePages, freePages, pagesOf } from './pages.ts';

type Free = ScenarioZone['free'];

/** The list without zeros at its end. */
const trimmed = (blocks: readonly number[]): readonly number[] =>
  blocks.slice(0, blocks.findLastIndex((count) => count !== 0) + 1);

/** The lists without those that are empty, and without zeros at their ends. */
const tidy = (free: Free): Free =>
  Object.fromEntries(
    MIGRATE_TYPES.flatMap((type) => (free[type]?.some((count) => count !== 0) ? [[type, trimmed(free[type])]] : [])),
  );

/** So many pages in blocks of one order, and single pages for the rest. */
const inBlocksOf = (pages: number, order: number): readonly number[] =>
  Array.from({ length: order + 1 }, (_, o) => (o === order ? Math.floor(pages / 2 ** order) : 0)).map((count, o) =>
    o === 0 && order > 0 ? pages % 2 ** order : count,
  );

/** The blocks of one order, split or merged into another one as far as they go. */
function regrouped(blocks: readonly number[], from: number, to: number): readonly number[] {
  const pages = (blocks[from] ?? 0) * 2 ** from;
  const changed = Array.from({ length: Math.max(blocks.length, to + 1) }, (_, order) => blocks[order] ?? 0);
  changed[from] = (pages % 2 ** to) / 2 ** from;
  changed[to]! += Math.floor(pages / 2 ** to);
  return changed;
}

function* simplerFree(free: Free): Generator<Free> {
  const all = MIGRATE_TYPES.flatMap((type) => (free[type] ? [free[type]] : []));
  for (let order = 0; order < MAX_ORDER; order++) {
    yield { movable: inBlocksOf(freePages(free), order) };
  }
  yield { movable: Array.from({ length: MAX_ORDER }, (_, o) => all.reduce((sum, list) => sum + (list[o] ?? 0), 0)) };
  for (const type of MIGRATE_TYPES) {
    const blocks = free[type];
    if (blocks === undefined) continue;
    for (const other of MIGRATE_TYPES.slice(0, MIGRATE_TYPES.indexOf(type))) {
      const { [type]: _moved, ...rest } = free;
      const sum = Array.from({ length: MAX_ORDER }, (_, o) => (free[other]?.[o] ?? 0) + (blocks[o] ?? 0));
      yield { ...rest, [other]: sum };
    }
    for (let order = 0; order < MAX_ORDER; order++) yield { ...free, [type]: inBlocksOf(pagesOf(blocks), order) };
    for (const [from, count] of blocks.entries()) {
      if (count === 0) continue;
      for (let to = 0; to < MAX_ORDER; to++) if (to !== from) yield { ...free, [type]: regrouped(blocks, from, to) };
    }
  }
}

const LRU_LISTS = ['inactiveFile', 'activeFile', 'inactiveAnon', 'activeAnon'] as const;
const NO_LRU: Lru = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

function* simplerLru(lru: Lru): Generator<Lru> {
  yield NO_LRU;
  for (const list of LRU_LISTS) yield { ...NO_LRU, [list]: evictablePages(lru) };
  for (const [i, list] of LRU_LISTS.entries()) {
    for (const other of LRU_LISTS.slice(0, i)) yield { ...lru, [list]: 0, [other]: lru[other] + lru[list] };
  }
}

/** Pages gathered on fewer and plainer lists: free ones as single movable pages, evictable ones as inactive file. */
export function* simplerLists(node: ScenarioNode): Generator<ScenarioNode> {
  const withZone = (i: number, zone: ScenarioZone): ScenarioNode => ({ ...node, zones: replaced(node.zones, i, zone) });
  for (const [i, zone] of node.zones.entries()) {
    yield withZone(i, { ...zone, free: tidy(zone.free) });
    for (const free of simplerFree(zone.free)) yield withZone(i, { ...zone, free: tidy(free) });
    for (const lru of simplerLru(zone.lru)) yield withZone(i, { ...zone, lru });
  }
}
