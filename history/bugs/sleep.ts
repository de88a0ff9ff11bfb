import type { Bug } from '../bug.ts';

/** Bugs in kswapd's loop: when it sleeps, what it was asked for, and how its rounds go. */
export const sleepBugs: readonly Bug[] = [];
