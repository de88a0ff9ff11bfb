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
 * The variables of one balancing run.
 * @kernel v4.0 mm/vmscan.c struct scan_control
 */
export interface Balance {
  /** The order that is reclaimed for; falls to 0 once twice its size was reclaimed in a round. */
  readonly order: number;
  /** 12 downwards. */
  readonly priority: number;
  readonly mayWritepage: boolean;
  /** Pages asked of the zone at hand. */
  readonly nrToReclaim: number;
  /** Pages scanned in the zone at hand. */
  readonly nrScanned: number;
  /** Pages reclaimed in this round. */
  readonly nrReclaimed: number;
  /** Pages asked for in this round. */
  readonly nrAttempted: number;
  readonly raisePriority: boolean;
  readonly needsCompaction: boolean;
  /** The highest zone that is shrunk in this round. */
  readonly endZone: number;
  /** The zone at hand. */
  readonly zone: number;
  /** The order at which the zone at hand is called balanced. */
  readonly testorder: number;
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
