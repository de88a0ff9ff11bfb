import type { Balance } from './balance.ts';
import type { NodeBalance } from './nodeBalance.ts';

/** Where kswapd stands between two transitions, in some kernel or other. */
export const POINTS = [
  'startKswapd',
  'readRequest',
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
  'checkNode',
  'kswapdShrinkNode',
  'shrink',
  'finishShrink',
  'endRound',
  'compact',
  'nextRound',
  'countFailure',
  'balanced',
  'checkOrder',
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
 * kswapd's place in its loop, and its local variables. v4.0 has two of order and index, what it serves and what it
 * last read; later kernels serve what they last read.
 * @kernel v4.0 mm/vmscan.c kswapd
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export interface Thread {
  readonly at: Point;
  /** The order that is served: order, later alloc_order. */
  readonly order: number;
  /** v4.0: new_order; later 0. */
  readonly newOrder: number;
  /** The order that the last run ended at: balanced_order, later reclaim_order. */
  readonly balancedOrder: number;
  /** The zone index that is served: classzone_idx, from v5.8 on highest_zoneidx. */
  readonly classzoneIdx: number;
  /** v4.0: new_classzone_idx; later as at the start. */
  readonly newClasszoneIdx: number;
  /** The zone index by which sleep is judged: balanced_classzone_idx; later the same as classzoneIdx. */
  readonly balancedClasszoneIdx: number;
  /** What was left of the short sleep, in jiffies; 0 if it was undisturbed. */
  readonly remaining: number;
  /** v4.0: the balancing run over zones; later as at the start. */
  readonly balance: Balance;
  /** The balancing run over the node; in v4.0 as at the start. */
  readonly nodeBalance: NodeBalance;
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
  nodeBalance: t.nodeBalance,
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
  nodeBalance: t.nodeBalance,
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
  nodeBalance: t.nodeBalance,
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
  nodeBalance: t.nodeBalance,
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
  nodeBalance: t.nodeBalance,
});

/** The thread at another point of its balancing run over a node. */
export const withNodeBalance = (t: Thread, at: Point, nodeBalance: NodeBalance): Thread => ({
  at,
  order: t.order,
  newOrder: t.newOrder,
  balancedOrder: t.balancedOrder,
  classzoneIdx: t.classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx: t.balancedClasszoneIdx,
  remaining: t.remaining,
  balance: t.balance,
  nodeBalance,
});

/** The thread at another point, with the orders and the zone index of later kernels. */
export const withOrders = (
  t: Thread,
  at: Point,
  order: number,
  balancedOrder: number,
  classzoneIdx: number,
): Thread => ({
  at,
  order,
  newOrder: t.newOrder,
  balancedOrder,
  classzoneIdx,
  newClasszoneIdx: t.newClasszoneIdx,
  balancedClasszoneIdx: classzoneIdx,
  remaining: t.remaining,
  balance: t.balance,
  nodeBalance: t.nodeBalance,
});
