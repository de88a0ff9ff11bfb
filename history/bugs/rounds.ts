import {
  countNodeShrunk,
  deriveKernel,
  threadAt,
  v4_0,
  v4_19,
  v5_9,
  withNodeAndThread,
  withNodeBalance,
  withThread,
  type Machine,
  type Transition,
  type Yield,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { nextRound } = v4_0.transitions;

/** A round at priority 0 follows before a run is over. */
const roundAtPriorityZero: Transition = {
  ...nextRound,
  step: (k, m) => {
    const { machine, records } = nextRound.step(k, m);
    const { system, node, thread } = machine;
    const { priority, order } = thread.balance;
    if (priority !== 0 || k.pgdatBalanced(k, system, node, order, thread.balancedClasszoneIdx)) {
      return { machine, records };
    }
    return { machine: withThread(machine, threadAt(thread, 'findEndZone')), records };
  },
};

/** While there is much on the inactive file lists for a priority, reclaim turns to file pages alone. */
function trimsCache({ node, thread }: Machine): boolean {
  const inactiveFile = node.zones.reduce((sum, { lru }) => sum + lru.inactiveFile, 0);
  return Math.floor(inactiveFile / 2 ** thread.nodeBalance.priority) > 0;
}

/** Shrinks the node, without its anonymous pages as long as the cache is trimmed. */
const shrinkTrimming: Yield = {
  ...v5_9.yields.shrink!,
  work: (k, m, turn) => {
    const { nodeBalance: run } = m.thread;
    const maySwap = run.maySwap && !trimsCache(m);
    const wanted = turn.reclaimed ?? [];
    const shrunk = k.shrinkNode(k, m.system, m.node, run.reclaimIdx, maySwap, turn.scanned ?? 0, wanted);
    const counted = countNodeShrunk(run, shrunk.scanned, shrunk.reclaimed);
    return withNodeAndThread(m, shrunk.node, withNodeBalance(m.thread, 'shrink', counted));
  },
};

const { balancePgdat, checkNode, nextRound: nextNodeRound, balanced } = v4_19.transitions;

/** Bugs in how a balancing run goes from round to round. */
export const roundBugs: readonly Bug[] = [
  {
    id: '9aa41348a8d1',
    title: 'kswapd scanned whole lists for one request',
    landed: '3.11',
    kind: 'safety',
    status: 'bug',
    story:
      'The priority of kswapd could fall to 0, at which all of a list is scanned: one request that is hard to ' +
      'satisfy cost the whole page cache. Together with a limit to what a zone is asked for, runs now end with ' +
      'priority 1.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that goes on to priority 0',
      transitions: { nextRound: roundAtPriorityZero },
    }),
    fixed: v4_0,
    property: 'priority-walks-down',
  },
  {
    id: '1c30844d2dfe',
    title: 'memory that was broken up for another type was not made up for',
    landed: '5.0',
    kind: 'other',
    status: 'rule change',
    story:
      'An allocation that takes from blocks of another type fragments memory, and nothing was done about it until ' +
      'high orders failed. Since 5.0 the marks of the zone are raised for a while, and kswapd reclaims as much, ' +
      'gently, and then ends the boost. Undone here is what kswapd does about raised marks, not that they are ' +
      'raised.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9 whose kswapd knows no boosts',
      pgdatWatermarkBoosted: () => false,
      transitions: {
        balancePgdat: balancePgdat!,
        checkNode: checkNode!,
        nextRound: nextNodeRound!,
        balanced: balanced!,
      },
    }),
    fixed: v5_9,
    property: 'a-run-makes-up-for-the-boosts-it-finds',
  },
  {
    id: 'cache-trim-retry',
    title: 'a node was given up for file pages that could not be had, with anonymous ones that could',
    landed: '6.9',
    kind: 'liveness',
    status: 'bug',
    story:
      'With plenty of inactive file pages reclaim leaves anonymous pages alone. Where just those file pages cannot ' +
      'be reclaimed every run is in vain, and after 16 of them kswapd gives the node up, though it could have ' +
      'swapped. Which pages are taken is the environment’s choice in v5.9 here; the faulty kernel makes it as v5.9 ' +
      'does. Since 6.9 a run in vain is repeated without that restriction before it counts.',
    faulty: deriveKernel(v5_9, { name: 'v5.9 that trims the cache', yields: { shrink: shrinkTrimming } }),
    fixed: v5_9,
    property: 'a-run-that-could-free-a-page-is-no-failure',
  },
];
