import { tryToFreePages } from '../enter.ts';
import { doTryToFreePages } from '../passes.ts';
import type { DirectReclaim } from '../program.ts';
import { checkPending, throttled, throttleDirectReclaim, type ReserveRule } from '../throttle.ts';
import { nextPriority, returnOrRetry } from './passes.ts';
import { nextZone, shrink, shrinkZones } from './walk.ts';

const reserveRule: ReserveRule = (k, m) => k.pfmemallocWatermarkOk(k, m);

/** v4.0's direct reclaim, zone by zone. */
export const directReclaim: DirectReclaim = {
  transitions: {
    tryToFreePages,
    throttleDirectReclaim: throttleDirectReclaim(reserveRule),
    checkPending,
    doTryToFreePages,
    shrinkZones,
    nextZone,
    nextPriority,
    returnOrRetry,
  },
  yields: { throttled: throttled(reserveRule), shrink },
};
