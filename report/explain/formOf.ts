import { v4_0, v4_19, type Kernel } from '../../model/index.ts';
import { anyZone } from './anyZone.ts';
import type { BalanceForm } from './balanceForm.ts';
import { everyZone } from './everyZone.ts';
import { likeRule, type ByRule } from './likeRule.ts';

const FORMS: ByRule<'pgdatBalanced', BalanceForm> = new Map([
  [v4_0.pgdatBalanced, everyZone],
  [v4_19.pgdatBalanced, anyZone],
]);

/** How a kernel's balance is taken apart. */
export const formOf = (k: Kernel): BalanceForm => likeRule(k, 'pgdatBalanced', FORMS);
