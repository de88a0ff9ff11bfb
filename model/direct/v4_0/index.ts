import { tryToFreePages } from '../enter.ts';
import { doTryToFreePages } from '../passes.ts';
import type { DirectReclaim } from '../program.ts';
import { checkPending, throttled, throttleDirectReclaim } from '../throttle.ts';
import { nextPriority, returnOrRetry } from './passes.ts';
import { nextZone, shrink, shrinkZones } from './walk.ts';

/** v4.0's direct reclaim, zone by zone. */
export const directReclaim: DirectReclaim = {
  transitions: {
    tryToFreePages,
    throttleDirectReclaim,
    checkPending,
    doTryToFreePages,
    shrinkZones,
    nextZone,
    nextPriority,
    returnOrRetry,
  },
  yields: { throttled, shrink },
};
