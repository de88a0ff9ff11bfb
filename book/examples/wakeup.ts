import { prepareToWait, withWaits } from '../../model/index.ts';
import { wakeQueue } from '../../model/rules/wakeup.ts';
import { example } from '../example.ts';
import { WORTH_SCANNING } from '../sketch.ts';

/** Worked examples of waking kswapd. */
export const wakeupExamples = [
  example({
    rule: 'wakeupKswapd',
    title: 'What is recorded, and who is woken',
    zones: [
      { ...WORTH_SCANNING, name: 'DMA', high: 100, free: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4] },
      { ...WORTH_SCANNING, name: 'Normal', high: 100, free: 100 },
    ],
    request: [1, 1],
    ask: (k, { machine }, given: { zone: number; order: number; zoneIdx: number; kswapdWaits: boolean }) => {
      const { zone, order, zoneIdx, kswapdWaits } = given;
      const asked = kswapdWaits ? withWaits(machine, prepareToWait(machine.waits)) : machine;
      const { node, waits } = k.wakeupKswapd(k, asked, zone, order, zoneIdx).machine;
      return { woken: waits.woken, pendingOrder: node.kswapd.order, pendingZoneIdx: node.kswapd.zoneIdx };
    },
    cases: [
      {
        given: { zone: 1, order: 2, zoneIdx: 0, kswapdWaits: true },
        expected: { woken: true, pendingOrder: 2, pendingZoneIdx: 0 },
        worked: '2 is more than the pending 1: order and index are recorded; Normal is not balanced, kswapd is woken',
        since: {
          'v4.19': {
            expected: { woken: false, pendingOrder: 2, pendingZoneIdx: 1 },
            worked: 'order and index are the higher ones, each by itself; DMA would do, and is balanced',
          },
        },
      },
      {
        given: { zone: 1, order: 1, zoneIdx: 0, kswapdWaits: true },
        expected: { woken: true, pendingOrder: 1, pendingZoneIdx: 1 },
        worked: '1 is not more than the pending 1: nothing is recorded, not even the lower zone index',
        since: {
          'v4.19': {
            expected: { woken: false, pendingOrder: 1, pendingZoneIdx: 1 },
            worked: 'nothing is higher than what is pending, and DMA is balanced',
          },
        },
      },
      {
        given: { zone: 0, order: 2, zoneIdx: 0, kswapdWaits: true },
        expected: { woken: false, pendingOrder: 2, pendingZoneIdx: 0 },
        worked: 'recorded, but DMA has four blocks of 1024 pages free and is balanced: kswapd sleeps on',
        since: {
          'v4.19': {
            expected: { woken: false, pendingOrder: 2, pendingZoneIdx: 1 },
            worked: 'the index stays at 1, the higher one; DMA is balanced: kswapd sleeps on',
          },
        },
      },
      {
        given: { zone: 1, order: 2, zoneIdx: 0, kswapdWaits: false },
        expected: { woken: false, pendingOrder: 2, pendingZoneIdx: 0 },
        worked: 'kswapd is awake: it will find the request',
        since: {
          'v4.19': {
            expected: { woken: false, pendingOrder: 2, pendingZoneIdx: 1 },
            worked: 'kswapd is awake: it will find the request, with the higher index',
          },
        },
      },
    ],
  }),
  example({
    rule: 'wakeQueue',
    title: 'Only who stands on the queue is woken through it',
    ask: (_k, { machine }, { queued }: { queued: boolean }) => {
      const { waits } = wakeQueue(withWaits(machine, { ...machine.waits, queued }));
      return { queued: waits.queued, woken: waits.woken };
    },
    cases: [
      { given: { queued: true }, expected: { queued: false, woken: true }, worked: 'it runs, and has left the queue' },
      { given: { queued: false }, expected: { queued: false, woken: false }, worked: 'no one is found' },
    ],
  }),
];
