import { silent, traced } from '../../outcome.ts';
import { compactGap } from '../../rules/v4_19/compaction.ts';
import { withNodeAndThread, withThread } from '../../state/machine.ts';
import { askNode, countNodeShrunk, judgeNode } from '../../state/nodeBalance.ts';
import { threadAt, withNodeBalance } from '../../state/thread.ts';
import { managedZone } from '../../state/zone.ts';
import { SWAP_CLUSTER_MAX } from '../../units.ts';
import type { Transition, Yield } from '../transition.ts';

const NOTHING: readonly number[] = [];

/**
 * The node is asked for the high marks of its managed zones up to the highest that is shrunk, and for 32 pages a zone
 * at least.
 * @kernel v4.19 mm/vmscan.c kswapd_shrink_node
 */
export const kswapdShrinkNode: Transition = {
  to: ['shrink'],
  does: 'Adds up what is asked of the node, zone by zone.',
  step: (k, m) => {
    const { thread } = m;
    const { nodeBalance: run } = thread;
    const { order, priority, mayWritepage, maySwap, reclaimIdx } = run;
    let nrToReclaim = 0;
    for (let i = 0; i <= reclaimIdx; i++) {
      const zone = m.node.zones[i]!;
      if (managedZone(zone)) nrToReclaim += Math.max(k.highWmarkPages(k, zone), SWAP_CLUSTER_MAX);
    }
    return traced(withThread(m, withNodeBalance(thread, 'shrink', askNode(run, nrToReclaim))), {
      ev: 'shrink',
      zone: reclaimIdx,
      priority,
      order,
      nrToReclaim,
      mayWritepage,
      maySwap,
    });
  },
};

/**
 * Reclaim works on the node; how much it scans and frees of each zone is the environment's to say.
 * @kernel v4.19 mm/vmscan.c shrink_node
 */
export const shrink: Yield = {
  to: ['finishShrink'],
  does: 'Scans the node up to the highest zone that is shrunk and frees what it can, while the rest goes on.',
  waitsFor: 'reclaim to end',
  work: (k, m, turn) => {
    const { nodeBalance: run } = m.thread;
    const wanted = turn.reclaimed ?? NOTHING;
    const shrunk = k.shrinkNode(k, m.system, m.node, run.reclaimIdx, run.maySwap, turn.scanned ?? 0, wanted);
    const counted = countNodeShrunk(run, shrunk.scanned, shrunk.reclaimed);
    return withNodeAndThread(m, shrunk.node, withNodeBalance(m.thread, 'shrink', counted));
  },
  resume: (_k, m) => withThread(m, threadAt(m.thread, 'finishShrink')),
};

/**
 * A high order is given up for order 0 once the run has reclaimed twice its size. Scanning as many pages as were asked
 * for keeps the priority from rising.
 * @kernel v4.19 mm/vmscan.c kswapd_shrink_node
 */
export const finishShrink: Transition = {
  to: ['endRound'],
  does: 'Drops a high order if enough was reclaimed, and judges whether enough was scanned.',
  step: (_k, m) => {
    const { nodeBalance: run } = m.thread;
    const order = run.order !== 0 && run.nrReclaimed >= compactGap(run.order) ? 0 : run.order;
    const judged = judgeNode(run, order, run.raisePriority && run.nrScanned < run.nrToReclaim);
    return silent(withThread(m, withNodeBalance(m.thread, 'endRound', judged)));
  },
};
