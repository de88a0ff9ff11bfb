import type { Loop } from '../../kernel.ts';
import { wake } from '../byZone/request.ts';
import { sleep } from '../byZone/sleep.ts';
import * as balance from './balance.ts';
import * as request from './request.ts';
import * as shrinking from './shrink.ts';
import * as sleeping from './sleep.ts';
import { startThread } from './start.ts';

/** What kswapd does from v4.8 on at each point that it passes by itself. */
const transitions = {
  startKswapd: request.startKswapd,
  readRequest: request.readRequest,
  kswapdTryToSleep: sleeping.kswapdTryToSleep,
  recheckSleep: sleeping.recheckSleep,
  takeRequest: request.takeRequest,
  checkFreeze: request.checkFreeze,
  wake,
  balancePgdat: balance.balancePgdat,
  checkNode: balance.checkNode,
  kswapdShrinkNode: shrinking.kswapdShrinkNode,
  finishShrink: shrinking.finishShrink,
  endRound: balance.endRound,
  nextRound: balance.nextRound,
  countFailure: balance.countFailure,
  balanced: balance.balanced,
  checkOrder: request.checkOrder,
} satisfies Loop['transitions'];

/** The places where it waits. */
const yields = {
  shortSleep: sleeping.shortSleep,
  sleep,
  shrink: shrinking.shrink,
} satisfies Loop['yields'];

/** The loop of later kswapds, which balance a node as a whole. */
export const loopByNode = { startThread, transitions, yields } satisfies Loop;
