import {
  DEF_PRIORITY,
  deriveKernel,
  populatedZone,
  silent,
  v4_0,
  withBalance,
  withBufferHeads,
  withPressure,
  withSystem,
  withThread,
  type Kernel,
  type Machine,
  type Transition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { endRound, findEndZone, kswapdShrinkZone, nextRound } = v4_0.transitions;

/** v4.0 with a gap of seven high marks above the high mark. */
const eightTimesHigh = deriveKernel(v4_0, {
  name: 'v4.0 with wide gaps',
  zoneBalanced: (k, system, zone, order, _gap, zoneIdx) =>
    v4_0.zoneBalanced(k, system, zone, order, 7 * k.highWmarkPages(k, zone), zoneIdx),
});

/** v4.0 with zones judged by their marks alone: whether compaction has room does not matter. */
const byMarksAlone = deriveKernel(v4_0, {
  name: 'v4.0 with zones judged by their marks alone',
  zoneBalanced: (k, system, zone, order, gap, zoneIdx) =>
    k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone) + gap, zoneIdx, 0),
});

/** A step that does not see that there are too many buffer heads. */
const blindToBufferHeads = (base: Transition): Transition => ({
  ...base,
  step: (k, m) => {
    const { machine, records } = base.step(k, withSystem(m, withBufferHeads(m.system, false)));
    return { machine: withSystem(machine, m.system), records };
  },
});

/** Whether compaction would refuse a zone of the round that is looked at. */
function hasUncompactable(k: Kernel, { system, node, thread }: Machine): boolean {
  const { order, priority, endZone } = thread.balance;
  return node.zones.some(
    (zone, i) =>
      i <= endZone &&
      populatedZone(zone) &&
      (priority === DEF_PRIORITY || k.zoneReclaimable(k, system, zone)) &&
      k.compactionSuitable(k, system, zone, order, 0, endZone) === 'COMPACT_SKIPPED',
  );
}

/** Bugs in how a run goes over the zones of a node: which it shrinks, when it compacts, and what ends it. */
export const balanceRoundBugs: readonly Bug[] = [
  {
    id: '8afdcece4911',
    title: 'large zones are reclaimed up to eight times their high mark',
    landed: '2.6.39',
    kind: 'safety',
    status: 'bug',
    story:
      'While one small zone keeps kswapd awake, each round goes over the large ones below it as well. They were ' +
      'passed over only with eight times their high mark free, and much of the page cache went for nothing. The ' +
      'gap above the mark became the low mark or 1 % of the zone, whichever is less.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but zones are passed over at eight times their high mark',
      transitions: {
        kswapdShrinkZone: { ...kswapdShrinkZone, step: (_k, m) => kswapdShrinkZone.step(eightTimesHigh, m) },
      },
    }),
    fixed: v4_0,
    property: 'zones-are-shrunk-upwards',
  },
  {
    id: 'd527caf22e48',
    title: 'kswapd compacts after every round for a high order',
    landed: '2.6.38',
    kind: 'liveness',
    status: 'bug',
    story:
      'For each high order kswapd compacted, whatever reclaim had come to and whether or not a block was there, ' +
      'and atomic requests for high orders made it take most of a CPU. Compaction was taken out of kswapd again, ' +
      'and came back in 3.4 for nodes of which no zone has such a block; v4.0 also wants more reclaimed than was ' +
      'asked for.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but kswapd compacts after every round for a high order',
      transitions: {
        endRound: {
          ...endRound,
          step: (k, m) => {
            const outcome = endRound.step(k, m);
            const { thread } = outcome.machine;
            const { order } = thread.balance;
            if (order === 0 || thread.at !== 'nextRound') return outcome;
            const machine = withThread(outcome.machine, withBalance(thread, 'compact', thread.balance));
            return { machine, records: [...outcome.records, { ev: 'compact', order }] };
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'compaction-only-when-needed',
  },
  {
    id: 'cc715d99e529',
    title: 'buffer heads fill low memory while high memory is in balance',
    landed: '3.4',
    kind: 'liveness',
    status: 'bug',
    story:
      'Buffer heads take low memory and go only when the pages that they belong to are reclaimed, which may be ' +
      'high memory. With high memory in balance kswapd left it alone, and low memory ran out. While there are too ' +
      'many buffer heads, high memory is reclaimed whatever its balance.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but buffer heads press on nothing',
      transitions: {
        findEndZone: blindToBufferHeads(findEndZone),
        kswapdShrinkZone: blindToBufferHeads(kswapdShrinkZone),
      },
    }),
    fixed: v4_0,
    property: 'end-zone-is-the-highest-unbalanced',
  },
  {
    id: '60cefed485a0',
    title: 'a zone that reclaim finds in order and compaction does not',
    landed: '3.7',
    kind: 'liveness',
    status: 'bug',
    story:
      'Which zones are reclaimed was decided by watermarks, and whether a run is over by whether compaction would ' +
      'have room as well. A zone between the two was not touched, and had the run start over, for ever. One ' +
      'question, zone_balanced, replaced both. In v4.0 a run that finds nothing to do ends, and sleep is what is ' +
      'refused.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but runs judge zones by their marks alone',
      transitions: {
        findEndZone: { ...findEndZone, step: (_k, m) => findEndZone.step(byMarksAlone, m) },
        kswapdShrinkZone: { ...kswapdShrinkZone, step: (_k, m) => kswapdShrinkZone.step(byMarksAlone, m) },
      },
    }),
    fixed: v4_0,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
  {
    id: 'c702418f8a2f',
    title: 'one zone that cannot be compacted has the run start over',
    landed: '3.7',
    kind: 'liveness',
    status: 'bug',
    story:
      'At the end of a run for a high order each zone was asked whether compaction would have room in it, and one ' +
      'that had not sent the run back to priority 12, though a quarter of the node was balanced and nothing more ' +
      'was due. A small DMA zone could keep kswapd at it for ever. Since the node’s balance is what counts, zones ' +
      'are no longer asked.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a zone that cannot be compacted has the run start over',
      transitions: {
        nextRound: {
          ...nextRound,
          step: (k, m) => {
            const outcome = nextRound.step(k, m);
            const { thread } = outcome.machine;
            const { order, priority } = thread.balance;
            if (thread.at !== 'balanced' || priority < 1 || order === 0 || !m.system.compaction) return outcome;
            if (!hasUncompactable(k, m)) return outcome;
            const over = withPressure(thread.balance, order, DEF_PRIORITY);
            return silent(withThread(outcome.machine, withBalance(thread, 'findEndZone', over)));
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'productive-reclaim-lets-kswapd-sleep',
  },
];
