import { HOLDS, type Verdict } from '../property.ts';

/** The same verdict for the kernels that balance nodes as a whole. */
export const everyLater = (verdict: Verdict): Readonly<Record<string, Verdict>> => ({
  'v4.19': verdict,
  'v5.9': verdict,
});

/** It holds in the kernels that balance nodes as a whole. */
export const LATER = everyLater(HOLDS);

/** It holds in those that boost watermarks. */
export const BOOSTING: Readonly<Record<string, Verdict>> = { 'v5.9': HOLDS };
