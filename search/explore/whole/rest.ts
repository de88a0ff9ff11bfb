import {
  machineOf,
  withHeld,
  withMachine,
  withPlace,
  type AllocTask,
  type Held,
  type Memory,
  type WholeMachine,
  type WholeTask,
} from '../../../model/index.ts';
import { withoutTraces, type Traces } from '../machine/rest.ts';

/**
 * The machine without what makes no difference any more, and with times counted from now on: what a kswapd leaves
 * behind, and pages reclaimed for a request beyond what any rule asks for. `turns` have passed since times were last
 * counted.
 */
export function wholeWithoutTraces(before: WholeMachine, traces: Traces, turns: number): WholeMachine {
  const w = countedFromNow(before, turns);
  const memory = restedMemory(w.memory, traces);
  const tasks = w.tasks.map(restedTask);
  const same = memory === w.memory && tasks.every((task, i) => task === w.tasks[i]);
  return same ? w : { memory, tasks, hasCpus: w.hasCpus, settings: w.settings };
}

function restedMemory(memory: Memory, traces: Traces): Memory {
  let rested = memory;
  for (let n = 0; n < memory.pgdats.length; n++) {
    const before = machineOf(memory, n);
    const after = withoutTraces(before, traces);
    if (after !== before) rested = withMachine(rested, n, after);
  }
  return rested;
}

function restedTask(task: WholeTask): WholeTask {
  const allocation = task.allocation === null ? null : restedAllocation(task.allocation);
  return allocation === task.allocation ? task : withPlace(task, allocation, task.reclaim);
}

/** The machine with times counted from now on: so many turns have passed since they were last. */
export function countedFromNow(w: WholeMachine, turns: number): WholeMachine {
  if (turns === 0 || !w.tasks.some(({ held }) => held.some(({ until }) => until < Infinity))) return w;
  const tasks = w.tasks.map((task) => withHeld(task, sooner(task.held, turns)));
  return { memory: w.memory, tasks, hasCpus: w.hasCpus, settings: w.settings };
}

const sooner = (held: readonly Held[], turns: number): readonly Held[] =>
  held.map(({ at, order, until }) => ({ at, order, until: until - turns }));

/** Pages reclaimed count only until they are as many as were asked for. */
function restedAllocation(task: AllocTask): AllocTask {
  const { slow, request } = task;
  const most = 1 << request.order;
  return slow.pagesReclaimed <= most ? task : { ...task, slow: { ...slow, pagesReclaimed: most } };
}
