import {
  ALLOC_FAIR,
  deriveKernel,
  GFP_THISNODE_ONLY,
  v4_0,
  ZONE_FAIR_DEPLETED,
  zonerefAtHand,
  type AllocTask,
  type AllocTransition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';
import { allocatorStep, doneOtherwise } from '../steps.ts';

const entersAllocator = allocatorStep(v4_0, 'allocPagesNodemask');
const checksFairness = allocatorStep(v4_0, 'checkFair');
const endsScan = allocatorStep(v4_0, 'endOfScan');

const isFair = ({ attempt }: AllocTask): boolean => (attempt.allocFlags & ALLOC_FAIR) !== 0;

/** Zones of all nodes have shares that count, as if each were of the preferred node. */
const fairToAllNodes: AllocTransition['step'] = (k, memory, task) => {
  const { context } = task;
  const asLocal = { ...task, context: { ...context, preferred: zonerefAtHand(memory, task) } };
  const outcome = checksFairness.step(k, memory, asLocal);
  return { ...outcome, task: { ...outcome.task, context } };
};

/** A fair pass that found nothing is not followed by another one. */
const noSecondPass: AllocTransition['step'] = (k, memory, task) => {
  const outcome = endsScan.step(k, memory, task);
  return isFair(task) ? { ...outcome, task: { ...outcome.task, at: task.attempt.failed } } : outcome;
};

/** For a request that wants one node or nothing, shares that are used up stay so. */
const noSharesForThisNode: AllocTransition['step'] = (k, memory, task) => {
  const thisNodeOnly = (task.attempt.gfp & GFP_THISNODE_ONLY) === GFP_THISNODE_ONLY;
  if (!isFair(task) || !thisNodeOnly) return endsScan.step(k, memory, task);
  return { memory, task: { ...task, at: task.attempt.failed }, records: [] };
};

/** Bugs of the years in which fresh pages were spread over the zones of a node by shares. */
export const fairnessBugs: readonly Bug[] = [
  {
    id: 'fff4068cba48',
    title: 'shares send requests to other nodes while local memory is free',
    landed: '3.13',
    kind: 'allocator',
    status: 'bug',
    story:
      'Shares were meant to spread fresh pages over the zones of one node, so that they grow old at the same pace. ' +
      'At first every zone of the zonelist took part: once the local zones had given their shares, other nodes gave ' +
      'pages, and local memory stayed free. The fair pass ends at the first zone of another node now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the fair pass goes on to other nodes',
      allocator: { transitions: { checkFair: doneOtherwise(checksFairness, fairToAllNodes) } },
    }),
    fixed: v4_0,
    property: 'the-local-pass-stays-local',
  },
  {
    id: '27329369c9ec',
    title: 'requests for one node fail for want of shares, not of memory',
    landed: '3.14',
    kind: 'allocator',
    status: 'bug',
    story:
      'Who wants a page of one node or none, at no cost, skips the slow path, where shares were dealt out anew: it ' +
      'used up the shares of all local zones, and then failed beside any amount of free memory. Such requests were ' +
      'let off the shares. Later the shares are dealt out before the slow path, for everyone.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but no shares are dealt out for requests for one node',
      allocator: { transitions: { endOfScan: doneOtherwise(endsScan, noSharesForThisNode) } },
    }),
    fixed: v4_0,
    property: 'shares-are-dealt-anew-when-the-local-pass-fails',
  },
  {
    id: '3a025760fc15',
    title: 'kswapd is woken before other nodes were tried',
    landed: '3.15',
    kind: 'allocator',
    status: 'bug',
    story:
      'The first attempt looked at local zones only, and if their shares or pages were used up the slow path woke ' +
      'kswapd before it turned to other nodes: a node with no spare memory had its kswapd run all the time beside ' +
      'empty neighbours. A second pass over all nodes comes first now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the local pass is the only one before kswapd is woken',
      allocator: { transitions: { endOfScan: doneOtherwise(endsScan, noSecondPass) } },
    }),
    fixed: v4_0,
    property: 'the-local-pass-stays-local',
  },
  {
    id: 'abe5f972912d',
    title: 'a share that is overdrawn never counts as used up',
    landed: '3.18',
    kind: 'allocator',
    status: 'bug',
    story:
      'A zone was marked as having given its share when what is left reads exactly 0. Blocks of several pages step ' +
      'over 0, and so do single ones where counters are not batched: then the zone went on giving, and the fairness ' +
      'was gone. Less than 0 counts as well now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a share is used up only at 0 exactly',
      rmqueue: (k, zone, order, allocFlags, migratetype) => {
        const taken = v4_0.rmqueue(k, zone, order, allocFlags, migratetype);
        if (!taken.ok || taken.zone.alloc.batch === 0) return taken;
        const flags = (taken.zone.flags & ~ZONE_FAIR_DEPLETED) | (zone.flags & ZONE_FAIR_DEPLETED);
        return { ok: true, zone: { ...taken.zone, flags } };
      },
    }),
    fixed: v4_0,
    property: 'a-used-up-share-is-passed-over',
  },
  {
    id: 'e6cbd7f2efb4',
    title: 'zones with memory are passed over for having given their share',
    landed: '4.8',
    kind: 'allocator',
    status: 'rule change',
    story:
      'Shares cost time on the fast path, and make requests pass zones over that have pages to give. Once page lists ' +
      'belonged to nodes, pages of all zones grew old together, and shares were dropped: the first zone of the ' +
      'zonelist that has enough gives the page.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0, but without shares',
      allocator: {
        transitions: {
          allocPagesNodemask: doneOtherwise(entersAllocator, (k, memory, task) => {
            const outcome = entersAllocator.step(k, memory, task);
            const { attempt } = outcome.task;
            const unfair = { ...attempt, allocFlags: attempt.allocFlags & ~ALLOC_FAIR };
            return { ...outcome, task: { ...outcome.task, attempt: unfair } };
          }),
        },
      },
    }),
    property: 'the-first-zone-with-enough-gives-the-page',
  },
];
