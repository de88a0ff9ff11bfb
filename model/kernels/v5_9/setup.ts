import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in watermarks and reserves, oldest first. */
export const setupDifferences: readonly Difference[] = [];
