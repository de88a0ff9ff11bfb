import type { Balance } from './balance.ts';

/** Where kswapd stands between two transitions. */
export const POINTS = [
  'checkRequest',
  'kswapdTryToSleep',
  'shortSleep',
  'recheckSleep',
  'sleep',
  'takeRequest',
  'checkFreeze',
  'wake',
  'balancePgdat',
  'findEndZone',
  'nextZone',
  'kswapdShrinkZone',
  'shrink',
  'finishShrink',
  'endRound',
  'compact',
  'nextRound',
  'balanced',
  'stopped',
] as const;
export type Point = (typeof POINTS)[number];

/**
 * The points where kswapd waits for, or works long beside, the rest of the machine: a turn of the environment resumes
 * it.
 */
export const YIELD_POINTS = ['shortSleep', 'sleep', 'shrink', 'compact'] as const satisfies readonly Point[];
export type YieldPoint = (typeof YIELD_POINTS)[number];

/** The points that kswapd passes by itself. */
export type RunningPoint = Exclude<Point, YieldPoint | 'stopped'>;

export function isYieldPoint(point: Point): point is YieldPoint {
  return point === 'shrink' || point === 'shortSleep' || point === 'sleep' || point === 'compact';
}

/**
 * kswapd's place in its loop, and its local variables.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export interface Thread {
  readonly at: Point;
  readonly order: number;
  readonly newOrder: number;
  readonly balancedOrder: number;
  readonly classzoneIdx: number;
  readonly newClasszoneIdx: number;
  readonly balancedClasszoneIdx: number;
  /** What was left of the short sleep, in jiffies; 0 if it was undisturbed. */
  readonly remaining: number;
  readonly balance: Balance;
}

/** The thread at another point, all else as it was. */
export const threadAt = (t: Thread, at: Point): Thread => ({
  at,
  order: t.order,
  newOrder: t.newOrder,
  balancedOrder: t.balancedOrder,
  classzoneIdx: t.classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx: t.balancedClasszoneIdx,
  remaining: t.remaining,
  balance: t.balance,
});

/** The thread at another point of its balancing run. */
export const withBalance = (t: Thread, at: Point, balance: Balance): Thread => ({
  at,
  order: t.order,
  newOrder: t.newOrder,
  balancedOrder: t.balancedOrder,
  classzoneIdx: t.classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx: t.balancedClasszoneIdx,
  remaining: t.remaining,
  balance,
});

/** The thread at another point, with the order and zone index that it serves and those that it last read. */
export const withServed = (
  t: Thread,
  at: Point,
  order: number,
  classzoneIdx: number,
  newOrder: number,
  newClasszoneIdx: number,
): Thread => ({
  at,
  order,
  newOrder,
  balancedOrder: t.balancedOrder,
  classzoneIdx,
  newClasszoneIdx,
  balancedClasszoneIdx: t.balancedClasszoneIdx,
  remaining: t.remaining,
  balance: t.balance,
});

/** The thread at another point, with the order and zone index that its balancing run is judged by. */
export const withBalanced = (t: Thread, at: Point, balancedOrder: number, balancedClasszoneIdx: number): Thread => ({
  at,
  order: t.order,
  newOrder: t.newOrder,
  balancedOrder,
  classzoneIdx: t.classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx,
  remaining: t.remaining,
  balance: t.balance,
});

/** The thread at another point, with what was left of its short sleep. */
export const withRemaining = (t: Thread, at: Point, remaining: number): Thread => ({
  at,
  order: t.order,
  newOrder: t.newOrder,
  balancedOrder: t.balancedOrder,
  classzoneIdx: t.classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx: t.balancedClasszoneIdx,
  remaining,
  balance: t.balance,
});
