import type { Loop } from '../../kernel.ts';
import * as balance from './balance.ts';
import * as request from './request.ts';
import * as shrinking from './shrink.ts';
import * as sleeping from './sleep.ts';
import { startThread } from './start.ts';

/** What v4.0's kswapd does at each point that it passes by itself. */
const transitions = {
  checkRequest: request.checkRequest,
  kswapdTryToSleep: sleeping.kswapdTryToSleep,
  recheckSleep: sleeping.recheckSleep,
  takeRequest: request.takeRequest,
  checkFreeze: request.checkFreeze,
  wake: request.wake,
  balancePgdat: balance.balancePgdat,
  findEndZone: balance.findEndZone,
  nextZone: balance.nextZone,
  kswapdShrinkZone: shrinking.kswapdShrinkZone,
  finishShrink: shrinking.finishShrink,
  endRound: balance.endRound,
  nextRound: balance.nextRound,
  balanced: balance.balanced,
} satisfies Loop['transitions'];

/** The places where v4.0's kswapd waits. */
const yields = {
  shortSleep: sleeping.shortSleep,
  sleep: sleeping.sleep,
  shrink: shrinking.shrink,
  compact: balance.compact,
} satisfies Loop['yields'];

/** The loop of v4.0's kswapd, which balances a node zone by zone. */
export const loopByZone = { startThread, transitions, yields } satisfies Loop;
