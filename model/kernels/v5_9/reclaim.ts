import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in kswapd and those who wake it, oldest first. */
export const reclaimDifferences: readonly Difference[] = [];
