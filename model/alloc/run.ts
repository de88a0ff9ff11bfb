import type { Kernel } from '../kernel.ts';
import { runOn, takeTaskTurn, type Engine, type TaskState, type TaskStep } from '../program.ts';
import { applyAllocEvent } from './events.ts';
import { ALLOC_SILENT, type AllocTraceRecord } from './record.ts';
import { isAllocWaiting, type AllocRunning, type AllocTask, type AllocWaiting } from './task.ts';
import type { AllocEvent, AllocTurn } from './turn.ts';

/** One step of an allocation. */
export type AllocStep = TaskStep<AllocRunning, AllocWaiting, AllocTask, AllocTraceRecord, AllocTurn, AllocEvent>;

/** The memory, and the task that allocates from it. */
export type AllocState = TaskState<AllocTask>;

export type AllocObserver = (step: AllocStep) => void;

/** How tasks run through the page allocator. */
export const allocEngine: Engine<AllocRunning, AllocWaiting, AllocTask, AllocTraceRecord, AllocTurn> = {
  programOf: (k) => k.allocator,
  isWaiting: isAllocWaiting,
};

/** How an allocation ended: with a page or without one, or cut off before one more attempt. */
export type AllocEnd = 'done' | 'limit';

export interface AllocEnded extends AllocState {
  readonly end: AllocEnd;
  readonly trace: readonly AllocTraceRecord[];
  /** Turns taken. */
  readonly turns: number;
  /** Walks over the zonelist. */
  readonly attempts: number;
}

/** The environment of an allocation: what it does turn by turn, and after how many attempts the run is cut off. */
export interface AllocEnvironment {
  readonly script: readonly AllocTurn[];
  readonly limit?: number;
}

const LIMIT: AllocTraceRecord = { ev: 'limit' };
const IDLE: AllocTurn = {};
const NO_EVENTS: readonly AllocEvent[] = [];

/** Runs a task until its allocation is over, from wherever it stands. Past the script's end every turn is empty. */
export function runAllocation(
  k: Kernel,
  start: AllocState,
  { script, limit = Infinity }: AllocEnvironment,
  observe?: AllocObserver,
): AllocEnded {
  const trace: AllocTraceRecord[] = [];
  const listen = (step: AllocStep): void => {
    for (const record of step.records) trace.push(record);
    observe?.(step);
  };
  let state = start;
  let turns = 0;
  let attempts = 0;
  const oneTooMany = (at: AllocRunning): boolean => at === 'getPageFromFreelist' && ++attempts > limit;
  for (;;) {
    state = runOn(allocEngine, k, state, turns, listen, oneTooMany);
    const { at } = state.task;
    if (at === 'done') return { end: 'done', ...state, trace, turns, attempts };
    if (!isAllocWaiting(at)) return { end: 'limit', ...state, trace: [...trace, LIMIT], turns, attempts: limit };
    const input = script[turns] ?? IDLE;
    const meanwhile = (waiting: AllocState): AllocState => happen(waiting, at, input, turns, listen);
    state = takeTaskTurn(allocEngine, k, state, at, input, turns, meanwhile, listen);
    turns++;
  }
}

/** What other tasks do in one turn, in order. */
function happen(
  start: AllocState,
  at: AllocWaiting,
  input: AllocTurn,
  turn: number,
  listen: AllocObserver,
): AllocState {
  let state = start;
  for (const event of input.events ?? NO_EVENTS) {
    const { memory, task } = applyAllocEvent(state.memory, state.task, event);
    const after = { memory, task };
    listen({ kind: 'event', at, turn, event, before: state, after, records: ALLOC_SILENT });
    state = after;
  }
  return state;
}
