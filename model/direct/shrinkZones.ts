import { machineOf, withMachine, zoneAt, type Memory } from '../state/memory.ts';
import { withNode } from '../state/machine.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../units.ts';
import type { Kernel } from '../kernel.ts';
import { GFP_HIGHMEM } from '../alloc/gfp.ts';
import { highestZone } from './gfp.ts';
import { directSilent, type DirectShrinkRecord, type DirectTransition, type DirectYield } from './program.ts';
import { nextZoneref, taskAt, type DirectTask } from './task.ts';

/**
 * A walk over the zonelist begins. While buffer heads are over their limit high memory is reclaimed from too, as its
 * pages may pin them; the index so raised is kept, even once they are back below the limit. For a mask that names a
 * low zone the raise goes down instead, to index 0: no zone is both low and high.
 * @kernel v4.19 mm/vmscan.c shrink_zones
 */
export const shrinkZones: DirectTransition = {
  to: ['nextZone'],
  does: 'Begins a walk over the zonelist, up to high memory while buffer heads are over their limit.',
  step: (k, memory, task) => {
    const highest = memory.system.bufferHeadsOverLimit
      ? highestZone(k, memory.pgdats[0]!.node, task.gfpMask | GFP_HIGHMEM)
      : task.sc.reclaimIdx;
    const sc = { nrScanned: 0, reclaimIdx: highest };
    return directSilent(memory, taskAt(task, 'nextZone', sc, { position: 0, node: -1 }));
  },
};

/** Whether a costly request leaves the zone to compaction. */
const leftToCompaction = (k: Kernel, memory: Memory, { zonelist, order, sc }: DirectTask, position: number): boolean =>
  memory.system.compaction &&
  order > PAGE_ALLOC_COSTLY_ORDER &&
  k.compactionReady(k, memory.system, zoneAt(memory, zonelist[position]!), order, sc.reclaimIdx);

/**
 * The walk comes to the next zone that it may use. A zone that compaction can do more for than a costly request's
 * reclaim is left alone. A node is shrunk as a whole, so its further zones that follow are passed over.
 * @kernel v4.19 mm/vmscan.c shrink_zones
 * @abstracts mem_cgroup_soft_limit_reclaim and cpusets: no group is over its soft limit, every zone is allowed.
 */
export const nextZone = (recordOf: (memory: Memory, task: DirectTask) => DirectShrinkRecord): DirectTransition => ({
  to: ['nextZone', 'shrink', 'nextPriority'],
  does: 'Comes to the next zone of the zonelist, and decides whether its node is shrunk.',
  step: (k, memory, task) => {
    const at = nextZoneref(task.zonelist, task.nodemask, task.sc.reclaimIdx, task.position);
    if (at < 0) return directSilent(memory, taskAt(task, 'nextPriority'));
    const position = at + 1;
    if (leftToCompaction(k, memory, task, at)) {
      return directSilent(memory, taskAt(task, 'nextZone', { compactionReady: true }, { position }));
    }
    const [node] = task.zonelist[at]!;
    if (node === task.node) return directSilent(memory, taskAt(task, 'nextZone', undefined, { position }));
    const next = taskAt(task, 'shrink', undefined, { position, node });
    return { memory, task: next, records: [recordOf(memory, next)] };
  },
});

/** v4.19's record of a node being shrunk. */
export const shrinkRecord = (memory: Memory, { sc, node }: DirectTask): DirectShrinkRecord => ({
  ev: 'shrink',
  node: memory.pgdats[node]!.node.id,
  priority: sc.priority,
  reclaimIdx: sc.reclaimIdx,
  mayWritepage: sc.mayWritepage,
  memcgLowReclaim: sc.memcgLowReclaim,
});

const NOTHING: readonly number[] = [];

/**
 * The node is shrunk; how much that frees is the environment's to say. It also says whether control groups or active
 * lists were spared: a pass that spares none of them would never hear of it.
 * @kernel v4.19 mm/vmscan.c shrink_node
 */
export const shrink: DirectYield = {
  to: ['nextZone'],
  does: 'Scans the node and frees what it can, while the rest of the machine goes on.',
  waitsFor: 'reclaim to end',
  work: (k, memory, task, turn) => {
    const m = machineOf(memory, task.node);
    const wanted = turn.reclaimed ?? NOTHING;
    const { sc } = task;
    const shrunk = k.shrinkNode(k, m.system, m.node, sc.reclaimIdx, true, turn.scanned ?? 0, wanted);
    const counted = taskAt(task, 'shrink', {
      nrScanned: sc.nrScanned + shrunk.scanned,
      nrReclaimed: sc.nrReclaimed + shrunk.reclaimed,
      memcgLowSkipped: sc.memcgLowSkipped || turn.memcgLowSkipped === true,
      skippedDeactivate: sc.skippedDeactivate || turn.skippedDeactivate === true,
    });
    return directSilent(withMachine(memory, task.node, withNode(m, shrunk.node)), counted);
  },
  resume: (_k, memory, task) => directSilent(memory, taskAt(task, 'nextZone')),
};
