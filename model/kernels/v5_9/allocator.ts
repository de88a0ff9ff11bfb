import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in the page allocator, oldest first. */
export const allocatorDifferences: readonly Difference[] = [];
