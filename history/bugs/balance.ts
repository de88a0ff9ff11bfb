import type { Bug } from '../bug.ts';

/** Bugs in what it means that a node is balanced: marks, reserves, counters, compaction, zones that are given up. */
export const balanceBugs: readonly Bug[] = [];
