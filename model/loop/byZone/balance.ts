import type { Kernel } from '../../kernel.ts';
import { silent, traced, type Outcome } from '../../outcome.ts';
import { PFMEMALLOC_WAKE } from '../../record.ts';
import { releaseThrottled } from '../../rules/pfmemalloc.ts';
import { beginRound, beginRun, beginZone, withPressure } from '../../state/balance.ts';
import { mergeBlocks } from '../../state/freeArea.ts';
import { withNode, withThread, withThreadAndWaits, type Machine } from '../../state/machine.ts';
import { nrZones, withZone, type Node } from '../../state/node.ts';
import type { System } from '../../state/system.ts';
import { threadAt, withBalance, withBalanced } from '../../state/thread.ts';
import { thaw } from '../../state/waits.ts';
import {
  clearFlags,
  isHighmem,
  populatedZone,
  withFreeArea,
  ZONE_CONGESTED,
  ZONE_DIRTY,
  type Zone,
} from '../../state/zone.ts';
import { DEF_PRIORITY } from '../../units.ts';
import type { Transition, Yield } from '../transition.ts';

/** After the first priority, zones that are not worth scanning are left out. */
const leftOut = (k: Kernel, system: System, zone: Zone, priority: number): boolean =>
  !populatedZone(zone) || (priority !== DEF_PRIORITY && !k.zoneReclaimable(k, system, zone));

/**
 * A balancing run begins at priority 12, for the order at hand; it may write pages unless the machine is a laptop
 * saving power.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export const balancePgdat: Transition = {
  to: ['findEndZone'],
  does: 'Begins a balancing run at priority 12.',
  step: (_k, m) => {
    const { thread } = m;
    const run = beginRun(thread.balance, thread.order, !m.system.laptopMode);
    return traced(withThread(m, withBalance(thread, 'findEndZone', run)), { ev: 'pageoutrun' });
  },
};

/** The highest zone that is not balanced, or -1; the balanced ones above it lose their congested and dirty flags. */
function highestUnbalanced(k: Kernel, m: Machine): { readonly endZone: number; readonly node: Node } {
  const { system } = m;
  const { order, priority } = m.thread.balance;
  let { node } = m;
  for (let i = nrZones(node) - 1; i >= 0; i--) {
    const zone = node.zones[i]!;
    if (leftOut(k, system, zone, priority)) continue;
    if (system.bufferHeadsOverLimit && isHighmem(zone)) return { endZone: i, node };
    if (!k.zoneBalanced(k, system, zone, order, 0, 0)) return { endZone: i, node };
    node = withZone(node, i, clearFlags(zone, ZONE_CONGESTED | ZONE_DIRTY));
  }
  return { endZone: -1, node };
}

/** Compaction is needed for a high order as long as no zone up to `endZone` could serve the request at its low mark. */
function needsCompaction(k: Kernel, m: Machine, endZone: number): boolean {
  const { order } = m.thread.balance;
  if (order === 0) return false;
  for (let i = 0; i <= endZone; i++) {
    const zone = m.node.zones[i]!;
    if (!populatedZone(zone)) continue;
    if (k.zoneWatermarkOk(k, m.system, zone, order, k.lowWmarkPages(k, zone), m.thread.balancedClasszoneIdx, 0))
      return false;
  }
  return true;
}

/**
 * A round begins: from the highest zone down, the first that is not balanced is the last to be shrunk. Zones are judged
 * without lowmem reserve for their own index. If all are balanced the run is over.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export const findEndZone: Transition = {
  to: ['nextZone', 'balanced'],
  does: 'Begins a round: finds the highest zone that is not balanced, and whether compaction is needed.',
  step: (k, m) => {
    const { endZone, node } = highestUnbalanced(k, m);
    const looked = withNode(m, node);
    const { thread } = m;
    const { balance } = thread;
    if (endZone < 0) {
      const over = beginRound(balance, balance.endZone, false, balance.mayWritepage);
      return silent(withThread(looked, withBalance(thread, 'balanced', over)));
    }
    const mayWritepage = balance.mayWritepage || balance.priority < DEF_PRIORITY - 2;
    const round = beginRound(balance, endZone, needsCompaction(k, looked, endZone), mayWritepage);
    return silent(withThread(looked, withBalance(thread, 'nextZone', round)));
  },
};

/**
 * Zones are shrunk from the lowest up to the round's end zone; after the first priority those not worth scanning are
 * skipped.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 * @abstracts mem_cgroup_soft_limit_reclaim: no memory cgroup is over its soft limit.
 */
export const nextZone: Transition = {
  to: ['kswapdShrinkZone', 'endRound'],
  does: 'Goes on to the next higher zone of the round.',
  step: (k, m) => {
    const { thread } = m;
    const { balance } = thread;
    let zone = balance.zone + 1;
    while (zone <= balance.endZone && leftOut(k, m.system, m.node.zones[zone]!, balance.priority)) zone++;
    const at = zone <= balance.endZone ? 'kswapdShrinkZone' : 'endRound';
    return silent(withThread(m, withBalance(thread, at, beginZone(balance, zone))));
  },
};

/** Throttled tasks go on as soon as reserves allow. */
function letThrottledGo(k: Kernel, m: Machine): Outcome {
  if (m.waits.throttled === 0) return silent(m);
  const { ok, machine } = k.pfmemallocWatermarkOk(k, m);
  return ok ? traced(releaseThrottled(machine), PFMEMALLOC_WAKE) : silent(machine);
}

/**
 * After the zones: throttled tasks are let go if reserves allow; a high order is given up for order 0 once twice its
 * size was reclaimed; a freeze or a stop ends the run; and compaction runs if it is needed and reclaim gave more than
 * was asked.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export const endRound: Transition = {
  to: ['compact', 'nextRound', 'balanced'],
  does: 'Lets throttled tasks go, drops a high order if enough was reclaimed, and compacts if that is needed.',
  step: (k, m) => {
    const { machine, records } = letThrottledGo(k, m);
    const { thread, waits } = machine;
    const { order, priority, nrReclaimed, nrAttempted } = thread.balance;
    const balance = withPressure(thread.balance, nrReclaimed >= 2 << order ? 0 : order, priority);

    if (waits.freezing) {
      const thawed = withThreadAndWaits(machine, withBalance(thread, 'balanced', balance), thaw(waits));
      return traced(thawed, ...records, { ev: 'frozen' });
    }
    if (waits.shouldStop) return { machine: withThread(machine, withBalance(thread, 'balanced', balance)), records };
    if (balance.needsCompaction && nrReclaimed > nrAttempted) {
      const compacting = withThread(machine, withBalance(thread, 'compact', balance));
      return traced(compacting, ...records, { ev: 'compact', order: balance.order });
    }
    return { machine: withThread(machine, withBalance(thread, 'nextRound', balance)), records };
  },
};

/**
 * Compaction works on the node; what it merges is the environment's to say.
 * @kernel v4.0 mm/compaction.c compact_pgdat
 * @abstracts the migration of pages: only the free blocks that come of it are seen.
 */
export const compact: Yield = {
  to: ['nextRound'],
  does: 'Compacts the node’s zones, while the rest of the machine goes on.',
  waitsFor: 'compaction to end',
  work: (_k, m, turn) => {
    let { node } = m;
    for (const { zone: index, from, to, count } of turn.merge ?? []) {
      const zone = node.zones[index]!;
      node = withZone(node, index, withFreeArea(zone, mergeBlocks(zone.freeArea, from, to, count)));
    }
    return withNode(m, node);
  },
  resume: (_k, m) => withThread(m, threadAt(m.thread, 'nextRound')),
};

/**
 * The priority number falls by one when too little was scanned or nothing was reclaimed. Another round follows until
 * the node is balanced at the zone index that was asked for, or priority 1 is done.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export const nextRound: Transition = {
  to: ['findEndZone', 'balanced'],
  does: 'Raises the priority if the round got too little done, and ends the run if the node is balanced.',
  step: (k, m) => {
    const { thread } = m;
    const { balance } = thread;
    const priority = balance.raisePriority || balance.nrReclaimed === 0 ? balance.priority - 1 : balance.priority;
    const again = priority >= 1 && !k.pgdatBalanced(k, m.system, m.node, balance.order, thread.balancedClasszoneIdx);
    const next = withPressure(balance, balance.order, priority);
    return silent(withThread(m, withBalance(thread, again ? 'findEndZone' : 'balanced', next)));
  },
};

/**
 * The run returns the order it last reclaimed at, and the highest zone it shrank: at these kswapd decides whether it
 * may sleep.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export const balanced: Transition = {
  to: ['checkRequest'],
  does: 'Ends the run, with the order and the highest zone that it reclaimed at.',
  step: (_k, m) => {
    const { order, endZone, priority } = m.thread.balance;
    return traced(withThread(m, withBalanced(m.thread, 'checkRequest', order, endZone)), {
      ev: 'balanced',
      order,
      zoneIdx: endZone,
      priority,
    });
  },
};
