import type { Kernel } from '../kernel.ts';
import { wakeThrottled } from '../direct/task.ts';
import type { Outcome } from '../outcome.ts';
import { MAX_WAKES_BETWEEN_YIELDS, type Step } from '../run.ts';
import type { Turn } from '../scenario.ts';
import type { Machine } from '../state/machine.ts';
import { machineOf, withMachine } from '../state/memory.ts';
import { isYieldPoint, type YieldPoint } from '../state/thread.ts';
import type { WholeAnswer } from './scenario.ts';
import { withMemory, withPlace, type WholeMachine } from './state.ts';
import { note, type Recorder } from './step.ts';
import type { Happen } from './way.ts';

/** A node's kswapd moves on from where it waits, if it may, to where it waits next. */
export function moveKswapd(
  k: Kernel,
  w: WholeMachine,
  node: number,
  answer: WholeAnswer,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const { at } = machineOf(w.memory, node).thread;
  if (at === 'stopped') return happen(w);
  const resumed = isYieldPoint(at) ? takeTurn(k, w, node, at, turnOf(answer, node), happen, recorder) : happen(w);
  return runOn(k, resumed, node, recorder);
}

/** The turn as the kswapd of one node reads it: it compacts no other node. */
const turnOf = (answer: WholeAnswer, node: number): Turn =>
  answer.merge === undefined ? answer : { ...answer, merge: answer.merge.filter((one) => one.node === node) };

/** Its wait: what it did meanwhile, what happened meanwhile, and whether it goes on. */
function takeTurn(
  k: Kernel,
  start: WholeMachine,
  node: number,
  at: YieldPoint,
  input: Turn,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const before = machineOf(start.memory, node);
  const point = k.yields[at]!;
  const { turn } = recorder;
  const worked = point.work(k, before, input);
  const w = stepped(start, node, { kind: 'work', at, turn, input, before, after: worked, records: [] }, recorder);
  const happened = happen(w);
  const waiting = machineOf(happened.memory, node);
  const after = point.resume(k, waiting, input) ?? waiting;
  return stepped(happened, node, { kind: 'resume', at, turn, input, before: waiting, after, records: [] }, recorder);
}

/** Its transitions, up to where it waits. One that begins to balance too often without waiting spins, and is cut. */
function runOn(k: Kernel, start: WholeMachine, node: number, recorder: Recorder): WholeMachine {
  let w = start;
  let wakes = 0;
  for (;;) {
    const before = machineOf(w.memory, node);
    const { at } = before.thread;
    if (isYieldPoint(at) || at === 'stopped') return w;
    if (at === 'wake' && ++wakes > MAX_WAKES_BETWEEN_YIELDS) return w;
    const { machine: after, records }: Outcome = k.transitions[at]!.step(k, before);
    w = stepped(w, node, { kind: 'transition', at, turn: recorder.turn, before, after, records }, recorder);
  }
}

/** The machine after one step of a kswapd. Tasks that it lets go, go. */
function stepped(w: WholeMachine, node: number, step: Step, recorder: Recorder): WholeMachine {
  const { before, after, records } = step;
  const moved = withMemory(w, withMachine(w.memory, node, after));
  const next = letGo(before, after) ? releaseThrottled(moved, node) : moved;
  note(recorder, { of: 'kswapd', node, step, turn: recorder.turn, before: w, after: next, records });
  return next;
}

/** A kswapd that lets throttled tasks go lets all of its node go. */
const letGo = (before: Machine, after: Machine): boolean => after.waits.throttled < before.waits.throttled;

/** Every task that is throttled on the node is woken. */
function releaseThrottled(w: WholeMachine, node: number): WholeMachine {
  const tasks = w.tasks.map((task) =>
    task.reclaim?.at === 'throttled' && task.reclaim.node === node
      ? withPlace(task, task.allocation, wakeThrottled(task.reclaim))
      : task,
  );
  return { memory: w.memory, tasks, hasCpus: w.hasCpus, settings: w.settings };
}
