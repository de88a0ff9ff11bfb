import { allocEngine, type AllocStep } from '../alloc/run.ts';
import { isAllocWaiting, type AllocTask } from '../alloc/task.ts';
import type { AllocTurn } from '../alloc/turn.ts';
import { directEngine, isDirectWaiting, type DirectStep } from '../direct/run.ts';
import type { DirectTurn } from '../direct/program.ts';
import type { DirectTask } from '../direct/task.ts';
import type { Kernel } from '../kernel.ts';
import { runOn, takeTaskTurn, type TaskState } from '../program.ts';
import { withPlace, withTask, type WholeMachine } from './state.ts';
import { note, type Recorder, type WholeStep } from './step.ts';

/** What happens to the machine while someone waits. */
export type Happen = (w: WholeMachine) => WholeMachine;

/** How a program that sees memory and one task's place is run on a whole machine. */
interface Seat<T, S extends { readonly after: TaskState<T> }> {
  readonly placeOf: (w: WholeMachine) => T;
  readonly moved: (w: WholeMachine, to: TaskState<T>) => WholeMachine;
  readonly told: (step: S, before: WholeMachine, after: WholeMachine) => WholeStep;
}

/** A task's way through a program: the machine as it stands after each step, told step by step. */
function wayOf<T, S extends { readonly after: TaskState<T> }>(
  start: WholeMachine,
  seat: Seat<T, S>,
  recorder: Recorder,
) {
  let now = start;
  const state = (): TaskState<T> => ({ memory: now.memory, task: seat.placeOf(now) });
  return {
    now: () => now,
    state,
    listen: (step: S): void => {
      const before = now;
      now = seat.moved(before, step.after);
      note(recorder, seat.told(step, before, now));
    },
    meanwhile: (happen: Happen) => () => {
      now = happen(now);
      return state();
    },
  };
}

const inAllocator = (task: number): Seat<AllocTask, AllocStep> => ({
  placeOf: (w) => w.tasks[task]!.allocation!,
  moved: (w, to) => withTask(w, task, withPlace(w.tasks[task]!, to.task), to.memory),
  told: (step, before, after) => {
    const { turn, records } = step;
    return { of: 'allocation', task, step, turn, before, after, records };
  },
});

const inDirectReclaim = (task: number): Seat<DirectTask, DirectStep> => ({
  placeOf: (w) => w.tasks[task]!.reclaim!,
  moved: (w, to) => withTask(w, task, withPlace(w.tasks[task]!, w.tasks[task]!.allocation, to.task), to.memory),
  told: (step, before, after) => {
    const { turn, records } = step;
    return { of: 'direct', task, step, turn, before, after, records };
  },
});

/** The task's own steps in the allocator, up to where it waits or is done. */
export function runAllocator(k: Kernel, start: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const way = wayOf(start, inAllocator(index), recorder);
  runOn(allocEngine, k, way.state(), recorder.turn, way.listen);
  return way.now();
}

/** The task's wait in the allocator: what it did meanwhile, what happened meanwhile, and how it goes on. */
export function answerAllocator(
  k: Kernel,
  start: WholeMachine,
  index: number,
  input: AllocTurn,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const way = wayOf(start, inAllocator(index), recorder);
  const state = way.state();
  const { at } = state.task;
  if (!isAllocWaiting(at)) return happen(start);
  takeTaskTurn(allocEngine, k, state, at, input, recorder.turn, way.meanwhile(happen), way.listen);
  return way.now();
}

/** The task's own steps in direct reclaim, up to where it waits or has returned. */
export function runDirectReclaim(k: Kernel, start: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const way = wayOf(start, inDirectReclaim(index), recorder);
  runOn(directEngine, k, way.state(), recorder.turn, way.listen);
  return way.now();
}

/** The task's wait in direct reclaim: what it did meanwhile, what happened meanwhile, and how it goes on. */
export function answerDirectReclaim(
  k: Kernel,
  start: WholeMachine,
  index: number,
  input: DirectTurn,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const way = wayOf(start, inDirectReclaim(index), recorder);
  const state = way.state();
  const { at } = state.task;
  if (!isDirectWaiting(at)) return happen(start);
  takeTaskTurn(directEngine, k, state, at, input, recorder.turn, way.meanwhile(happen), way.listen);
  return way.now();
}
