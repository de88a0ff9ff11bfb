import type { RunningPoint, YieldPoint } from '../state/thread.ts';
import * as balance from './balance.ts';
import * as request from './request.ts';
import * as shrinking from './shrink.ts';
import * as sleeping from './sleep.ts';
import type { Transition, Yield } from './transition.ts';

/** The loop of v4.0's kswapd: what it does at each point that it passes by itself. */
export const transitions: Readonly<Record<RunningPoint, Transition>> = {
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
};

/** The places where v4.0's kswapd waits. */
export const yields: Readonly<Record<YieldPoint, Yield>> = {
  shortSleep: sleeping.shortSleep,
  sleep: sleeping.sleep,
  shrink: shrinking.shrink,
  compact: balance.compact,
};
