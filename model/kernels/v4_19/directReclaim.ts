import type { Difference } from '../../kernel.ts';

/** What v4.19 changed in direct reclaim, oldest first. */
export const directReclaimDifferences: readonly Difference[] = [];
