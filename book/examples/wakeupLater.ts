import { prepareToWait, withRequest, withWaits } from '../../model/index.ts';
import { wakeupKcompactd } from '../../model/rules/v4_19/kcompactd.ts';
import { example } from '../example.ts';
import { shownRecords } from '../records.ts';
import { WORTH_SCANNING } from '../sketch.ts';

const THREE_ZONES = [{ name: 'DMA' }, { name: 'Normal' }, { name: 'Movable' }] as const;

/** Worked examples of waking kswapd in later kernels, of who is asked, and of the index that is asked for. */
export const laterWakeupExamples = [
  example({
    rule: 'wakeupKswapd',
    title: 'Balanced, but boosted',
    kernels: ['v5.9'],
    zones: [{ ...WORTH_SCANNING, name: 'Normal', high: 100, free: 200, boost: 64 }],
    ask: (k, { machine }, { order }) => {
      const asked = withWaits(machine, prepareToWait(machine.waits));
      return k.wakeupKswapd(k, asked, 0, order, 0).machine.waits.woken;
    },
    cases: [
      { given: { order: 0 }, expected: true, worked: '200 is more than 100 + 64, but the boost is to be made up for' },
    ],
  }),
  example({
    rule: 'wakeupKswapd',
    title: 'An allocator that cannot compact by itself',
    kernels: ['v4.19', 'v5.9'],
    zones: [{ ...WORTH_SCANNING, name: 'Normal', high: 100, free: 200 }],
    system: { compaction: true },
    ask: (k, { machine }, { order, directReclaim }: { order: number; directReclaim: boolean }) => {
      const asked = withWaits(machine, prepareToWait(machine.waits));
      return shownRecords(k.wakeupKswapd(k, asked, 0, order, 0, directReclaim).records);
    },
    cases: [
      {
        given: { order: 0, directReclaim: false },
        expected: ['kcompactd order=0 zoneIdx=0'],
        worked: 'balanced, so kswapd sleeps on; kcompactd is woken in its place',
      },
      { given: { order: 0, directReclaim: true }, expected: [], worked: 'balanced, and the allocator can compact' },
    ],
  }),
  example({
    rule: 'wakeAllKswapds',
    title: 'A node of two zones',
    zones: [
      { name: 'DMA', high: 10 },
      { name: 'Normal', high: 10 },
    ],
    ask: (k, { memory }, { order, highZoneidx }) => {
      const zonelist = memory.zonelists[0]!.fallback;
      const request = { zonelist, highZoneidx, nodemask: null, preferred: zonelist[0], order, gfp: 0 };
      return shownRecords(k.wakeAllKswapds(k, memory, request).records.filter(({ ev }) => ev === 'wakeup_kswapd'));
    },
    cases: [
      {
        given: { order: 0, highZoneidx: 1 },
        expected: ['wakeup_kswapd node=0 zone=1 order=0 zoneIdx=1', 'wakeup_kswapd node=0 zone=0 order=0 zoneIdx=1'],
        worked: 'one call a zone, in the order of the zonelist, each with the index of the preferred zone',
        since: {
          'v4.19': {
            expected: ['wakeup_kswapd node=0 zone=1 order=0 zoneIdx=1'],
            worked: 'one call a node, with the highest index that would do',
          },
        },
      },
    ],
  }),
  example({
    rule: 'kswapdClasszoneIdx',
    title: 'The higher of two; an index after the last zone stands for none',
    zones: THREE_ZONES,
    ask: (k, { node }, { pending, zoneIdx }) => k.kswapdClasszoneIdx(k, withRequest(node, 0, pending), zoneIdx),
    cases: [
      { given: { pending: 1, zoneIdx: 0 }, expected: 1, worked: '1 is pending' },
      { given: { pending: 1, zoneIdx: 2 }, expected: 2, worked: '2 is higher' },
      { given: { pending: 3, zoneIdx: 0 }, expected: 0, worked: 'none is pending: there are zones 0 to 2' },
    ],
  }),
  example({
    rule: 'kswapdHighestZoneidx',
    title: 'What is pending, even if it is lower',
    zones: THREE_ZONES,
    ask: (k, { node }, { pending, zoneIdx }) => k.kswapdHighestZoneidx(k, withRequest(node, 0, pending), zoneIdx),
    cases: [
      { given: { pending: 1, zoneIdx: 2 }, expected: 1, worked: '1 is pending' },
      { given: { pending: 3, zoneIdx: 2 }, expected: 2, worked: 'none is pending' },
    ],
  }),
  example({
    rule: 'wakeupKcompactd',
    kernels: ['v4.19', 'v5.9'],
    title: 'Only where compaction is built in',
    ask: (_k, { system }, { order, compaction }: { order: number; compaction: boolean }) =>
      shownRecords(wakeupKcompactd({ ...system, compaction }, order, 0)),
    cases: [
      { given: { order: 9, compaction: true }, expected: ['kcompactd order=9 zoneIdx=0'], worked: 'it is asked' },
      { given: { order: 9, compaction: false }, expected: [], worked: 'there is none' },
    ],
  }),
];
