import { isYieldPoint, pointsOf, stepAt, type Kernel, type Point } from '../../model/index.ts';

/** A point of kswapd's loop, as the diagram shows it. */
export interface GraphNode {
  readonly id: Point;
  /** What kswapd waits for there; undefined where it does not wait. */
  readonly waitsFor: string | undefined;
}

export interface Arrow {
  readonly from: Point;
  readonly to: Point;
}

/** The loop as points and arrows, both in the order in which the model names them. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly arrows: readonly Arrow[];
}

/** Where kswapd goes from a point. */
export function leadsTo(k: Kernel, at: Point): readonly Point[] {
  return stepAt(k, at)?.to ?? [];
}

/** The loop of a kernel's kswapd. */
export function loopGraph(k: Kernel): Graph {
  return {
    nodes: pointsOf(k).map((id) => ({ id, waitsFor: isYieldPoint(id) ? k.yields[id]?.waitsFor : undefined })),
    arrows: pointsOf(k).flatMap((from) => leadsTo(k, from).map((to) => ({ from, to }))),
  };
}
