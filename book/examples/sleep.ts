import { prepareToWait, runKswapdTryToSleep, runNodeTryToSleep, withThrottled, withWaits } from '../../model/index.ts';
import { example } from '../example.ts';
import { shownRecords } from '../records.ts';
import { WORTH_SCANNING } from '../sketch.ts';

const ZONES = [{ ...WORTH_SCANNING, name: 'Normal', high: 100, free: 101 }] as const;

/** Worked examples of the decision to sleep. */
export const sleepExamples = [
  example({
    rule: 'prepareKswapdSleep',
    title: 'Throttled tasks are let go before the node is looked at',
    zones: ZONES,
    ask: (k, { machine }, { order, remaining, throttled }) => {
      const asked = withWaits(machine, withThrottled(machine.waits, throttled));
      const { sleep, machine: after } = k.prepareKswapdSleep(k, asked, order, remaining, 0);
      return { sleep, throttledLeft: after.waits.throttled };
    },
    cases: [
      {
        given: { order: 0, remaining: 0, throttled: 2 },
        expected: { sleep: true, throttledLeft: 0 },
        worked: '101 is more than 100: balanced',
      },
      {
        given: { order: 1, remaining: 0, throttled: 2 },
        expected: { sleep: false, throttledLeft: 0 },
        worked: 'no pair of pages is free, so the node is not balanced for order 1; the tasks go all the same',
      },
      {
        given: { order: 0, remaining: 3, throttled: 2 },
        expected: { sleep: false, throttledLeft: 2 },
        worked: 'three jiffies of the short sleep were left: nothing else is asked or done',
        since: { 'v4.19': { expected: { sleep: true, throttledLeft: 0 }, worked: 'what was left is not asked' } },
      },
    ],
  }),
  example({
    rule: 'prepareKswapdSleep',
    title: 'A node past hope',
    zones: [{ ...WORTH_SCANNING, name: 'Normal', high: 100, free: 0 }],
    request: [0, 0, 16],
    ask: (k, { machine }, { order }) => k.prepareKswapdSleep(k, machine, order, 0, 0).sleep,
    cases: [
      {
        given: { order: 0 },
        expected: false,
        worked: 'no page is free, and the lists are worth scanning; runs in vain are not counted',
        since: { 'v4.19': { expected: true, worked: 'after 16 runs in vain it is left to direct reclaim' } },
      },
    ],
  }),
  example({
    rule: 'runNodeTryToSleep',
    kernels: ['v4.19', 'v5.9'],
    title: 'kcompactd is woken for the order that was asked for, before the short sleep',
    zones: ZONES,
    system: { compaction: true },
    script: [{}],
    ask: (k, { machine, script }, { allocOrder, reclaimOrder, zoneIdx }) =>
      shownRecords(runNodeTryToSleep(k, machine, allocOrder, reclaimOrder, zoneIdx, { script }).trace),
    cases: [
      {
        given: { allocOrder: 3, reclaimOrder: 0, zoneIdx: 0 },
        expected: ['kcompactd order=3 zoneIdx=0', 'short_sleep', 'sleep'],
        worked: 'balanced for order 0, at which the last run ended',
      },
      {
        given: { allocOrder: 3, reclaimOrder: 3, zoneIdx: 0 },
        expected: ['high_wmark_hit_quickly'],
        worked: 'no block of eight is free: not balanced for order 3',
      },
    ],
  }),
  example({
    rule: 'runKswapdTryToSleep',
    kernels: ['v4.0'],
    title: 'Undisturbed, the short sleep is followed by the full one',
    zones: ZONES,
    script: [{}],
    ask: (k, { machine, script }, { order, zoneIdx }) =>
      shownRecords(runKswapdTryToSleep(k, machine, order, zoneIdx, { script }).trace),
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: ['short_sleep', 'sleep'],
        worked: 'balanced before the short sleep and after it',
      },
    ],
  }),
  example({
    rule: 'runKswapdTryToSleep',
    kernels: ['v4.0'],
    title: 'A wake-up during the short sleep',
    zones: ZONES,
    script: [
      {
        events: [{ take: { zone: 0, order: 0, count: 1 } }, { wakeup: { zone: 0, order: 0, zoneIdx: 0 } }],
        remaining: 3,
      },
    ],
    ask: (k, { machine, script }, { order, zoneIdx }) =>
      shownRecords(runKswapdTryToSleep(k, machine, order, zoneIdx, { script }).trace),
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: ['short_sleep', 'wakeup zone=0 order=0', 'low_wmark_hit_quickly'],
        worked: 'one page is taken, and 100 is not more than 100: the allocator’s wake-up gets through',
      },
    ],
  }),
  example({
    rule: 'prepareToWait',
    title: 'An earlier wake-up is forgotten',
    ask: (_k, { machine }, { woken }: { woken: boolean }) => {
      const { queued, woken: after } = prepareToWait({ ...machine.waits, woken });
      return { queued, woken: after };
    },
    cases: [
      { given: { woken: true }, expected: { queued: true, woken: false }, worked: 'from now on a new one shows' },
    ],
  }),
];
