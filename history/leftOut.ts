import type { LeftOut } from './bug.ts';
import { balanceLeftOut } from './leftOut/balance.ts';
import { kswapdLeftOut } from './leftOut/kswapd.ts';
import { taskLeftOut } from './leftOut/tasks.ts';

/** Entries of the history that the model cannot express: it has no such thing as what they are about. */
export const leftOut: readonly LeftOut[] = [...balanceLeftOut, ...kswapdLeftOut, ...taskLeftOut];
