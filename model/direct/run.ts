import { applyEvent } from '../events.ts';
import type { Kernel } from '../kernel.ts';
import { runOn, takeTaskTurn, type Engine, type TaskState, type TaskStep } from '../program.ts';
import type { Event } from '../scenario.ts';
import { machineOf, withMachine } from '../state/memory.ts';
import { bootDirectCase, type DirectCase } from './case.ts';
import type { DirectRecord, DirectTurn } from './program.ts';
import type { DirectPoint, DirectRunning, DirectTask, DirectWaiting } from './task.ts';

/** The memory, and the task that reclaims. */
export type DirectState = TaskState<DirectTask>;

/** One step of a direct reclaim. */
export type DirectStep = TaskStep<DirectRunning, DirectWaiting, DirectTask, DirectRecord, DirectTurn, Event>;

export type DirectObserver = (step: DirectStep) => void;

/** Whether the task waits at this point. */
export const isDirectWaiting = (at: DirectPoint): at is DirectWaiting => at === 'throttled' || at === 'shrink';

/** How tasks run through direct reclaim. */
export const directEngine: Engine<DirectRunning, DirectWaiting, DirectTask, DirectRecord, DirectTurn> = {
  programOf: (k) => k.directReclaim,
  isWaiting: isDirectWaiting,
};

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
  const listen = (step: DirectStep): void => {
    for (const record of step.records) trace.push(record);
    observe?.(step);
  };
  let state = start;
  let turns = 0;
  for (;;) {
    state = runOn(directEngine, k, state, turns, listen);
    const { at } = state.task;
    if (!isDirectWaiting(at)) return { end: 'returned', ...state, trace, turns };
    if (at === 'throttled' && turns >= script.length) return { end: 'throttled', ...state, trace, turns };
    if (turns >= limit) return { end: 'limit', ...state, trace, turns };
    const input = script[turns] ?? IDLE;
    const meanwhile = (waiting: DirectState): DirectState => happen(k, waiting, at, input, turns, listen);
    state = takeTaskTurn(directEngine, k, state, at, input, turns, meanwhile, listen);
    turns++;
  }
}

/** What other tasks do in one turn to the node that is shrunk or waited on, in order. */
function happen(
  k: Kernel,
  start: DirectState,
  at: DirectWaiting,
  input: DirectTurn,
  turn: number,
  listen: DirectObserver,
): DirectState {
  let state = start;
  for (const event of input.events ?? NO_EVENTS) {
    const { memory, task } = state;
    const { machine, records } = applyEvent(k, machineOf(memory, task.node), event);
    const after = { memory: withMachine(memory, task.node, machine), task };
    listen({ kind: 'event', at, turn, event, before: state, after, records });
    state = after;
  }
  return state;
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

/** More turns than a kernel takes whose passes come to an end. */
const MOST_TURNS = 20_000;

/** Runs a case and keeps every step. */
export function watchDirectCase(kernel: Kernel, given: DirectCase, limit = MOST_TURNS): DirectRun {
  const steps: DirectStep[] = [];
  const start = bootDirectCase(kernel, given);
  const ended = runDirect(kernel, start, given.script, (step) => steps.push(step), limit);
  return { ...ended, kernel, given, start, steps };
}
