import { POINTS, pointsOf, stepAt, type Kernel } from '../model/index.ts';
import { KERNELS } from './versions.ts';

/** What is done at a point of a small-step machine, as far as the book tells it. */
export interface Step {
  readonly to: readonly string[];
  readonly does: string;
  /** What it waits for; undefined where it does not wait. */
  readonly waitsFor?: string;
}

/** A small-step machine of the kernels: kswapd's loop, the page allocator, or direct reclaim. */
export interface ProgramName {
  /** What its steps are called after in lists of changes: `kswapd.shrink`. */
  readonly machine: string;
  /** The folder of the model that its steps are in. */
  readonly folder: string;
  /** Where it ends. */
  readonly end: string;
  /** The steps of a kernel by point; where it ends there is none. */
  readonly stepsOf: (k: Kernel) => Readonly<Record<string, Step>>;
  /** The points of all kernels, in the order in which they are told. */
  readonly points: readonly string[];
  /** Points whose step is exported by another name, since another function of the model has theirs. */
  readonly exported: Readonly<Record<string, string>>;
}

const loopSteps = (k: Kernel): Readonly<Record<string, Step>> =>
  Object.fromEntries(pointsOf(k).flatMap((point) => [[point, stepAt(k, point)]].filter(([, step]) => step)));

const allocatorSteps = ({ allocator }: Kernel): Readonly<Record<string, Step>> => ({
  ...allocator.transitions,
  ...allocator.yields,
});

const directSteps = ({ directReclaim }: Kernel): Readonly<Record<string, Step>> => ({
  ...directReclaim.transitions,
  ...directReclaim.yields,
});

/** The points of all kernels as they are come to, from the first on. */
function pointsFrom(first: string, stepsOf: ProgramName['stepsOf']): readonly string[] {
  const seen = new Set<string>();
  const visit = (point: string): void => {
    if (seen.has(point)) return;
    seen.add(point);
    for (const k of KERNELS) for (const to of stepsOf(k)[point]?.to ?? []) visit(to);
  };
  visit(first);
  return [...seen];
}

export const LOOP: ProgramName = {
  machine: 'kswapd',
  folder: 'loop/',
  end: 'stopped',
  stepsOf: loopSteps,
  points: POINTS,
  exported: {},
};

export const ALLOCATOR: ProgramName = {
  machine: 'allocator',
  folder: 'alloc/',
  end: 'done',
  stepsOf: allocatorSteps,
  points: pointsFrom('allocPagesNodemask', allocatorSteps),
  exported: { rmqueue: 'rmqueueStep', wakeAllKswapds: 'wakeKswapds' },
};

export const DIRECT_RECLAIM: ProgramName = {
  machine: 'directReclaim',
  folder: 'direct/',
  end: 'done',
  stepsOf: directSteps,
  points: pointsFrom('tryToFreePages', directSteps),
  exported: {},
};

/** The points that a kernel's program has, with its end, in the order in which they are told. */
export function programPoints(program: ProgramName, k: Kernel): readonly string[] {
  const steps = program.stepsOf(k);
  return program.points.filter((point) => point === program.end || steps[point] !== undefined);
}
