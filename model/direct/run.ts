import { applyEvent } from '../events.ts';
import type { Kernel } from '../kernel.ts';
import type { Event } from '../scenario.ts';
import { machineOf, withMachine, type Memory } from '../state/memory.ts';
import { bootDirectCase, type DirectCase } from './case.ts';
import type { DirectRecord, DirectTurn } from './program.ts';
import type { DirectPoint, DirectRunning, DirectTask, DirectWaiting } from './task.ts';

/** The memory, and the task that reclaims. */
export interface DirectState {
  readonly memory: Memory;
  readonly task: DirectTask;
}

interface DirectStepEnds {
  readonly turn: number;
  readonly before: DirectState;
  readonly after: DirectState;
  readonly records: readonly DirectRecord[];
}

/** One step of a direct reclaim. `turn` is the index of the turn that is being taken, or of the next one. */
export type DirectStep =
  | (DirectStepEnds & { readonly kind: 'transition'; readonly at: DirectRunning })
  | (DirectStepEnds & { readonly kind: 'work'; readonly at: DirectWaiting; readonly input: DirectTurn })
  | (DirectStepEnds & { readonly kind: 'event'; readonly at: DirectWaiting; readonly event: Event })
  | (DirectStepEnds & { readonly kind: 'resume'; readonly at: DirectWaiting; readonly input: DirectTurn });

export type DirectObserver = (step: DirectStep) => void;

/** How a direct reclaim ended: it returned, it is still throttled with no turn left, or it was cut off. */
export type DirectEnd = 'returned' | 'throttled' | 'limit';

export interface DirectEnded extends DirectState {
  readonly end: DirectEnd;
  readonly trace: readonly DirectRecord[];
  /** Turns taken. */
  readonly turns: number;
}

const IDLE: DirectTurn = {};
const NO_EVENTS: readonly Event[] = [];
const NO_RECORDS: readonly DirectRecord[] = [];

/** Whether the task waits at this point. */
export const isDirectWaiting = (at: DirectPoint): at is DirectWaiting => at === 'throttled' || at === 'shrink';

/**
 * Runs a task in direct reclaim against a scripted environment, from wherever it stands. Past the script's end every
 * turn is empty, and a throttle that no turn is left for ends the run.
 */
export function runDirect(
  k: Kernel,
  start: DirectState,
  script: readonly DirectTurn[],
  observe?: DirectObserver,
  limit = Infinity,
): DirectEnded {
  const trace: DirectRecord[] = [];
  let { memory, task } = start;
  let turns = 0;
  for (;;) {
    const { at } = task;
    if (at === 'done') return { end: 'returned', memory, task, trace, turns };
    if (isDirectWaiting(at)) {
      if (at === 'throttled' && turns >= script.length) return { end: 'throttled', memory, task, trace, turns };
      if (turns >= limit) return { end: 'limit', memory, task, trace, turns };
      ({ memory, task } = takeDirectTurn(k, { memory, task }, at, script[turns] ?? IDLE, turns, trace, observe));
      turns++;
      continue;
    }
    const before = { memory, task };
    const { records, ...after } = k.directReclaim.transitions[at].step(k, memory, task);
    for (const record of records) trace.push(record);
    observe?.({ kind: 'transition', at, turn: turns, before, after, records });
    ({ memory, task } = after);
  }
}

/** Takes one turn: the work of the point, its events in order, and the task going on (or waiting still). */
function takeDirectTurn(
  k: Kernel,
  start: DirectState,
  at: DirectWaiting,
  input: DirectTurn,
  turn: number,
  trace: DirectRecord[],
  observe: DirectObserver | undefined,
): DirectState {
  const point = k.directReclaim.yields[at];
  const worked = point.work(k, start.memory, start.task, input);
  let state: DirectState = { memory: worked.memory, task: worked.task };
  observe?.({ kind: 'work', at, turn, input, before: start, after: state, records: worked.records });
  for (const event of input.events ?? NO_EVENTS) {
    const { task } = state;
    const { machine, records } = applyEvent(k, machineOf(state.memory, task.node), event);
    for (const record of records) trace.push(record);
    const after = { memory: withMachine(state.memory, task.node, machine), task };
    observe?.({ kind: 'event', at, turn, event, before: state, after, records });
    state = after;
  }
  const { memory, task } = point.resume(k, state.memory, state.task, input);
  const after = { memory, task };
  observe?.({ kind: 'resume', at, turn, input, before: state, after, records: NO_RECORDS });
  return after;
}

/** Runs a case from the entry of direct reclaim. */
export function runDirectCase(k: Kernel, given: DirectCase, observe?: DirectObserver, limit?: number): DirectEnded {
  return runDirect(k, bootDirectCase(k, given), given.script, observe, limit);
}

/** A direct reclaim that was watched: every step, in order. */
export interface DirectRun extends DirectEnded {
  readonly kernel: Kernel;
  readonly given: DirectCase;
  readonly start: DirectState;
  readonly steps: readonly DirectStep[];
}

/** Runs a case and keeps every step. */
export function watchDirectCase(kernel: Kernel, given: DirectCase, limit?: number): DirectRun {
  const steps: DirectStep[] = [];
  const start = bootDirectCase(kernel, given);
  const ended = runDirect(kernel, start, given.script, (step) => steps.push(step), limit);
  return { ...ended, kernel, given, start, steps };
}
