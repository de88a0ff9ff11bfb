import {
  ALLOC_KSWAPD,
  clearFlags,
  deriveKernel,
  eligibleZones,
  GFP_DIRECT_RECLAIM,
  v4_0,
  v4_19,
  v5_9,
  withZoneAt,
  ZONE_BOOSTED_WATERMARK,
  zoneAt,
  zonerefAtHand,
  type AllocTransition,
} from '../../model/index.ts';
import { roundOf } from '../../model/alloc/v4_19/slow.ts';
import { wakeKswapdOf } from '../../model/alloc/wakeAllKswapds.ts';
import type { Bug } from '../bug.ts';
import { allocatorStep, doneOtherwise } from '../steps.ts';

const takes = allocatorStep(v5_9, 'rmqueue');

/** Who may not wake kswapd takes from the zone as if its marks had not been raised, and leaves the news to the next. */
const tellsOnlyByRight: AllocTransition['step'] = (k, memory, task) => {
  const at = zonerefAtHand(memory, task);
  const zone = zoneAt(memory, at);
  const news = zone.flags & ZONE_BOOSTED_WATERMARK;
  if (news === 0 || (task.attempt.allocFlags & ALLOC_KSWAPD) !== 0) return takes.step(k, memory, task);
  const outcome = takes.step(k, withZoneAt(memory, at, clearFlags(zone, ZONE_BOOSTED_WATERMARK)), task);
  const taken = zoneAt(outcome.memory, at);
  return { ...outcome, memory: withZoneAt(outcome.memory, at, { ...taken, flags: taken.flags | news }) };
};

/** Whoever takes from a zone whose marks were raised notes that this was told, and tells no one. */
const forgetsToTell: AllocTransition['step'] = (k, memory, task) => {
  const at = zonerefAtHand(memory, task);
  return takes.step(k, withZoneAt(memory, at, clearFlags(zoneAt(memory, at), ZONE_BOOSTED_WATERMARK)), task);
};

/** Bugs in whom a task that allocates wakes, when, and for what. */
export const wakeAllBugs: readonly Bug[] = [
  {
    id: 'cc4a68514660',
    title: 'a task that tries again does not wake kswapd again',
    landed: '2.6.32',
    kind: 'lost request',
    status: 'bug',
    story:
      'A clean-up put the point at which the slow path begins anew behind the wake-up. kswapd could go to sleep ' +
      'while tasks went round and round after reclaim that was not enough, and nobody reclaimed in the background ' +
      'for them. Every round wakes it now.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but only the first round wakes kswapd',
      allocator: {
        transitions: {
          retry: roundOf(
            () => false,
            (_k, _memory, _task, reserve) => reserve,
          ),
        },
      },
    }),
    fixed: v4_19,
    property: 'every-round-asks-kswapd',
  },
  {
    id: '7ade3c994397',
    title: 'kswapds of nodes are woken that the request may not use',
    landed: '3.18',
    kind: 'allocator',
    status: 'bug',
    story:
      'A request that is bound to some nodes woke the kswapds of all nodes in its zonelist: others reclaimed, and ' +
      'swapped out, for memory that it could not have had. Only those of its mask are woken now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but kswapds of all nodes are woken',
      wakeAllKswapds: (k, memory, request) => v4_0.wakeAllKswapds(k, memory, { ...request, nodemask: null }),
    }),
    fixed: v4_0,
    property: 'every-zone-or-node-is-asked-once-a-round',
  },
  {
    id: '52e9f87ae8be',
    title: 'kswapds of other nodes are asked by the index of the local zone',
    landed: '4.8',
    kind: 'lost request',
    status: 'bug',
    story:
      'All kswapds were given the index of the zone that the request prefers. If that is a low one, since the local ' +
      'node has no other, a kswapd of a node with higher zones only is asked for zones that it has not: it finds ' +
      'nothing to balance, and sleeps. The highest index that the request may use is given now.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but kswapds are asked by the index of the preferred zone',
      wakeAllKswapds: (k, memory, { zonelist, highZoneidx, nodemask, preferred, order, gfp }) => {
        const zones = eligibleZones(zonelist, highZoneidx, nodemask);
        const ofNodes = zones.filter(([node], i) => i === 0 || zones[i - 1]![0] !== node);
        const direct = (gfp & GFP_DIRECT_RECLAIM) !== 0;
        return wakeKswapdOf(k, memory, ofNodes, order, preferred?.[1] ?? highZoneidx, direct);
      },
    }),
    fixed: v4_19,
    property: 'every-zone-or-node-is-asked-once-a-round',
  },
  {
    id: 'rmqueue-kswapd-flag',
    title: 'a request that must not wake kswapd tells it of raised marks',
    landed: '6.5',
    kind: 'other',
    status: 'bug',
    story:
      'Whoever takes from a zone after its marks were raised wakes kswapd, also one whose mask forbids it because it ' +
      'holds locks that the wake-up needs, or wants no reclaim. Only those who may wake it do so now, and the news ' +
      'is left to the next one.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9, but raised marks are told only by those who may wake kswapd',
      allocator: { transitions: { rmqueue: doneOtherwise(takes, tellsOnlyByRight) } },
    }),
    property: 'kswapd-is-not-asked-against-the-mask',
  },
  {
    id: '73444bc4d8f9',
    title: 'news of raised marks depends on when kswapd may be woken',
    landed: '5.0',
    kind: 'lost request',
    status: 'bug',
    story:
      'The first form of raised marks woke kswapd with the lock of the zone held, which the scheduler may come to ' +
      'need on the way. A flag is set now, and whoever takes from the zone next clears it and wakes kswapd. The ' +
      'model has no locks; what it shows is how the cure can go wrong: the flag is cleared, and nobody is woken.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9, but the flag of raised marks is cleared without a wake-up',
      allocator: { transitions: { rmqueue: doneOtherwise(takes, forgetsToTell) } },
    }),
    fixed: v5_9,
    property: 'raised-marks-are-told-once',
  },
];
