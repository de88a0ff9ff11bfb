import { balanceGap, runBalancePgdat, runKswapdShrinkZone, withBalance, withThread } from '../../model/index.ts';
import { example } from '../example.ts';
import { shownRecords } from '../records.ts';

const ZONE = { name: 'Normal', low: 80, high: 100, free: 60, lru: { inactiveFile: 1000 } } as const;

/** Worked examples of shrinking: a zone, and a whole balancing run. */
export const shrinkingExamples = [
  example({
    rule: 'balanceGap',
    kernels: ['v4.0'],
    title: 'The low mark or one part in a hundred, whichever is less',
    zones: [
      { name: 'DMA', managed: 10_000, low: 125 },
      { name: 'Normal', managed: 10_001, low: 125 },
      { name: 'Movable', managed: 10_000, low: 50 },
    ],
    ask: (_k, { node }, { zone }) => balanceGap(node.zones[zone]!),
    cases: [
      { given: { zone: 0 }, expected: 100, worked: '10000 / 100 = 100, less than 125' },
      { given: { zone: 1 }, expected: 101, worked: '10001 / 100, rounded up' },
      { given: { zone: 2 }, expected: 50, worked: '50 is less than 100' },
    ],
  }),
  example({
    rule: 'shrinkZone',
    title: 'What comes of it is cut to what is there',
    zones: [
      { name: 'Normal', free: 50, lru: { inactiveFile: 50, activeFile: 50, inactiveAnon: 100 }, pagesScanned: 300 },
    ],
    ask: (k, { system, node }, { scanned, wanted }) => {
      const done = k.shrinkZone(k, system, node.zones[0]!, scanned, wanted);
      return {
        scanned: done.scanned,
        reclaimed: done.reclaimed,
        pagesScanned: done.zone.pagesScanned,
        free: done.zone.freeArea.pages,
      };
    },
    cases: [
      {
        given: { scanned: 200, wanted: 64 },
        expected: { scanned: 200, reclaimed: 64, pagesScanned: 0, free: 114 },
        worked: '50 + 64 pages are free, and the count of scanned pages starts over',
      },
      {
        given: { scanned: 200, wanted: 0 },
        expected: { scanned: 200, reclaimed: 0, pagesScanned: 500, free: 50 },
        worked: 'in vain: 300 + 200 were scanned since a page was freed',
      },
      {
        given: { scanned: 200, wanted: 150 },
        expected: { scanned: 200, reclaimed: 100, pagesScanned: 0, free: 150 },
        worked: 'there are 100 file pages, and no swap for the anonymous ones',
      },
      {
        given: { scanned: 10, wanted: 40 },
        expected: { scanned: 40, reclaimed: 40, pagesScanned: 0, free: 90 },
        worked: 'what was reclaimed was scanned',
      },
    ],
  }),
  example({
    rule: 'runKswapdShrinkZone',
    kernels: ['v4.0'],
    title: 'A zone is passed over once it is above its gap',
    zones: [
      { ...ZONE, name: 'DMA', free: 180 },
      { ...ZONE, name: 'Normal', free: 181 },
    ],
    ask: (k, { machine }, { zone }) => {
      const { thread } = machine;
      const asked = withThread(machine, withBalance(thread, thread.at, { ...thread.balance, zone, endZone: 1 }));
      return shownRecords(runKswapdShrinkZone(k, asked, { script: [] }).trace);
    },
    cases: [
      {
        given: { zone: 0 },
        expected: ['shrink zone=0 priority=12 order=0 nrToReclaim=100'],
        worked: 'the gap is min(80, 10000 / 100) = 80, and 180 is not more than 100 + 80: 100 pages are asked for',
      },
      { given: { zone: 1 }, expected: [], worked: '181 is more than 100 + 80: nothing is done' },
    ],
  }),
  example({
    rule: 'runBalancePgdat',
    kernels: ['v4.0'],
    title: 'A run that succeeds at once',
    zones: [ZONE],
    script: [{ scanned: 100, reclaimed: [100] }],
    ask: (k, { machine, script }, { order, zoneIdx }) =>
      shownRecords(runBalancePgdat(k, machine, order, zoneIdx, { script }).trace),
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: [
          'pageoutrun',
          'shrink zone=0 priority=12 order=0 nrToReclaim=100',
          'balanced order=0 zoneIdx=0 priority=12',
        ],
        worked: '60 is not more than 100; 100 pages are asked for and freed; 160 is more than 100',
      },
    ],
  }),
  example({
    rule: 'runBalancePgdat',
    kernels: ['v4.0'],
    title: 'A run in which nothing can be scanned',
    zones: [ZONE],
    ask: (k, { machine, script }, { order, zoneIdx }) => {
      const { trace, machine: after } = runBalancePgdat(k, machine, order, zoneIdx, { script });
      return {
        shrinks: trace.filter(({ ev }) => ev === 'shrink').length,
        priorityAtTheEnd: after.thread.balance.priority,
      };
    },
    cases: [
      {
        given: { order: 0, zoneIdx: 0 },
        expected: { shrinks: 12, priorityAtTheEnd: 0 },
        worked: 'one round at each priority from 12 to 1, then the run is over although the node is not balanced',
      },
    ],
  }),
];
