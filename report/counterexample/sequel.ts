import { watchScenario, type Kernel, type Run, type Scenario } from '../../model/index.ts';
import type { Failure, Property } from '../../properties/index.ts';

/** A run as it is shown: with the turns by which a property judges it, where these follow those of the case. */
export interface ShownRun {
  readonly run: Run;
  /** The step at which the property fails, as an index into the run's. */
  readonly failedStep: number | undefined;
  /** What the turns are like that follow those of the case, and the index of the first; undefined if none do. */
  readonly sequel: ShownSequel | undefined;
}

export interface ShownSequel {
  readonly turn: number;
  readonly like: string;
}

/** Runs a scenario, and goes on as the property does that judges it. */
export function watchJudged(
  kernel: Kernel,
  given: Scenario,
  property: Property | undefined,
  failure: Failure | undefined,
): ShownRun {
  const run = watchScenario(kernel, given);
  const follows = property?.over === 'run' ? property.sequel?.(run) : undefined;
  if (follows === undefined || follows.script.length === 0)
    return { run, failedStep: failure?.step, sequel: undefined };
  const { turns } = run;
  const own = Array.from({ length: turns }, (_, turn) => given.script[turn] ?? {});
  const whole = watchScenario(kernel, {
    ...given,
    script: [...own, ...follows.script],
    limit: turns + follows.script.length,
  });
  return {
    run: whole,
    failedStep: failure === undefined ? undefined : whole.steps.length - 1,
    sequel: { turn: turns, like: follows.like },
  };
}
