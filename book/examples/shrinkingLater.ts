import { runBalanceNode, runKswapdShrinkNode, withNodeBalance, withThread } from '../../model/index.ts';
import { example } from '../example.ts';
import { shownRecords } from '../records.ts';

const LATER = ['v4.19', 'v5.9'];
const ZONE = { name: 'Normal', low: 80, high: 100, free: 60, lru: { inactiveFile: 1000 } } as const;

/** Worked examples of shrinking a node, and of balancing runs over a node. */
export const laterShrinkingExamples = [
  example({
    rule: 'shrinkNode',
    title: 'Zones up to the highest that may be reclaimed from; one page freed ends all failures',
    zones: [
      { name: 'DMA', free: 50, lru: { inactiveFile: 100 } },
      { name: 'Normal', free: 50, lru: { inactiveFile: 20, inactiveAnon: 100 } },
    ],
    request: [0, 1, 16],
    system: { swapPages: 1000 },
    ask: (k, { system, node }, given: { reclaimIdx: number; maySwap: boolean; wanted: number }) => {
      const { reclaimIdx, maySwap, wanted } = given;
      const done = k.shrinkNode(k, system, node, reclaimIdx, maySwap, 0, [wanted, wanted]);
      return { reclaimed: done.reclaimed, scanned: done.scanned, runsInVain: done.node.kswapd.failures };
    },
    cases: [
      {
        given: { reclaimIdx: 1, maySwap: true, wanted: 64 },
        expected: { reclaimed: 128, scanned: 128, runsInVain: 0 },
        worked: '64 of each zone',
      },
      {
        given: { reclaimIdx: 1, maySwap: false, wanted: 64 },
        expected: { reclaimed: 84, scanned: 84, runsInVain: 0 },
        worked: '64 of DMA, and the 20 file pages of Normal',
      },
      {
        given: { reclaimIdx: 0, maySwap: true, wanted: 64 },
        expected: { reclaimed: 64, scanned: 64, runsInVain: 0 },
        worked: 'Normal is out of bounds',
      },
      {
        given: { reclaimIdx: 1, maySwap: true, wanted: 0 },
        expected: { reclaimed: 0, scanned: 0, runsInVain: 16 },
        worked: 'nothing freed, nothing forgiven',
      },
    ],
  }),
  example({
    rule: 'runKswapdShrinkNode',
    kernels: LATER,
    title: 'What is asked of the node is the sum over its zones',
    zones: [
      { ...ZONE, name: 'DMA', low: 10, high: 10 },
      { ...ZONE, name: 'Normal' },
    ],
    ask: (k, { machine }, { reclaimIdx }) => {
      const { thread } = machine;
      const asked = withNodeBalance(thread, thread.at, { ...thread.nodeBalance, reclaimIdx });
      return shownRecords(runKswapdShrinkNode(k, withThread(machine, asked), { script: [] }).trace);
    },
    cases: [
      {
        given: { reclaimIdx: 1 },
        expected: ['shrink zone=1 priority=12 order=0 nrToReclaim=132 mayWritepage=true maySwap=true'],
        worked: 'DMA’s high mark is 10, and 32 are asked for at least; Normal’s is 100',
      },
    ],
  }),
  example({
    rule: 'runBalanceNode',
    kernels: LATER,
    title: 'A run that succeeds at once',
    zones: [ZONE],
    script: [{ scanned: 100, reclaimed: [100] }],
    ask: (k, { machine, script }, { order, zoneIdx }) =>
      shownRecords(runBalanceNode(k, machine, order, zoneIdx, { script }).trace),
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: [
          'pageoutrun',
          'shrink zone=0 priority=12 order=0 nrToReclaim=100 mayWritepage=true maySwap=true',
          'balanced order=0 zoneIdx=0 priority=12',
        ],
        worked: '60 is not more than 100; 100 pages are asked for and freed; 160 is more than 100',
      },
    ],
  }),
  example({
    rule: 'runBalanceNode',
    kernels: LATER,
    title: 'A run in vain is counted',
    zones: [ZONE],
    request: [0, 0, 3],
    ask: (k, { machine, script }, { order, zoneIdx }) => {
      const { trace, machine: after } = runBalanceNode(k, machine, order, zoneIdx, { script });
      return { shrinks: trace.filter(({ ev }) => ev === 'shrink').length, runsInVain: after.node.kswapd.failures };
    },
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: { shrinks: 12, runsInVain: 4 },
        worked: 'one round at each priority from 12 to 1, and nothing reclaimed',
      },
    ],
  }),
  example({
    rule: 'runBalanceNode',
    kernels: ['v5.9'],
    title: 'A balanced node with a boost',
    zones: [{ ...ZONE, free: 200, boost: 64 }],
    script: [{ scanned: 64, reclaimed: [64] }],
    ask: (k, { machine, script }, { order, zoneIdx }) => {
      const { trace, machine: after } = runBalanceNode(k, machine, order, zoneIdx, { script });
      return { records: shownRecords(trace), boostLeft: after.node.zones[0]!.boost };
    },
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: {
          records: [
            'pageoutrun',
            'shrink zone=0 priority=12 order=0 nrToReclaim=164 mayWritepage=false maySwap=false',
            'balanced order=0 zoneIdx=0 priority=11',
          ],
          boostLeft: 0,
        },
        worked:
          '200 is more than 100 + 64, but 64 pages are to be reclaimed, without writing or swapping. Fewer were ' +
          'scanned than asked for, so the priority rose to 11',
      },
    ],
  }),
];
