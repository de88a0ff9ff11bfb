import { silent, traced } from '../../../outcome.ts';
import { wakeupKcompactd } from '../../../rules/v4_19/kcompactd.ts';
import { withNodeAndThread, withThread } from '../../../state/machine.ts';
import { withZone, type Node } from '../../../state/node.ts';
import { beginNodeRound, beginNodeRun, withNodePressure } from '../../../state/nodeBalance.ts';
import { threadAt, withNodeBalance, withOrders } from '../../../state/thread.ts';
import { managedZone, withBoost } from '../../../state/zone.ts';
import { DEF_PRIORITY, PAGEBLOCK_ORDER } from '../../../units.ts';
import type { Transition } from '../../transition.ts';
import { reclaimIndex } from '../balance.ts';

/**
 * A balancing run begins at priority 12, for the order at hand, and remembers the boosts of the zones that the request
 * may use: so many pages are to be reclaimed even if the node is balanced.
 * @kernel v5.9 mm/vmscan.c balance_pgdat
 */
export const balancePgdat: Transition = {
  to: ['checkNode'],
  does: 'Begins a balancing run at priority 12, and adds up the boosts that it is to make up for.',
  step: (_k, m) => {
    const { thread, node, system } = m;
    let boosts: number[] | undefined;
    let nrBoostReclaim = 0;
    for (let i = 0; i <= thread.classzoneIdx; i++) {
      const zone = node.zones[i]!;
      if (!managedZone(zone) || zone.boost === 0) continue;
      boosts ??= node.zones.map(() => 0);
      boosts[i] = zone.boost;
      nrBoostReclaim += zone.boost;
    }
    const run = beginNodeRun(thread.order, !system.laptopMode, nrBoostReclaim, boosts);
    return traced(withThread(m, withNodeBalance(thread, 'checkNode', run)), { ev: 'pageoutrun' });
  },
};

/**
 * A round begins unless the node is balanced and no boost is left to be made up for. A node that is not balanced is
 * reclaimed in earnest: the boosts are forgotten and the run starts over at priority 12. Reclaim for boosts neither
 * writes nor swaps, except that pages are written from priority 9 on, and does not go beyond priority 10 while it gets
 * something.
 * @kernel v5.9 mm/vmscan.c balance_pgdat
 * @abstracts age_active_anon, which moves pages between lists of the same zone.
 */
export const checkNode: Transition = {
  to: ['checkNode', 'kswapdShrinkNode', 'balanced'],
  does: 'Ends the run if the node is balanced and no boost is left, forgets boosts if it is not, or begins a round.',
  step: (k, m) => {
    const { thread, system } = m;
    const { nodeBalance: run } = thread;
    const boosted = run.nrBoostReclaim > 0;
    const isBalanced = k.pgdatBalanced(k, system, m.node, run.order, thread.classzoneIdx);
    if (!isBalanced && boosted) {
      return silent(withThread(m, withNodeBalance(thread, 'checkNode', withNodePressure(run, DEF_PRIORITY, 0))));
    }
    if (isBalanced && !boosted) return silent(withThread(m, threadAt(thread, 'balanced')));
    const mayWritepage = (!system.laptopMode && !boosted) || run.priority < DEF_PRIORITY - 2;
    const raisePriority = !(boosted && run.priority === DEF_PRIORITY - 2);
    const round = beginNodeRound(run, reclaimIndex(m), mayWritepage, !boosted, raisePriority);
    return silent(withThread(m, withNodeBalance(thread, 'kswapdShrinkNode', round)));
  },
};

/**
 * What was reclaimed counts towards the boosts; with some left, a round that reclaimed nothing ends the run. The
 * priority number falls by one when too little was scanned or nothing was reclaimed, down to 1.
 * @kernel v5.9 mm/vmscan.c balance_pgdat
 */
export const nextRound: Transition = {
  to: ['checkNode', 'countFailure'],
  does: 'Counts what was reclaimed towards the boosts, raises the priority if that is due, and ends a fruitless run.',
  step: (_k, m) => {
    const { thread } = m;
    const { nodeBalance: run } = thread;
    const nrReclaimed = run.nrReclaimed - run.nrReclaimedBefore;
    const nrBoostReclaim = run.nrBoostReclaim - Math.min(run.nrBoostReclaim, nrReclaimed);
    const givenUp = nrBoostReclaim > 0 && nrReclaimed === 0;
    const falls = !givenUp && (run.raisePriority || nrReclaimed === 0);
    const priority = falls ? run.priority - 1 : run.priority;
    const next = withNodePressure(run, priority, nrBoostReclaim);
    const at = !givenUp && priority >= 1 ? 'checkNode' : 'countFailure';
    return silent(withThread(m, withNodeBalance(thread, at, next)));
  },
};

/** The node without the boosts that the run found; what was added to them meanwhile stays. */
function endBoosts(node: Node, boosts: readonly number[]): Node {
  let now = node;
  for (const [i, boost] of boosts.entries()) {
    const zone = node.zones[i]!;
    if (boost > 0) now = withZone(now, i, withBoost(zone, zone.boost - Math.min(zone.boost, boost)));
  }
  return now;
}

/**
 * The run returns the order it ended at. The boosts that it found are over, however it ended, and kcompactd is woken
 * to make whole page blocks of what was freed.
 * @kernel v5.9 mm/vmscan.c balance_pgdat
 */
export const balanced: Transition = {
  to: ['checkOrder'],
  does: 'Ends the run with the order that it ended at, and the boosts that it found; then kcompactd is woken.',
  step: (_k, m) => {
    const { thread, node, system } = m;
    const { order, priority, zoneBoosts } = thread.nodeBalance;
    const { classzoneIdx } = thread;
    const done = withOrders(thread, 'checkOrder', thread.order, order, classzoneIdx);
    const record = { ev: 'balanced', order, zoneIdx: classzoneIdx, priority } as const;
    if (zoneBoosts.length === 0) return traced(withThread(m, done), record);
    const ended = withNodeAndThread(m, endBoosts(node, zoneBoosts), done);
    return traced(ended, ...wakeupKcompactd(system, PAGEBLOCK_ORDER, classzoneIdx), record);
  },
};
