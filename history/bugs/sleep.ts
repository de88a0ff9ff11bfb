import {
  deriveKernel,
  PFMEMALLOC_WAKE,
  silent,
  thaw,
  threadAt,
  traced,
  v4_0,
  v4_19,
  v5_9,
  withOrders,
  withThread,
  withWaits,
  type Machine,
  type TraceRecord,
  type Transition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const isNot =
  (ev: TraceRecord['ev']) =>
  (record: TraceRecord): boolean =>
    record.ev !== ev;

/** Sleeps fully as soon as a first check lets it. */
const sleepsAtOnce: Transition = {
  to: ['sleep', 'recheckSleep', 'takeRequest'],
  does: 'Queues itself to be woken, and sleeps fully if a first check lets it.',
  step: (k, m) => {
    const { machine, records } = v4_0.transitions.kswapdTryToSleep.step(k, m);
    if (machine.thread.at !== 'shortSleep') return { machine, records };
    const asleep = withThread(machine, threadAt(machine.thread, 'sleep'));
    return traced(asleep, ...records.filter(isNot('short_sleep')), { ev: 'sleep' });
  },
};

/** A record that kcompactd is woken for the order that kswapd was asked for, if compaction is built in. */
const kcompactdFor = ({ system, thread }: Machine): readonly TraceRecord[] =>
  system.compaction ? [{ ev: 'kcompactd', order: thread.order, zoneIdx: thread.classzoneIdx }] : [];

/** v4.0's kswapd dozes off, and leaves the order that it was asked for to kcompactd. */
const leavesToKcompactd: Transition = {
  ...v4_0.transitions.kswapdTryToSleep,
  step: (k, m) => {
    const { machine, records } = v4_0.transitions.kswapdTryToSleep.step(k, m);
    return machine.thread.at === 'shortSleep' ? traced(machine, ...kcompactdFor(m), ...records) : { machine, records };
  },
};

const dozesAlone: Transition = {
  ...v4_19.transitions.kswapdTryToSleep!,
  step: (k, m) => {
    const { machine, records } = v4_19.transitions.kswapdTryToSleep!.step(k, m);
    return { machine, records: records.filter(isNot('kcompactd')) };
  },
};

const wakesKcompactdLate: Transition = {
  ...v4_19.transitions.recheckSleep!,
  step: (k, m) => {
    const { machine, records } = v4_19.transitions.recheckSleep!.step(k, m);
    return records.every(isNot('sleep')) ? { machine, records } : traced(machine, ...kcompactdFor(m), ...records);
  },
};

/** With nothing pending the index read is 0, and not the one that kswapd had. */
const readsZoneZero: Transition = {
  ...v4_19.transitions.readRequest!,
  step: (k, m) => {
    const { order } = m.node.kswapd;
    const zoneIdx = k.kswapdClasszoneIdx(k, m.node, 0);
    return silent(withThread(m, withOrders(m.thread, 'kswapdTryToSleep', order, order, zoneIdx)));
  },
};

/** The freezer does not hold up a kswapd that was told to stop. */
const unlessStopped = (m: Machine): Machine => (m.waits.shouldStop ? withWaits(m, thaw(m.waits)) : m);

const stopsBeforeFreezing = (transition: Transition): Transition => ({
  ...transition,
  step: (k, m) => transition.step(k, unlessStopped(m)),
});

/** Bugs in when kswapd sleeps, and in what happens as it goes to sleep. */
export const sleepBugs: readonly Bug[] = [
  {
    id: 'f50de2d38110',
    title: 'kswapd slept soundly as soon as it was done, whatever came the next moment',
    landed: '2.6.33',
    kind: 'safety',
    status: 'rule change',
    story:
      'Once the marks were reached kswapd slept until it was woken. Under a steady stream of allocations the node ' +
      'was short again at once, and nobody looked. Since then it dozes for a tenth of a second first, and sleeps ' +
      'fully only if nobody woke it meanwhile and the node is still in balance.',
    faulty: deriveKernel(v4_0, { name: 'v4.0 without the nap', transitions: { kswapdTryToSleep: sleepsAtOnce } }),
    fixed: v4_0,
    property: 'sleep-after-undisturbed-nap',
  },
  {
    id: 'dc83edd941f4',
    title: 'whether kswapd may sleep was asked for zone 0',
    landed: '2.6.38',
    kind: 'safety',
    status: 'bug',
    story:
      'Balancing worked for the zone that was asked for, but the check before sleep counted for zone 0 only, so ' +
      'that a DMA zone in balance let kswapd sleep with all zones above it short. The check now goes as far as the ' +
      'run did.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that sleeps by zone 0',
      prepareKswapdSleep: (k, m, order, remaining) => v4_0.prepareKswapdSleep(k, m, order, remaining, 0),
    }),
    fixed: v4_0,
    property: 'sleep-only-when-balanced',
  },
  {
    id: '9e5e3661727e',
    title: 'kswapd stayed awake as long as a throttled task waited, even a killed one that could not run',
    landed: '3.19',
    kind: 'liveness',
    status: 'bug',
    story:
      'Before sleep kswapd woke one throttled task and stayed awake until none waited. A task that was killed, and ' +
      'needs the very processor that kswapd runs on to leave the queue, never left it: with the node in balance ' +
      'kswapd had nothing to do that would have let another task run. All tasks are let go now, and none keeps ' +
      'kswapd awake.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 kept awake by throttled tasks',
      prepareKswapdSleep: (k, m, order, remaining, zoneIdx) =>
        remaining === 0 && m.waits.throttled > 0
          ? { sleep: false, machine: m, records: [PFMEMALLOC_WAKE] }
          : v4_0.prepareKswapdSleep(k, m, order, remaining, zoneIdx),
    }),
    fixed: v4_0,
    property: 'kswapd-never-spins',
  },
  {
    id: 'accf62422b3a',
    title: 'an order that kswapd gave up was compacted for by no one',
    landed: '4.6',
    kind: 'other',
    status: 'rule change',
    story:
      'kswapd compacted by itself, but only after a round that reclaimed more than it was asked for, and for the ' +
      'order that was left: once a run had reclaimed twice the size of the order it went on for order 0, and ' +
      'compaction for order 0 does nothing. Compaction went to kcompactd, which is woken for the order that was ' +
      'asked for.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0 that wakes kcompactd before it dozes',
      transitions: { kswapdTryToSleep: leavesToKcompactd },
    }),
    property: 'an-order-given-up-is-compacted-for',
  },
  {
    id: 'fd901c95388b',
    title: 'a kswapd that never slept soundly never woke kcompactd',
    landed: '4.6',
    kind: 'lost request',
    status: 'bug',
    story:
      'kcompactd was woken as kswapd went fully to sleep. With wake-ups that cut each short sleep short that never ' +
      'came, and requests for a high order, which kswapd takes for done at order 0, got no help at all. kcompactd is ' +
      'now woken before the short sleep.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19 that wakes kcompactd after its nap',
      transitions: { kswapdTryToSleep: dozesAlone, recheckSleep: wakesKcompactdLate },
    }),
    fixed: v4_19,
    property: 'an-order-given-up-is-compacted-for',
  },
  {
    id: 'e716f2eb24de',
    title: 'without a request kswapd slept on zone 0',
    landed: '4.12',
    kind: 'safety',
    status: 'bug',
    story:
      'A pending index of 0 stood for no request and for a request for the lowest zone alike. After a run that fell ' +
      'short kswapd took it at its word: a DMA zone in balance let it sleep while the zones that mattered were low. ' +
      'An index after the last zone says since then that nothing was asked, and kswapd goes by the one that it had.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19 that sleeps by zone 0 unless asked',
      transitions: { readRequest: readsZoneZero },
    }),
    fixed: v4_19,
    property: 'without-a-request-kswapd-sleeps-on-its-last-run',
  },
  {
    id: 'kswapd-freezable-stop',
    title: 'a kswapd that was told to stop stood still for the freezer first',
    landed: '6.10',
    kind: 'other',
    status: 'bug',
    story:
      'kswapd asks the freezer before it looks whether it was told to stop. Whoever takes memory away while the ' +
      'system is being suspended waits for the thaw. A stop now comes first.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9 that stops before it freezes',
      transitions: {
        checkFreeze: stopsBeforeFreezing(v5_9.transitions.checkFreeze!),
        endRound: stopsBeforeFreezing(v5_9.transitions.endRound!),
      },
    }),
    property: 'a-stop-does-not-wait-for-the-thaw',
  },
];
