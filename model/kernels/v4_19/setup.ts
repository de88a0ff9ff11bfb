import type { Difference } from '../../kernel.ts';

/** What v4.19 changed in watermarks and reserves, oldest first. */
export const setupDifferences: readonly Difference[] = [];
