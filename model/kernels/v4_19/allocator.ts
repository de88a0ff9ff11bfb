import type { Difference } from '../../kernel.ts';

/** What v4.19 changed in the page allocator, oldest first. */
export const allocatorDifferences: readonly Difference[] = [];
