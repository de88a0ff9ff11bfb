import type { Loop } from '../kernel.ts';
import { isYieldPoint, POINTS, type Point } from '../state/thread.ts';
import type { Transition, Yield } from './transition.ts';

/** What kswapd does at a point; undefined where it has ended, and at points that the loop does not have. */
export function stepAt({ transitions, yields }: Loop, point: Point): Transition | Yield | undefined {
  if (point === 'stopped') return undefined;
  return isYieldPoint(point) ? yields[point] : transitions[point];
}

/** The points that a kernel's loop has, in the order of POINTS. */
export const pointsOf = (loop: Loop): readonly Point[] =>
  POINTS.filter((point) => point === 'stopped' || stepAt(loop, point) !== undefined);
