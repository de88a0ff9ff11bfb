import {
  deriveKernel,
  v4_19,
  v5_9,
  type DirectOutcome,
  type DirectRunning,
  type DirectTask,
  type DirectTurn,
  type DirectWaiting,
  type Kernel,
  type Memory,
} from '../../model/index.ts';
import { nameOf, type Fault } from '../fault.ts';

type Step = (k: Kernel, memory: Memory, task: DirectTask) => DirectOutcome;

/** The task with other controls. */
const withScan = (task: DirectTask, sc: Partial<DirectTask['sc']>): DirectTask => ({
  ...task,
  sc: { ...task.sc, ...sc },
});

function fault(base: Kernel, at: string, what: string, directReclaim: Partial<Kernel['directReclaim']>): Fault {
  const name = `directReclaim.${at}`;
  return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), directReclaim }) };
}

/** The kernel whose step at a point is made of its own. */
export function directTransition(base: Kernel, at: DirectRunning, what: string, make: (own: Step) => Step): Fault {
  const point = base.directReclaim.transitions[at]!;
  const transitions = { [at]: { ...point, step: make(point.step) } };
  return fault(base, at, what, { transitions });
}

/** The kernel whose step at a point starts from, or ends with, another task. */
const entering = (base: Kernel, at: DirectRunning, what: string, change: (task: DirectTask) => DirectTask): Fault =>
  directTransition(base, at, what, (own) => (k, memory, task) => own(k, memory, change(task)));
const leaving = (
  base: Kernel,
  at: DirectRunning,
  what: string,
  change: (after: DirectTask, before: DirectTask) => DirectTask,
): Fault =>
  directTransition(base, at, what, (own) => (k, memory, task) => {
    const outcome = own(k, memory, task);
    return { ...outcome, task: change(outcome.task, task) };
  });

/** The kernel that reads another turn at a wait. */
function misreading(base: Kernel, at: DirectWaiting, what: string, read: (turn: DirectTurn) => DirectTurn): Fault {
  const point = base.directReclaim.yields[at]!;
  const yields = {
    [at]: {
      ...point,
      work: (k: Kernel, memory: Memory, task: DirectTask, turn: DirectTurn) => point.work(k, memory, task, read(turn)),
      resume: (k: Kernel, memory: Memory, task: DirectTask, turn: DirectTurn) =>
        point.resume(k, memory, task, read(turn)),
    },
  };
  return fault(base, at, what, { yields });
}

/** The kernel that goes on from a wait with another task. */
function resuming(
  base: Kernel,
  at: DirectWaiting,
  what: string,
  change: (after: DirectTask, before: DirectTask) => DirectTask,
): Fault {
  const point = base.directReclaim.yields[at]!;
  const resume: typeof point.resume = (k, memory, task, turn) => {
    const outcome = point.resume(k, memory, task, turn);
    return { ...outcome, task: change(outcome.task, task) };
  };
  return fault(base, at, what, { yields: { [at]: { ...point, resume } } });
}

/** The kernel whose shrinking leaves a node's fruitless runs as they were. */
function unrevived(base: Kernel): Fault {
  const [at, what] = ['shrink', 'does not revive a hopeless node'] as const;
  const point = base.directReclaim.yields[at]!;
  const work: typeof point.work = (k, memory, task, turn) => {
    const outcome = point.work(k, memory, task, turn);
    const pgdats = outcome.memory.pgdats.map((pgdat, i) => {
      const { failures } = memory.pgdats[i]!.node.kswapd;
      return { ...pgdat, node: { ...pgdat.node, kswapd: { ...pgdat.node.kswapd, failures } } };
    });
    return { ...outcome, memory: { ...outcome.memory, pgdats } };
  };
  return fault(base, at, what, { yields: { [at]: { ...point, work } } });
}

const MOST_ZONES = 9;

const ofEither = (base: Kernel): readonly Fault[] => [
  leaving(base, 'tryToFreePages', 'asks for every zone', (task) => withScan(task, { reclaimIdx: MOST_ZONES })),
  leaving(base, 'tryToFreePages', 'asks for the lowest zone only', (task) => withScan(task, { reclaimIdx: 0 })),
  leaving(base, 'tryToFreePages', 'wants a page', (task) => withScan(task, { nrToReclaim: 1 })),
  entering(base, 'throttleDirectReclaim', 'throttles kernel threads', (task) => ({ ...task, kthread: false })),
  leaving(base, 'throttleDirectReclaim', 'throttles no one', (task) => ({ ...task, at: 'doTryToFreePages' })),
  leaving(base, 'throttleDirectReclaim', 'lets those reclaim nothing that are about to die', (task) =>
    task.fatalSignal ? { ...task, at: 'checkPending' } : task,
  ),
  misreading(base, 'throttled', 'hears of no wake-up', ({ wake: _wake, ...turn }) => turn),
  misreading(base, 'throttled', 'hears of no signal', ({ signal: _signal, ...turn }) => turn),
  misreading(base, 'throttled', 'waits for more than a second', ({ timeout: _timeout, ...turn }) => turn),
  resuming(base, 'throttled', 'goes on unasked', (task) => ({ ...task, at: 'checkPending' })),
  leaving(base, 'checkPending', 'lets killed tasks reclaim', (task) => ({ ...task, at: 'doTryToFreePages' })),
  leaving(base, 'checkPending', 'lets no one reclaim', (task) => ({ ...task, at: 'done', result: 1 })),
  leaving(base, 'doTryToFreePages', 'begins at priority 11', (task) => withScan(task, { priority: 11 })),
  directTransition(base, 'shrinkZones', 'does not look at buffer heads', (own) => (k, memory, task) => {
    const outcome = own(k, memory, task);
    return { ...outcome, task: withScan(outcome.task, { reclaimIdx: task.sc.reclaimIdx }) };
  }),
  leaving(base, 'shrinkZones', 'remembers the node of the walk before', (task, { node }) => ({ ...task, node })),
  leaving(base, 'shrinkZones', 'begins at the second zone', (task) => ({ ...task, position: 1 })),
  entering(base, 'nextZone', 'shrinks a node for each of its zones', (task) => ({ ...task, node: -1 })),
  entering(base, 'nextZone', 'leaves no zone to compaction', (task) => ({ ...task, order: 0 })),
  entering(base, 'nextZone', 'leaves zones of small orders to compaction', (task) => ({
    ...task,
    order: task.order > 0 ? Math.max(4, task.order) : 0,
  })),
  directTransition(base, 'nextZone', 'walks zones that are not allowed', (own) => (k, memory, task) => {
    const { task: next, ...outcome } = own(k, memory, withScan(task, { reclaimIdx: MOST_ZONES }));
    return { ...outcome, task: withScan(next, { reclaimIdx: task.sc.reclaimIdx }) };
  }),
  misreading(
    base,
    'shrink',
    'does not hear that control groups were spared',
    ({ memcgLowSkipped: _low, ...turn }) => turn,
  ),
  unrevived(base),
  resuming(base, 'shrink', 'forgets what was reclaimed', (task) => withScan(task, { nrReclaimed: 0 })),
  entering(base, 'nextPriority', 'goes on with enough', (task) => withScan(task, { nrToReclaim: Infinity })),
  entering(base, 'nextPriority', 'goes on although a zone was left to compaction', (task) =>
    withScan(task, { compactionReady: false }),
  ),
  leaving(base, 'nextPriority', 'skips a priority', (task, { sc }) =>
    task.sc.priority === 5 && sc.priority === 6 ? withScan(task, { priority: 4 }) : task,
  ),
  leaving(base, 'nextPriority', 'writes below priority 11', (task) =>
    withScan(task, { mayWritepage: task.sc.mayWritepage || task.sc.priority < 10 }),
  ),
  leaving(base, 'nextPriority', 'ends before priority 0', (task) =>
    task.sc.priority === 0 ? { ...task, at: 'returnOrRetry' } : task,
  ),
  leaving(base, 'returnOrRetry', 'returns 0 for compaction', (task) => ({
    ...task,
    result: task.sc.nrReclaimed === 0 ? 0 : task.result,
  })),
  leaving(base, 'returnOrRetry', 'says only that there was progress', (task) => ({
    ...task,
    result: Math.min(1, task.result),
  })),
  entering(base, 'returnOrRetry', 'never overruns low limits', (task) => withScan(task, { memcgLowSkipped: false })),
  leaving(base, 'returnOrRetry', 'tries again with the same limits', (task) =>
    withScan(task, { memcgLowReclaim: false }),
  ),
];

const ofV4_19: readonly Fault[] = [
  leaving(v4_19, 'tryToFreePages', 'forces active lists throughout', (task) =>
    withScan(task, { forceDeactivate: true }),
  ),
];

const ofV5_9: readonly Fault[] = [
  entering(v5_9, 'returnOrRetry', 'never forces active lists', (task) => withScan(task, { skippedDeactivate: false })),
  directTransition(v5_9, 'returnOrRetry', 'overruns low limits first', (own) => (k, memory, task) => {
    const { skippedDeactivate, memcgLowSkipped } = task.sc;
    const later = skippedDeactivate && memcgLowSkipped;
    const { task: next, ...outcome } = own(k, memory, later ? withScan(task, { skippedDeactivate: false }) : task);
    return { ...outcome, task: later ? withScan(next, { skippedDeactivate }) : next };
  }),
  leaving(v5_9, 'returnOrRetry', 'forces active lists below low limits at once', (task, { sc }) =>
    task.sc.memcgLowReclaim && !sc.memcgLowReclaim ? withScan(task, { forceDeactivate: true }) : task,
  ),
  misreading(v5_9, 'shrink', 'does not hear that lists were spared', ({ skippedDeactivate: _lists, ...turn }) => turn),
];

/** Kernels with one step of direct reclaim broken. */
export const directSteps: readonly Fault[] = [...ofEither(v4_19), ...ofV4_19, ...ofEither(v5_9), ...ofV5_9];
