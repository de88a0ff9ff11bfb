import type { AllocPoint, DirectPoint, Point, WholeRun, WholeStep } from '../../model/index.ts';

export type Allocating = Extract<WholeStep, { of: 'allocation' }>;
export type Reclaiming = Extract<WholeStep, { of: 'direct' }>;
export type Balancing = Extract<WholeStep, { of: 'kswapd' }>;
export type Happening = Extract<WholeStep, { of: 'event' }>;

/** A step, after its place in the run. */
export type Placed<S> = readonly (readonly [i: number, step: S])[];
type Places<S> = Map<string, (readonly [i: number, step: S])[]>;

/** The steps of a run by whose they are and by the point that they are taken at. */
interface Sorted {
  readonly all: {
    readonly allocation: (readonly [number, Allocating])[];
    readonly direct: (readonly [number, Reclaiming])[];
    readonly kswapd: (readonly [number, Balancing])[];
    readonly event: (readonly [number, Happening])[];
  };
  readonly allocation: Places<Allocating>;
  readonly direct: Places<Reclaiming>;
  readonly kswapd: Places<Balancing>;
}

/** Sorted once for each run: every property looks for a few steps among thousands. */
const sortedRuns = new WeakMap<WholeRun, Sorted>();

function put<S>(places: Places<S>, at: string, placed: readonly [number, S]): void {
  const there = places.get(at);
  if (there === undefined) places.set(at, [placed]);
  else there.push(placed);
}

function sorted(run: WholeRun): Sorted {
  const known = sortedRuns.get(run);
  if (known !== undefined) return known;
  const all: Sorted['all'] = { allocation: [], direct: [], kswapd: [], event: [] };
  const found: Sorted = { all, allocation: new Map(), direct: new Map(), kswapd: new Map() };
  for (const [i, step] of run.steps.entries()) {
    if (step.of === 'allocation') {
      const placed = [i, step] as const;
      all.allocation.push(placed);
      put(found.allocation, step.step.at, placed);
    } else if (step.of === 'direct') {
      const placed = [i, step] as const;
      all.direct.push(placed);
      put(found.direct, step.step.at, placed);
    } else if (step.of === 'kswapd') {
      const placed = [i, step] as const;
      all.kswapd.push(placed);
      put(found.kswapd, step.step.at, placed);
    } else if (step.of === 'event') {
      all.event.push([i, step]);
    }
  }
  sortedRuns.set(run, found);
  return found;
}

/** The steps of tasks in the page allocator, or those at one point. */
export const allocating = (run: WholeRun, at?: AllocPoint): Placed<Allocating> =>
  at === undefined ? sorted(run).all.allocation : (sorted(run).allocation.get(at) ?? []);

/** The steps of tasks in direct reclaim. */
export const reclaiming = (run: WholeRun, at?: DirectPoint): Placed<Reclaiming> =>
  at === undefined ? sorted(run).all.direct : (sorted(run).direct.get(at) ?? []);

/** The steps of kswapds. */
export const balancing = (run: WholeRun, at?: Point): Placed<Balancing> =>
  at === undefined ? sorted(run).all.kswapd : (sorted(run).kswapd.get(at) ?? []);

/** What the environment does. */
export const happenings = (run: WholeRun): Placed<Happening> => sorted(run).all.event;
