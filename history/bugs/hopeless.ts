import {
  deriveKernel,
  managedZone,
  MAX_RECLAIM_RETRIES,
  threadAt,
  v4_19,
  v5_9,
  withFailures,
  withNode,
  withThread,
  type Kernel,
  type Machine,
  type Transition,
  type Yield,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** A run in vain leaves no trace. */
const countsNothing: Transition = {
  ...v4_19.transitions.countFailure!,
  step: (_k, m) => ({ machine: withThread(m, threadAt(m.thread, 'balanced')), records: [] }),
};

/** Whether a zone is above its high mark, with every reserve kept. */
const someZoneIsHigh = (k: Kernel, { system, node: { zones } }: Machine): boolean =>
  zones.some(
    (zone) =>
      managedZone(zone) && k.zoneWatermarkOk(k, system, zone, 0, k.highWmarkPages(k, zone), zones.length - 1, 0),
  );

/** While kswapd sleeps a zone that rose above its high mark brings the node back. */
const sleepHearing: Yield = {
  ...v5_9.yields.sleep!,
  work: (k, m) => {
    const { node } = m;
    const back = node.kswapd.failures >= MAX_RECLAIM_RETRIES && someZoneIsHigh(k, m);
    return back ? withNode(m, withFailures(node, node.zones, 0)) : m;
  },
};

/** Bugs about nodes that kswapd gives up, and how they come back. */
export const hopelessBugs: readonly Bug[] = [
  {
    id: 'c73322d098e4',
    title: 'kswapd never gave up a node with nothing to reclaim',
    landed: '4.12',
    kind: 'liveness',
    status: 'bug',
    story:
      'When lists became per node the rule went away that a zone scanned six times over is given up, and nothing ' +
      'took its place. On a node whose memory is all in huge pages kswapd ran for ever. Since 4.12 runs without a ' +
      'page reclaimed are counted, and after 16 in a row the node is left to direct reclaim.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19 that counts no failures',
      transitions: { countFailure: countsNothing },
    }),
    fixed: v4_19,
    property: 'unproductive-reclaim-lets-kswapd-sleep',
  },
  {
    id: 'e7a5f249e6db',
    title: 'a node that was given up stayed so when its memory was freed',
    landed: '6.18',
    kind: 'liveness',
    status: 'bug',
    story:
      'Only a page that is reclaimed brings a node back that kswapd gave up. If its memory was freed instead, and ' +
      'allocations turn to other nodes as soon as it is low again, nobody ever reclaims there: kswapd is never ' +
      'woken. Since 6.18 a zone that rises above its high mark brings the node back; here that is looked for once a ' +
      'turn, while kswapd sleeps.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, { name: 'v5.9 that hears of freed memory', yields: { sleep: sleepHearing } }),
    property: 'memory-that-is-freed-brings-a-node-back',
  },
  {
    id: 'dc9fe9b7056a',
    title: 'a page now and then brought a node back that could not be balanced',
    landed: '7.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'Any page that is reclaimed starts the count of runs in vain over, also one that a task frees to stay in the ' +
      'limit of its control group. Such pages kept a node that is past hope from being given up: kswapd ran for ever ' +
      'and evicted the last hot pages. Since 7.0 the count starts over only if the node is in balance.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9 that is brought back by balance only',
      shrinkNode: (k, system, node, reclaimIdx, maySwap, scanned, wanted) => {
        const shrunk = v5_9.shrinkNode(k, system, node, reclaimIdx, maySwap, scanned, wanted);
        if (k.pgdatBalanced(k, system, shrunk.node, 0, reclaimIdx)) return shrunk;
        const { failures } = node.kswapd;
        return { ...shrunk, node: withFailures(shrunk.node, shrunk.node.zones, failures) };
      },
    }),
    property: 'only-balance-brings-a-node-back',
  },
];
