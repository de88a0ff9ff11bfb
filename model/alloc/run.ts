import type { Kernel } from '../kernel.ts';
import type { Memory } from '../state/memory.ts';
import { applyAllocEvent } from './events.ts';
import { ALLOC_SILENT, type AllocTraceRecord } from './record.ts';
import { isAllocWaiting, type AllocPoint, type AllocRunning, type AllocTask, type AllocWaiting } from './task.ts';
import type { AllocEvent, AllocTurn } from './turn.ts';

/** One step of an allocation. `turn` is the index of the turn that is being taken, or of the next one between turns. */
export type AllocStep =
  | (AllocStepEnds & { readonly kind: 'transition'; readonly at: AllocRunning })
  | (AllocStepEnds & { readonly kind: 'work'; readonly at: AllocWaiting; readonly input: AllocTurn })
  | (AllocStepEnds & { readonly kind: 'event'; readonly at: AllocWaiting; readonly event: AllocEvent })
  | (AllocStepEnds & { readonly kind: 'resume'; readonly at: AllocWaiting; readonly input: AllocTurn });

export interface AllocStepEnds {
  readonly turn: number;
  readonly before: AllocState;
  readonly after: AllocState;
  readonly records: readonly AllocTraceRecord[];
}

/** The memory, and the task that allocates from it. */
export interface AllocState {
  readonly memory: Memory;
  readonly task: AllocTask;
}

export type AllocObserver = (step: AllocStep) => void;

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
  let state = start;
  let turns = 0;
  let attempts = 0;
  for (;;) {
    const { at } = state.task;
    if (at === 'done') return ended('done', state, trace, turns, attempts);
    if (isAllocWaiting(at)) {
      state = takeTurn(k, state, at, script[turns] ?? IDLE, turns, trace, observe);
      turns++;
      continue;
    }
    if (at === 'getPageFromFreelist' && ++attempts > limit) {
      return ended('limit', state, [...trace, LIMIT], turns, limit);
    }
    const { memory, task, records } = stepAt(k, at).step(k, state.memory, state.task);
    const after = { memory, task };
    for (const record of records) trace.push(record);
    if (observe !== undefined) observe({ kind: 'transition', at, turn: turns, before: state, after, records });
    state = after;
  }
}

const ended = (
  end: AllocEnd,
  { memory, task }: AllocState,
  trace: readonly AllocTraceRecord[],
  turns: number,
  attempts: number,
): AllocEnded => ({ end, memory, task, trace, turns, attempts });

const noSuchPoint = (k: Kernel, at: AllocPoint): never => {
  throw new Error(`the page allocator of ${k.name} does not come to ${at}`);
};

const stepAt = (k: Kernel, at: AllocRunning) => k.allocator.transitions[at] ?? noSuchPoint(k, at);

/** Takes one turn at a yield point: its work, its events in order, and the task going on. */
function takeTurn(
  k: Kernel,
  start: AllocState,
  at: AllocWaiting,
  input: AllocTurn,
  turn: number,
  trace: AllocTraceRecord[],
  observe: AllocObserver | undefined,
): AllocState {
  const point = k.allocator.yields[at] ?? noSuchPoint(k, at);
  const worked = point.work(k, start.memory, start.task, input);
  let state: AllocState = { memory: worked.memory, task: worked.task };
  for (const record of worked.records) trace.push(record);
  if (observe !== undefined) {
    observe({ kind: 'work', at, turn, input, before: start, after: state, records: worked.records });
  }
  for (const event of input.events ?? NO_EVENTS) {
    const { memory, task } = applyAllocEvent(state.memory, state.task, event);
    const after = { memory, task };
    if (observe !== undefined) observe({ kind: 'event', at, turn, event, before: state, after, records: ALLOC_SILENT });
    state = after;
  }
  const { memory, task, records } = point.resume(k, state.memory, state.task, input);
  for (const record of records) trace.push(record);
  const after = { memory, task };
  if (observe !== undefined) observe({ kind: 'resume', at, turn, input, before: state, after, records });
  return after;
}
