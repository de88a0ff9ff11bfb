import { startAllocation } from '../alloc/enter.ts';
import { zonelistAt } from '../alloc/task.ts';
import { TASK_KTHREAD } from '../alloc/taskFlags.ts';
import type { AllocTurn } from '../alloc/turn.ts';
import { startTryToFreePages } from '../direct/enter.ts';
import type { ScanControl } from '../direct/task.ts';
import type { Kernel } from '../kernel.ts';
import { withZoneAt, zoneAt, type ZoneRef } from '../state/memory.ts';
import { withCached } from '../state/zone.ts';
import { freeAll } from './held.ts';
import { chooseVictim, oomLockHeld } from './oom.ts';
import { reclaimOnTheWay } from './onTheWay.ts';
import type { WholeAnswer } from './scenario.ts';
import { ended, isDying, withPlace, withServed, withTask, type PageRequest, type WholeMachine } from './state.ts';
import { note, type Recorder, type TaskRecord } from './step.ts';
import { answerAllocator, answerDirectReclaim, runAllocator, runDirectReclaim, unchanged, type Happen } from './way.ts';

/**
 * A task moves: it goes on from where it waits, or begins its next request, up to where it waits next or has its
 * answer. A task that was killed ends once it is out of the allocator, and gives all its pages back.
 */
export function moveTask(
  k: Kernel,
  start: WholeMachine,
  index: number,
  answer: WholeAnswer,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const task = start.tasks[index]!;
  if (task.allocation !== null) return goOn(k, answerWait(k, start, index, answer, happen, recorder), index, recorder);
  const w = happen(start);
  if (isDying(w.tasks[index]!)) return exit(w, index, recorder);
  return task.begun < task.requests.length ? goOn(k, begin(w, index, recorder), index, recorder) : w;
}

/** One step of a task by itself. */
function stepped(
  before: WholeMachine,
  after: WholeMachine,
  task: number,
  recorder: Recorder,
  ...records: readonly TaskRecord[]
): WholeMachine {
  note(recorder, { of: 'task', task, turn: recorder.turn, before, after, records });
  return after;
}

/** The next request of the task's stream. */
function begin(w: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const task = w.tasks[index]!;
  const { gfp, order, preferredNode, nodemask } = task.requests[task.begun]!;
  const asked = startAllocation({ gfp, order, preferredNode, localNode: task.node, nodemask }, task.flags);
  return stepped(w, withTask(w, index, withPlace(task, asked)), index, recorder, {
    ev: 'request',
    order,
    node: preferredNode,
  });
}

/** From wherever the task stands: through the allocator and the direct reclaim that it calls, to a wait or the end. */
function goOn(k: Kernel, start: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  let w = start;
  for (;;) {
    const { reclaim } = w.tasks[index]!;
    if (reclaim !== null) {
      if (reclaim.at !== 'done') return w;
      w = returnFromReclaim(k, w, index, reclaim.result, recorder);
      continue;
    }
    w = runAllocator(k, w, index, recorder);
    const { at } = w.tasks[index]!.allocation!;
    if (at === 'done') return finish(w, index, recorder);
    if (at !== 'reclaim') return w;
    w = runDirectReclaim(k, enterReclaim(w, index, recorder), index, recorder);
  }
}

/** The allocator sends the task into direct reclaim. */
function enterReclaim(w: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const task = w.tasks[index]!;
  const { context, request, slow, flags } = task.allocation!;
  const reclaim = startTryToFreePages(w.memory, {
    zonelist: zonelistAt(w.memory, context.zonelist),
    nodemask: request.nodemask,
    order: request.order,
    gfpMask: slow.gfp,
    kthread: (flags & TASK_KTHREAD) !== 0,
    fatalSignal: task.killed,
  });
  return stepped(w, withTask(w, index, withPlace(task, task.allocation, reclaim)), index, recorder);
}

/** Direct reclaim returns to the allocator what it got done. */
function returnFromReclaim(k: Kernel, w: WholeMachine, index: number, progress: number, recorder: Recorder) {
  const task = w.tasks[index]!;
  const back = stepped(w, withTask(w, index, withPlace(task, task.allocation)), index, recorder);
  return answerAllocator(k, back, index, { progress }, unchanged, recorder);
}

/** What comes of the task's wait. */
function answerWait(
  k: Kernel,
  w: WholeMachine,
  index: number,
  answer: WholeAnswer,
  happen: Happen,
  recorder: Recorder,
): WholeMachine {
  const { allocation, reclaim } = w.tasks[index]!;
  if (reclaim !== null) {
    const answered = answerDirectReclaim(k, w, index, sparing(answer, reclaim.sc), happen, recorder);
    return runDirectReclaim(k, answered, index, recorder);
  }
  switch (allocation!.at) {
    case 'zoneReclaim':
    case 'nodeReclaim': {
      const { turn, after } = reclaimOnTheWay(k, w, index, answer);
      return answerAllocator(k, w, index, turn, (now) => happen(after(now)), recorder);
    }
    case 'oomTrylock':
      return answerAllocator(k, w, index, { busy: oomLockHeld(w) }, happen, recorder);
    case 'oom':
      return answerAllocator(k, chooseVictim(k, w, index, recorder), index, { killed: true }, happen, recorder);
    default:
      return answerAllocator(k, w, index, allocTurnOf(answer), happen, recorder);
  }
}

/**
 * The answer without what the pass that waits for it does not spare: below the low limits of control groups, or with
 * active lists forced, none of them are.
 * @kernel v4.19 mm/vmscan.c shrink_node
 * @kernel v5.9 mm/vmscan.c shrink_list
 */
function sparing(answer: WholeAnswer, { memcgLowReclaim, forceDeactivate }: ScanControl): WholeAnswer {
  const { memcgLowSkipped = false, skippedDeactivate = false, ...others } = answer;
  return {
    ...others,
    memcgLowSkipped: memcgLowSkipped && !memcgLowReclaim,
    skippedDeactivate: skippedDeactivate && !forceDeactivate,
  };
}

/** The turn as the allocator reads it: direct reclaim, which it leaves to the task, hears what is reclaimed. */
const allocTurnOf = ({ reclaimed: _reclaimed, ...turn }: WholeAnswer): AllocTurn => turn;

/** The request has its answer. */
function finish(w: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const task = w.tasks[index]!;
  const allocation = task.allocation!;
  const { order } = allocation.request;
  const { page } = allocation;
  if (page === null)
    return stepped(w, withTask(w, index, ended(task, false)), index, recorder, { ev: 'refused', order });
  const at: ZoneRef = [page.node, page.zone];
  const served = { ev: 'served', order, node: page.node, zone: page.zone } as const;
  return stepped(w, keep(w, index, task.requests[task.begun]!, at, recorder.turn), index, recorder, served);
}

/** The pages are held for their lifetime, or go to the page cache. */
function keep(w: WholeMachine, index: number, request: PageRequest, at: ZoneRef, turn: number): WholeMachine {
  const { order, lifetime, cache } = request;
  const task = w.tasks[index]!;
  if (!cache) return withTask(w, index, withServed(task, { at, order, until: turn + lifetime }));
  const zone = withCached(zoneAt(w.memory, at), 1 << order);
  return withTask(w, index, ended(task, true), withZoneAt(w.memory, at, zone));
}

/** A killed task ends, and gives back all that it holds. */
function exit(w: WholeMachine, index: number, recorder: Recorder): WholeMachine {
  const { task, memory, records } = freeAll(w, index);
  const gone = { ...task, begun: task.requests.length };
  return stepped(w, withTask(w, index, gone, memory), index, recorder, ...records, { ev: 'exited' });
}
