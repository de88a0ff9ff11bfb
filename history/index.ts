import type { Bug, LeftOut } from './bug.ts';
import { balanceBugs } from './bugs/balance.ts';
import { nodeBalanceBugs } from './bugs/balanceByNode.ts';
import { balanceRoundBugs } from './bugs/balanceRounds.ts';
import { hopelessBugs } from './bugs/hopeless.ts';
import { lostRequestBugs } from './bugs/lostRequests.ts';
import { raceBugs } from './bugs/races.ts';
import { requestBugs } from './bugs/requests.ts';
import { roundBugs } from './bugs/rounds.ts';
import { sleepBugs } from './bugs/sleep.ts';
import { allocationBugs } from './bugs/allocation.ts';
import { directReclaimBugs } from './bugs/directReclaim.ts';
import { fairnessBugs } from './bugs/fairness.ts';
import { retryBugs } from './bugs/retries.ts';
import { throttleBugs } from './bugs/throttle.ts';
import { unreclaimableBugs } from './bugs/unreclaimable.ts';
import { watermarkBugs } from './bugs/watermark.ts';
import { zoneFlagBugs } from './bugs/zoneFlags.ts';
import { wakeAllBugs } from './bugs/wakeAll.ts';
import { leftOut as left } from './leftOut.ts';

export { asDocumented, corrections } from './corrections.ts';
export { BUG_KINDS } from './bug.ts';
export type { Bug, LeftOut } from './bug.ts';

/** Twenty years of kswapd's bugs and changed rules, as far as a kernel of the model shows them. */
export const bugs: readonly Bug[] = [
  ...balanceBugs,
  ...nodeBalanceBugs,
  ...balanceRoundBugs,
  ...watermarkBugs,
  ...zoneFlagBugs,
  ...unreclaimableBugs,
  ...sleepBugs,
  ...requestBugs,
  ...lostRequestBugs,
  ...raceBugs,
  ...roundBugs,
  ...hopelessBugs,
  ...allocationBugs,
  ...directReclaimBugs,
  ...throttleBugs,
  ...retryBugs,
  ...fairnessBugs,
  ...wakeAllBugs,
];

/** Those that no kernel of the model can show. */
export const leftOut: readonly LeftOut[] = left;
