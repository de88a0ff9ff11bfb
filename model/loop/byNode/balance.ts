import { silent, traced } from '../../outcome.ts';
import { PFMEMALLOC_WAKE, SILENT } from '../../record.ts';
import { mayReclaimDirectly, releaseThrottled } from '../../rules/pfmemalloc.ts';
import { withNodeAndThread, withThread, withThreadAndWaits, type Machine } from '../../state/machine.ts';
import { withFailures } from '../../state/node.ts';
import { beginNodeRound, beginNodeRun, withNodePressure } from '../../state/nodeBalance.ts';
import { threadAt, withNodeBalance, withOrders } from '../../state/thread.ts';
import { thaw } from '../../state/waits.ts';
import { managedZone } from '../../state/zone.ts';
import { DEF_PRIORITY } from '../../units.ts';
import type { Transition } from '../transition.ts';

/**
 * A balancing run begins at priority 12, for the order at hand; it may write pages unless the machine is a laptop
 * saving power.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export const balancePgdat: Transition = {
  to: ['checkNode'],
  does: 'Begins a balancing run at priority 12.',
  step: (_k, m) => {
    const run = beginNodeRun(m.thread.order, !m.system.laptopMode);
    return traced(withThread(m, withNodeBalance(m.thread, 'checkNode', run)), { ev: 'pageoutrun' });
  },
};

/** The highest zone to shrink: that of the request, or the node's highest while there are too many buffer heads. */
export function reclaimIndex({ system, node, thread }: Machine): number {
  if (!system.bufferHeadsOverLimit) return thread.classzoneIdx;
  for (let i = node.zones.length - 1; i >= 0; i--) if (managedZone(node.zones[i]!)) return i;
  return thread.classzoneIdx;
}

/**
 * A round begins unless some zone that the request may use is balanced: then the run is over. From priority 9 on pages
 * are written even on a laptop.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 * @abstracts age_active_anon, which moves pages between lists of the same zone.
 */
export const checkNode: Transition = {
  to: ['kswapdShrinkNode', 'balanced'],
  does: 'Ends the run if the node is balanced, and else begins a round.',
  step: (k, m) => {
    const { thread } = m;
    const { nodeBalance: run } = thread;
    if (k.pgdatBalanced(k, m.system, m.node, run.order, thread.classzoneIdx)) {
      return silent(withThread(m, threadAt(thread, 'balanced')));
    }
    const mayWritepage = run.mayWritepage || run.priority < DEF_PRIORITY - 2;
    const round = beginNodeRound(run, reclaimIndex(m), mayWritepage, true, true);
    return silent(withThread(m, withNodeBalance(thread, 'kswapdShrinkNode', round)));
  },
};

/**
 * After shrinking: throttled tasks are let go if reserves allow, and a freeze or a stop ends the run.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export const endRound: Transition = {
  to: ['nextRound', 'countFailure'],
  does: 'Lets throttled tasks go if reserves allow; a freeze or a stop ends the run.',
  step: (k, m) => {
    const { ok, machine } = m.waits.throttled === 0 ? { ok: false, machine: m } : mayReclaimDirectly(k, m);
    const released = ok ? releaseThrottled(machine) : machine;
    const records = ok ? [PFMEMALLOC_WAKE] : SILENT;
    const { thread, waits } = released;
    if (waits.freezing) {
      const thawed = withThreadAndWaits(released, threadAt(thread, 'countFailure'), thaw(waits));
      return traced(thawed, ...records, { ev: 'frozen' });
    }
    const next = withThread(released, threadAt(thread, waits.shouldStop ? 'countFailure' : 'nextRound'));
    return { machine: next, records };
  },
};

/**
 * The priority number falls by one when too little was scanned or nothing was reclaimed in the round. Another one
 * follows until priority 1 is done.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export const nextRound: Transition = {
  to: ['checkNode', 'countFailure'],
  does: 'Raises the priority if the round got too little done, and ends the run after priority 1.',
  step: (_k, m) => {
    const { thread } = m;
    const { nodeBalance: run } = thread;
    const fruitless = run.nrReclaimed === run.nrReclaimedBefore;
    const priority = run.raisePriority || fruitless ? run.priority - 1 : run.priority;
    const next = withNodePressure(run, priority, run.nrBoostReclaim);
    return silent(withThread(m, withNodeBalance(thread, priority >= 1 ? 'checkNode' : 'countFailure', next)));
  },
};

/**
 * A run that ended without the node in balance and without a page reclaimed is a failure, whatever ended it. After 16
 * of them in a row the node is past hope.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export const countFailure: Transition = {
  to: ['balanced'],
  does: 'Counts a run that reclaimed nothing as a failure.',
  step: (_k, m) => {
    const { node, thread } = m;
    const over = threadAt(thread, 'balanced');
    if (thread.nodeBalance.nrReclaimed > 0) return silent(withThread(m, over));
    return silent(withNodeAndThread(m, withFailures(node, node.zones, node.kswapd.failures + 1), over));
  },
};

/**
 * The run returns the order it ended at: at that order kswapd decides whether it may sleep.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export const balanced: Transition = {
  to: ['checkOrder'],
  does: 'Ends the run, with the order that it ended at.',
  step: (_k, m) => {
    const { thread } = m;
    const { order, priority } = thread.nodeBalance;
    const done = withOrders(thread, 'checkOrder', thread.order, order, thread.classzoneIdx);
    return traced(withThread(m, done), { ev: 'balanced', order, zoneIdx: thread.classzoneIdx, priority });
  },
};
