import { MIGRATE_TYPES, type Lru, type ScenarioZone } from '../model/index.ts';

/** Pages in blocks of each order. */
export const pagesOf = (blocks: readonly number[]): number =>
  blocks.reduce((pages, count, order) => pages + count * 2 ** order, 0);

/** Pages on all free lists. */
export const freePages = (free: ScenarioZone['free']): number =>
  MIGRATE_TYPES.reduce((pages, type) => pages + pagesOf(free[type] ?? []), 0);

/** Pages on all evictable lists. */
export const evictablePages = (lru: Lru): number =>
  lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;
