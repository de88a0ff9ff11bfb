import { deriveKernel, GFP_IO, v4_0, v4_19, type Kernel, type Zone } from '../../model/index.ts';
import type { Bug } from '../bug.ts';
import { directStep, doneOtherwise } from '../steps.ts';

const returnsAtLast = directStep(v4_0, 'returnOrRetry');
const returnsLater = directStep(v4_19, 'returnOrRetry');
const walks = directStep(v4_0, 'shrinkZones');
const walksLater = directStep(v4_19, 'shrinkZones');
const comesToZoneLater = directStep(v4_19, 'nextZone');
const comesToZone = directStep(v4_0, 'nextZone');
const shrinks = v4_0.directReclaim.yields.shrink!;
const finishesShrinking = v4_0.transitions.finishShrink!;

/** A bit of a zone's state that no specified kernel uses: kswapd found nothing more to expect of the zone. */
const ALL_UNRECLAIMABLE = 1 << 20;

/** The kernel as its direct reclaim sees it: a zone is given up once kswapd has said so. */
const byFlag = (k: Kernel): Kernel => ({
  ...k,
  zoneReclaimable: (own, system, zone) =>
    (zone.flags & ALL_UNRECLAIMABLE) === 0 || v4_0.zoneReclaimable(own, system, zone),
});

const flagged = (zone: Zone): Zone => ({ ...zone, flags: zone.flags | ALL_UNRECLAIMABLE });

/** Bugs of direct reclaim: when it goes on, what it says it did, and which zones it leaves alone. */
export const directReclaimBugs: readonly Bug[] = [
  {
    id: 'bb21c7ce18ee',
    title: 'direct reclaim claims progress although every zone was given up',
    landed: '2.6.35',
    kind: 'liveness',
    status: 'bug',
    story:
      'After a clean-up, a direct reclaim that came to the end of its priorities said that it made progress whatever ' +
      'it found: zones that were all given up, and not a page freed. Callers tried again without end, and never came ' +
      'to the OOM killer. It says so only if some zone is worth another try now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the end of the priorities counts as progress',
      directReclaim: {
        transitions: {
          returnOrRetry: doneOtherwise(returnsAtLast, (k, memory, task) => {
            const outcome = returnsAtLast.step(k, memory, task);
            if (outcome.task.at !== 'done' || outcome.task.result > 0) return outcome;
            return { ...outcome, task: { ...outcome.task, result: 1 } };
          }),
        },
      },
    }),
    fixed: v4_0,
    property: 'a-task-goes-on-exactly-if-it-made-progress',
  },
  {
    id: 'd1908362ae0b',
    title: 'direct reclaim gives no zone up unless kswapd did',
    landed: '2.6.36',
    kind: 'liveness',
    status: 'bug',
    story:
      'Whether a zone is past hope was a flag that only kswapd set. While it is frozen, as on the way into ' +
      'hibernation, or just asleep, nobody sets it, and direct reclaim claimed that another try was worth it for as ' +
      'long as it was asked. It counts for itself what was scanned in vain now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but only kswapd gives zones up',
      transitions: {
        finishShrink: doneOtherwise(finishesShrinking, (k, m) => {
          const outcome = finishesShrinking.step(k, m);
          const { machine } = outcome;
          const { zone: index } = m.thread.balance;
          const zone = machine.node.zones[index]!;
          if (k.zoneReclaimable(k, m.system, zone)) return outcome;
          const zones = machine.node.zones.with(index, flagged(zone));
          return { ...outcome, machine: { ...machine, node: { ...machine.node, zones } } };
        }),
      },
      directReclaim: {
        transitions: {
          nextZone: doneOtherwise(comesToZone, (k, memory, task) => comesToZone.step(byFlag(k), memory, task)),
        },
        yields: {
          shrink: { ...shrinks, resume: (k, memory, task, turn) => shrinks.resume(byFlag(k), memory, task, turn) },
        },
      },
    }),
    fixed: v4_0,
    property: 'a-task-goes-on-exactly-if-it-made-progress',
  },
  {
    id: 'e0c23279c9f8',
    title: 'a reclaim that makes way for compaction counts as failed',
    landed: '3.3',
    kind: 'allocator',
    status: 'bug',
    story:
      'Direct reclaim stops early where compaction can do more for a costly request. At first that was reported as ' +
      'no progress, and could bring the OOM killer on where memory was free, in pieces. A second mistake was to stop ' +
      'for one such zone while others needed reclaim; here the walk always goes over all of them.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but making way for compaction is no progress',
      directReclaim: {
        transitions: {
          returnOrRetry: doneOtherwise(returnsLater, (k, memory, task) => {
            const outcome = returnsLater.step(k, memory, task);
            if (outcome.task.at !== 'done' || task.sc.nrReclaimed > 0) return outcome;
            return { ...outcome, task: { ...outcome.task, result: 0 } };
          }),
        },
      },
    }),
    fixed: v4_19,
    property: 'direct-reclaim-returns-its-progress',
  },
  {
    id: '7bf52fb891b6',
    title: 'buffer heads over their limit no longer press on high memory',
    landed: '4.5',
    kind: 'other',
    status: 'bug',
    story:
      'Buffer heads lie in low memory and belong to pages that may lie in high memory. When there are too many, a ' +
      'walk that reclaims for low memory goes up to high memory as well; v3.19 bounded it by what the request may ' +
      'use and lost that. The fix had a fault of its own, an index that ran below 0 on nodes with Movable memory ' +
      'alone, which is no part of this kernel.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0, but buffer heads press on high memory',
      directReclaim: {
        transitions: {
          shrinkZones: doneOtherwise(walks, (k, memory, task) =>
            walksLater.step(k, memory, walks.step(k, memory, task).task),
          ),
        },
      },
    }),
    property: 'buffer-heads-press-on-high-memory',
  },
  {
    id: 'd6622f6365db',
    title: 'every failing reclaim is made twice, for limits that nobody has',
    landed: '4.12',
    kind: 'other',
    status: 'bug',
    story:
      'A direct reclaim that freed nothing was repeated once, reclaiming control groups below their low limits, ' +
      'whether or not one had been spared for such a limit. On machines without control groups the same lists were ' +
      'scanned all over again before anyone turned to the OOM killer. One must have been spared now.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0, but low limits are overrun only if a group was spared for one',
      directReclaim: {
        transitions: {
          returnOrRetry: doneOtherwise(returnsAtLast, (k, memory, task) => {
            const { memcgLowReclaim, memcgLowSkipped } = task.sc;
            const sc = { ...task.sc, memcgLowReclaim: memcgLowReclaim || !memcgLowSkipped };
            return returnsAtLast.step(k, memory, { ...task, sc });
          }),
        },
        yields: {
          shrink: {
            ...shrinks,
            work: (k, memory, task, turn) => {
              const outcome = shrinks.work(k, memory, task, turn);
              if (turn.memcgLowSkipped !== true) return outcome;
              return { ...outcome, task: { ...outcome.task, sc: { ...outcome.task.sc, memcgLowSkipped: true } } };
            },
          },
        },
      },
    }),
    property: 'low-limits-are-overrun-once-and-for-a-reason',
  },
  {
    id: '803de9000f33',
    title: 'zones are left to compaction for requests that may not compact',
    landed: '6.9',
    kind: 'liveness',
    status: 'bug',
    story:
      'A costly request that may not start input or output, and wants to retry, found zones ready for compaction: ' +
      'reclaim left them alone and said that it made progress, compaction refused to run for such a mask, and the ' +
      'retry rules took the one for a reason to ask the other again, without end. Zones are ready only for those who ' +
      'may compact now.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but zones are left to compaction only by those who may compact',
      directReclaim: {
        transitions: {
          nextZone: doneOtherwise(comesToZoneLater, (k, memory, task) => {
            const may = (task.gfpMask & GFP_IO) !== 0;
            return comesToZoneLater.step(may ? k : { ...k, compactionReady: () => false }, memory, task);
          }),
        },
      },
    }),
    property: 'zones-are-left-to-compaction-only-where-it-may-run',
  },
];
