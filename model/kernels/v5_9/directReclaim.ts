import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in direct reclaim, oldest first. */
export const directReclaimDifferences: readonly Difference[] = [];
