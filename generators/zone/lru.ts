import type { Lru } from '../../model/index.ts';

/** Pages on all evictable lists. */
export const lruPages = (lru: Lru): number => lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;
