import type { Kernel } from '../../kernel.ts';
import { withZoneAt, zoneAt, type Memory } from '../../state/memory.ts';
import { populatedZone, type Zone } from '../../state/zone.ts';
import { DEF_PRIORITY, PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { directSilent, type DirectTransition, type DirectYield } from '../program.ts';
import { nextZoneref, taskAt, zoneAtHand, type DirectTask } from '../task.ts';

/**
 * A walk over the zonelist begins, always up to the zone that the mask allows: buffer heads over their limit have no
 * say in it.
 * @kernel v4.0 mm/vmscan.c shrink_zones
 */
export const shrinkZones: DirectTransition = {
  to: ['nextZone'],
  does: 'Begins a walk over the zonelist.',
  step: (_k, memory, task) => {
    const sc = { nrScanned: 0, zonesReclaimable: false };
    return directSilent(memory, taskAt(task, 'nextZone', sc, { position: 0, node: -1 }));
  },
};

/** Whether a costly request leaves the zone to compaction. */
const leftToCompaction = (k: Kernel, memory: Memory, { order, sc }: DirectTask, zone: Zone): boolean =>
  memory.system.compaction &&
  order > PAGE_ALLOC_COSTLY_ORDER &&
  k.compactionReady(k, memory.system, zone, order, sc.reclaimIdx);

/**
 * The walk comes to the next zone that it may use. After the first priority a zone that is given up is left to kswapd;
 * one that compaction can do more for than a costly request's reclaim is left alone.
 * @kernel v4.0 mm/vmscan.c shrink_zones
 * @abstracts mem_cgroup_soft_limit_reclaim and cpusets: no group is over its soft limit, every zone is allowed.
 */
export const nextZone: DirectTransition = {
  to: ['nextZone', 'shrink', 'nextPriority'],
  does: 'Comes to the next zone of the zonelist, and decides whether it is shrunk.',
  step: (k, memory, task) => {
    const { sc } = task;
    const at = nextZoneref(task.zonelist, task.nodemask, sc.reclaimIdx, task.position);
    if (at < 0) return directSilent(memory, taskAt(task, 'nextPriority'));
    const position = at + 1;
    const [node, index] = task.zonelist[at]!;
    const zone = zoneAt(memory, task.zonelist[at]!);
    const givenUp = sc.priority !== DEF_PRIORITY && !k.zoneReclaimable(k, memory.system, zone);
    if (!populatedZone(zone) || givenUp) {
      return directSilent(memory, taskAt(task, 'nextZone', undefined, { position }));
    }
    if (leftToCompaction(k, memory, task, zone)) {
      return directSilent(memory, taskAt(task, 'nextZone', { compactionReady: true }, { position }));
    }
    const record = {
      ev: 'shrink',
      node: memory.pgdats[node]!.node.id,
      zone: index,
      priority: sc.priority,
      mayWritepage: sc.mayWritepage,
      memcgLowReclaim: sc.memcgLowReclaim,
    } as const;
    return { memory, task: taskAt(task, 'shrink', undefined, { position, node }), records: [record] };
  },
};

/**
 * The zone is shrunk; how much that frees is the environment's to say. Whatever came of it, the zone is worth another
 * try unless it is given up.
 * @kernel v4.0 mm/vmscan.c shrink_zones
 */
export const shrink: DirectYield = {
  to: ['nextZone'],
  does: 'Scans the zone and frees what it can, while the rest of the machine goes on.',
  waitsFor: 'reclaim to end',
  work: (k, memory, task, turn) => {
    const ref = zoneAtHand(task);
    const { sc } = task;
    const shrunk = k.shrinkZone(
      k,
      memory.system,
      zoneAt(memory, ref),
      turn.scanned ?? 0,
      turn.reclaimed?.[ref[1]] ?? 0,
    );
    const counted = taskAt(task, 'shrink', {
      nrScanned: sc.nrScanned + shrunk.scanned,
      nrReclaimed: sc.nrReclaimed + shrunk.reclaimed,
      zonesReclaimable: sc.zonesReclaimable || shrunk.reclaimed > 0,
    });
    return directSilent(withZoneAt(memory, ref, shrunk.zone), counted);
  },
  resume: (k, memory, task) => {
    const reclaimable =
      task.sc.zonesReclaimable || k.zoneReclaimable(k, memory.system, zoneAt(memory, zoneAtHand(task)));
    return directSilent(memory, taskAt(task, 'nextZone', { zonesReclaimable: reclaimable }));
  },
};
