import type { Kernel } from '../kernel.ts';
import { mayReclaimDirectly } from '../rules/pfmemalloc.ts';
import { withWaits } from '../state/machine.ts';
import { machineOf, withMachine, type Memory } from '../state/memory.ts';
import { zoneNormal } from '../state/node.ts';
import { withThrottled } from '../state/waits.ts';
import { GFP_FS } from '../alloc/gfp.ts';
import { highestZone } from './gfp.ts';
import { directSilent, type DirectTransition, type DirectYield } from './program.ts';
import { killTask, nextZoneref, taskAt, wakeThrottled, type DirectTask } from './task.ts';

const withWaiting = (memory: Memory, node: number, by: number): Memory => {
  const m = machineOf(memory, node);
  return withMachine(memory, node, withWaits(m, withThrottled(m.waits, Math.max(0, m.waits.throttled + by))));
};

/**
 * The first node of the zonelist that the request may use with a zone up to Normal, or -1.
 * @kernel v4.0 mm/vmscan.c throttle_direct_reclaim
 */
function firstUsableNode(k: Kernel, memory: Memory, { zonelist, nodemask, gfpMask }: DirectTask): number {
  const { node } = memory.pgdats[0]!;
  const highest = Math.min(highestZone(k, node, gfpMask), zoneNormal(node));
  const at = nextZoneref(zonelist, nodemask, highest, 0);
  return at < 0 ? -1 : zonelist[at]![0];
}

/** Asks whether a node has reserves enough for direct reclaim; if not, a kswapd that waits is woken. */
function askNode(k: Kernel, memory: Memory, node: number): { readonly ok: boolean; readonly memory: Memory } {
  const { ok, machine } = mayReclaimDirectly(k, machineOf(memory, node));
  return { ok, memory: withMachine(memory, node, machine) };
}

/**
 * A task waits before it reclaims while the first node that it may use has too little left of its reserves. Threads of
 * the kernel never wait, as they may be what cleans pages; nor do tasks with a fatal signal, which free their memory
 * soonest by ending.
 * @kernel v4.0 mm/vmscan.c throttle_direct_reclaim
 */
export const throttleDirectReclaim: DirectTransition = {
  to: ['throttled', 'doTryToFreePages'],
  does: 'Lets the task wait while the reserves of the first node that it may use are low.',
  step: (k, memory, task) => {
    const onward = taskAt(task, 'doTryToFreePages');
    if (task.kthread || task.fatalSignal) return directSilent(memory, onward);
    const node = firstUsableNode(k, memory, task);
    if (node < 0) return directSilent(memory, onward);
    const asked = askNode(k, memory, node);
    if (asked.ok) return directSilent(asked.memory, onward);
    const waiting = taskAt(task, 'throttled', undefined, { node, woken: false });
    return directSilent(withWaiting(asked.memory, node, 1), waiting);
  },
};

/**
 * The task waits on its node's pfmemalloc_wait. A wake-up lets it ask again, and wait on if the answer is still no. A
 * fatal signal ends the wait. A task that may not enter the filesystem could hold a lock that kswapd needs: any signal
 * ends its wait, and so does a second.
 * @kernel v4.0 mm/vmscan.c throttle_direct_reclaim
 */
export const throttled: DirectYield = {
  to: ['throttled', 'checkPending'],
  does: 'Waits until kswapd has freed enough, or until a signal or, without the filesystem, a second ends the wait.',
  waitsFor: 'kswapd to wake the throttled tasks',
  work: (_k, memory, task, turn) => {
    const killed = turn.signal === 'fatal' ? killTask(task) : task;
    if (turn.wake !== true) return directSilent(memory, killed);
    const m = machineOf(memory, task.node);
    const released = withMachine(memory, task.node, withWaits(m, withThrottled(m.waits, 0)));
    return directSilent(released, wakeThrottled(killed));
  },
  resume: (k, memory, task, turn) => {
    const interruptible = (task.gfpMask & GFP_FS) === 0;
    const ended = task.fatalSignal || (interruptible && (turn.signal !== undefined || turn.timeout === true));
    if (!task.woken && !ended) return directSilent(memory, task);

    const { node } = task;
    const asked = askNode(k, memory, node);
    // A woken task has left the queue; one that goes on without takes itself off.
    const left = task.woken ? asked.memory : withWaiting(asked.memory, node, -1);
    if (asked.ok || ended) return directSilent(left, taskAt(task, 'checkPending', undefined, { node: -1 }));
    return directSilent(withWaiting(left, node, 1), taskAt(task, 'throttled', undefined, { woken: false }));
  },
};

/**
 * A task that was killed while it waited reclaims nothing, and says that it made progress so that no other task is
 * killed for it.
 * @kernel v4.0 mm/vmscan.c try_to_free_pages
 */
export const checkPending: DirectTransition = {
  to: ['doTryToFreePages', 'done'],
  does: 'Gives up, as if with progress, if the task was killed while it waited.',
  step: (_k, memory, task) =>
    directSilent(
      memory,
      task.fatalSignal ? taskAt(task, 'done', undefined, { result: 1 }) : taskAt(task, 'doTryToFreePages'),
    ),
};
