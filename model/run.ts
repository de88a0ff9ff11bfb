import { bootScenario } from './boot.ts';
import { applyEvent } from './events.ts';
import type { Kernel } from './kernel.ts';
import { SILENT, type TraceRecord } from './record.ts';
import type { Event, Scenario, Turn } from './scenario.ts';
import type { Machine } from './state/machine.ts';
import { isYieldPoint, type Point, type RunningPoint, type YieldPoint } from './state/thread.ts';

/** kswapd may begin to balance this often without once passing a yield point; then it spins. */
export const MAX_WAKES_BETWEEN_YIELDS = 16;

/** One step of a run. `turn` is the index of the turn that is being taken, or of the next one between turns. */
export type Step =
  | (StepEnds & { readonly kind: 'transition'; readonly at: RunningPoint })
  | (StepEnds & { readonly kind: 'work'; readonly at: YieldPoint; readonly input: Turn })
  | (StepEnds & { readonly kind: 'event'; readonly at: YieldPoint; readonly event: Event })
  | (StepEnds & { readonly kind: 'resume'; readonly at: YieldPoint; readonly input: Turn });

export interface StepEnds {
  readonly turn: number;
  readonly before: Machine;
  readonly after: Machine;
  readonly records: readonly TraceRecord[];
}

export type Observer = (step: Step) => void;

/**
 * How a run ended: kswapd left its loop, sleeps with no turn left, was cut off after `limit` turns or for spinning,
 * or came to the point where it was to be left.
 */
export type End = 'stopped' | 'asleep' | 'limit' | 'spinning' | 'reached';

export interface Ended {
  readonly end: End;
  readonly machine: Machine;
  readonly trace: readonly TraceRecord[];
  /** Turns taken. */
  readonly turns: number;
}

/** The environment of a run: what it does turn by turn, and when the run is cut off. */
export interface Environment {
  readonly script: readonly Turn[];
  /** Most turns taken; unlimited if left out. */
  readonly limit?: number;
  /** The run ends when kswapd comes to this point. */
  readonly until?: Point;
}

const LIMIT: TraceRecord = { ev: 'limit' };
const IDLE: Turn = {};
const NO_EVENTS: readonly Event[] = [];

/**
 * Runs kswapd against a scripted environment, from wherever it stands. Past the script's end every turn is empty, and
 * a sleep that no turn is left for ends the run.
 */
export function runMachine(k: Kernel, start: Machine, environment: Environment, observe?: Observer): Ended {
  const { script, limit = Infinity, until } = environment;
  const trace: TraceRecord[] = [];
  let machine = start;
  let turns = 0;
  let wakes = 0;
  for (;;) {
    const { at } = machine.thread;
    if (at === until) return { end: 'reached', machine, trace, turns };
    if (at === 'stopped') return { end: 'stopped', machine, trace, turns };
    if (isYieldPoint(at)) {
      if (at === 'sleep' && turns >= script.length) return { end: 'asleep', machine, trace, turns };
      if (turns >= limit) return { end: 'limit', machine, trace: [...trace, LIMIT], turns };
      machine = takeTurn(k, machine, at, script[turns] ?? IDLE, turns, trace, observe);
      turns++;
      wakes = 0;
      continue;
    }
    if (at === 'wake' && ++wakes > MAX_WAKES_BETWEEN_YIELDS) {
      return { end: 'spinning', machine, trace: [...trace, LIMIT], turns };
    }
    const { machine: after, records } = k.transitions[at]!.step(k, machine);
    for (const record of records) trace.push(record);
    if (observe !== undefined) observe({ kind: 'transition', at, turn: turns, before: machine, after, records });
    machine = after;
  }
}

/** Takes one turn at a yield point: its work, its events in order, and kswapd going on (or waiting still). */
function takeTurn(
  k: Kernel,
  start: Machine,
  at: YieldPoint,
  input: Turn,
  turn: number,
  trace: TraceRecord[],
  observe: Observer | undefined,
): Machine {
  const point = k.yields[at]!;
  let machine = point.work(k, start, input);
  if (observe !== undefined) {
    observe({ kind: 'work', at, turn, input, before: start, after: machine, records: SILENT });
  }
  for (const event of input.events ?? NO_EVENTS) {
    const { machine: after, records } = applyEvent(k, machine, event);
    for (const record of records) trace.push(record);
    if (observe !== undefined) observe({ kind: 'event', at, turn, event, before: machine, after, records });
    machine = after;
  }
  const after = point.resume(k, machine, input) ?? machine;
  if (observe !== undefined) {
    observe({ kind: 'resume', at, turn, input, before: machine, after, records: SILENT });
  }
  return after;
}

/** Runs a scenario from the first line of kswapd's thread function. */
export function runScenario(k: Kernel, scenario: Scenario, observe?: Observer): Ended {
  return runMachine(k, bootScenario(k, scenario), scenario, observe);
}

/** A run that was watched: every step, in order. */
export interface Run extends Ended {
  readonly kernel: Kernel;
  readonly start: Machine;
  readonly steps: readonly Step[];
}

/** Runs a scenario and keeps every step. */
export function watchScenario(kernel: Kernel, scenario: Scenario): Run {
  const steps: Step[] = [];
  const start = bootScenario(kernel, scenario);
  return { ...runMachine(kernel, start, scenario, (step) => steps.push(step)), kernel, start, steps };
}
