import { allocEngine, type AllocStep } from '../alloc/run.ts';
import type { AllocTask, AllocWaiting } from '../alloc/task.ts';
import type { AllocTurn } from '../alloc/turn.ts';
import { directEngine, type DirectStep } from '../direct/run.ts';
import type { DirectTurn } from '../direct/program.ts';
import type { DirectTask, DirectWaiting } from '../direct/task.ts';
import type { Kernel } from '../kernel.ts';
import { runOn, takeTaskTurn, type TaskState } from '../program.ts';
import { withPlace, withTask, type WholeMachine } from './state.ts';
import { note, type Recorder, type TracedStep } from './step.ts';

/** What happens to the machine while someone waits. */
export type Happen = (w: WholeMachine) => WholeMachine;

/** Nothing happens. */
export const unchanged: Happen = (w) => w;

/** How a program that sees memory and one task's place is run on a whole machine. */
interface Seat<T, S extends { readonly after: TaskState<T> }> {
  readonly placeOf: (w: WholeMachine, index: number) => T;
  readonly moved: (w: WholeMachine, index: number, to: TaskState<T>) => WholeMachine;
  readonly told: (index: number, step: S, before: WholeMachine, after: WholeMachine) => TracedStep;
}

const inAllocator: Seat<AllocTask, AllocStep> = {
  placeOf: (w, index) => w.tasks[index]!.allocation!,
  moved: (w, index, to) => withTask(w, index, withPlace(w.tasks[index]!, to.task), to.memory),
  told: (task, step, before, after) => {
    const { turn, records } = step;
    return { of: 'allocation', task, step, turn, before, after, records };
  },
};

const inDirectReclaim: Seat<DirectTask, DirectStep> = {
  placeOf: (w, index) => w.tasks[index]!.reclaim!,
  moved: (w, index, to) =>
    withTask(w, index, withPlace(w.tasks[index]!, w.tasks[index]!.allocation, to.task), to.memory),
  told: (task, step, before, after) => {
    const { turn, records } = step;
    return { of: 'direct', task, step, turn, before, after, records };
  },
};

/** A task's way through a program: the machine as it stands. */
interface Way {
  now: WholeMachine;
}

const stateOf = <T, S extends { readonly after: TaskState<T> }>(
  seat: Seat<T, S>,
  w: WholeMachine,
  index: number,
): TaskState<T> => ({ memory: w.memory, task: seat.placeOf(w, index) });

/** Goes along with a task, and tells of the whole machine what the program tells of the memory and the task. */
const along =
  <T, S extends { readonly after: TaskState<T> }>(seat: Seat<T, S>, way: Way, index: number, recorder: Recorder) =>
  (step: S): void => {
    const before = way.now;
    way.now = seat.moved(before, index, step.after);
    note(recorder, seat.told(index, step, before, way.now));
  };

/** The task's own steps in the allocator, up to where it waits or is done. */
export function runAllocator(k: Kernel, start: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const way: Way = { now: start };
  runOn(allocEngine, k, stateOf(inAllocator, start, index), recorder.turn, along(inAllocator, way, index, recorder));
  return way.now;
}

/**
 * The task's wait in the allocator, where it stands between turns: what it did meanwhile, what happened meanwhile, and
 * how it goes on.
 */
export function answerAllocator(
  k: Kernel,
  start: WholeMachine,
  index: number,
  input: AllocTurn,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const state = stateOf(inAllocator, start, index);
  const at = state.task.at as AllocWaiting;
  const way: Way = { now: start };
  const meanwhile = () => {
    way.now = happen(way.now);
    return stateOf(inAllocator, way.now, index);
  };
  takeTaskTurn(allocEngine, k, state, at, input, recorder.turn, meanwhile, along(inAllocator, way, index, recorder));
  return way.now;
}

/** The task's own steps in direct reclaim, up to where it waits or has returned. */
export function runDirectReclaim(k: Kernel, start: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const way: Way = { now: start };
  runOn(
    directEngine,
    k,
    stateOf(inDirectReclaim, start, index),
    recorder.turn,
    along(inDirectReclaim, way, index, recorder),
  );
  return way.now;
}

/**
 * The task's wait in direct reclaim, where it stands between turns: what it did meanwhile, what happened meanwhile, and
 * how it goes on.
 */
export function answerDirectReclaim(
  k: Kernel,
  start: WholeMachine,
  index: number,
  input: DirectTurn,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const state = stateOf(inDirectReclaim, start, index);
  const at = state.task.at as DirectWaiting;
  const way: Way = { now: start };
  const meanwhile = () => {
    way.now = happen(way.now);
    return stateOf(inDirectReclaim, way.now, index);
  };
  takeTaskTurn(
    directEngine,
    k,
    state,
    at,
    input,
    recorder.turn,
    meanwhile,
    along(inDirectReclaim, way, index, recorder),
  );
  return way.now;
}
