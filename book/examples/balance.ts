import { mebibytes } from '../../model/index.ts';
import { example } from '../example.ts';
import { WORTH_SCANNING, type ZoneSketch } from '../sketch.ts';

const SINGLE_PAGES = 1000;
const LARGE_BLOCKS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4];

/** A zone that a high order finds balanced or not; for order 0 it is balanced either way. */
const zone = (name: ZoneSketch['name'], managed: number, free: ZoneSketch['free'] = SINGLE_PAGES): ZoneSketch => ({
  ...WORTH_SCANNING,
  name,
  managed,
  high: 100,
  free,
});

const GIGABYTE_MACHINE = [
  zone('DMA', mebibytes(16)),
  zone('DMA32', mebibytes(3056)),
  zone('Normal', mebibytes(1024), LARGE_BLOCKS),
];

/** Worked examples of balance: one zone, and a whole node. */
export const balanceExamples = [
  example({
    rule: 'zoneBalanced',
    title: 'One page above the high mark, and above the gap',
    zones: [{ name: 'Normal', high: 100, free: 101 }],
    ask: (k, { system, node }, { order, balanceGap }) =>
      k.zoneBalanced(k, system, node.zones[0]!, order, balanceGap, 0),
    cases: [
      { given: { order: 0, balanceGap: 0 }, expected: true, worked: '101 is more than 100' },
      { given: { order: 0, balanceGap: 1 }, expected: false, worked: '101 is not more than 100 + 1' },
    ],
  }),
  example({
    rule: 'zoneBalanced',
    title: 'A high order also asks whether compaction would refuse the zone',
    zones: [{ name: 'Normal', high: 50, free: [0, 0, 0, 20], drift: -160, driftMark: 500 }],
    ask: (k, { system, node }, { order, compaction }: { order: number; compaction: boolean }) =>
      k.zoneBalanced(k, { ...system, compaction }, node.zones[0]!, order, 0, 0),
    cases: [
      {
        given: { order: 3, compaction: false },
        expected: true,
        worked: 'the counter shows 0, below the drift mark; counted again, 160 - 7 = 153 pages exceed 50',
      },
      {
        given: { order: 3, compaction: true },
        expected: false,
        worked: 'compaction believes the counter: 0 pages are not more than 0 + 16, and it would refuse the zone',
      },
      { given: { order: 0, compaction: true }, expected: true, worked: 'for order 0 compaction is not asked' },
    ],
  }),
  example({
    rule: 'pgdatBalanced',
    title: 'Order 0: every zone counts, however small; or any one will do',
    zones: [
      { ...WORTH_SCANNING, name: 'DMA', managed: 100, high: 10, free: 10 },
      { ...WORTH_SCANNING, name: 'Normal', managed: 100_000, high: 100, free: 5000 },
    ],
    ask: (k, { system, node }, { order, zoneIdx }) => k.pgdatBalanced(k, system, node, order, zoneIdx),
    cases: [
      {
        given: { order: 0, zoneIdx: 1 },
        expected: false,
        worked: 'DMA: 10 is not more than 10; Normal does not help',
        since: { 'v4.19': { expected: true, worked: 'Normal: 5000 is more than 100, which is enough' } },
      },
      {
        given: { order: 0, zoneIdx: 0 },
        expected: false,
        worked: 'DMA alone: 10 is not more than 10',
      },
    ],
  }),
  example({
    rule: 'pgdatBalanced',
    title: 'A high order: a quarter of the pages is enough',
    zones: GIGABYTE_MACHINE,
    ask: (k, { system, node }, { order, zoneIdx }) => k.pgdatBalanced(k, system, node, order, zoneIdx),
    cases: [
      {
        given: { order: 3, zoneIdx: 2 },
        expected: true,
        worked:
          'only Normal has blocks of 8 pages: 262144 of 4096 + 782336 + 262144 = 1048576 pages, exactly a quarter',
        since: { 'v4.19': { expected: true, worked: 'Normal has a block of 8 pages, and more than 100 + 7 free' } },
      },
      {
        given: { order: 3, zoneIdx: 1 },
        expected: false,
        worked: 'without Normal, 0 of 786432 pages are in order',
        since: { 'v4.19': { expected: false, worked: 'without Normal, no zone has a block of 8 pages' } },
      },
      {
        given: { order: 0, zoneIdx: 2 },
        expected: true,
        worked: 'each zone has more than 100 free pages',
        since: { 'v4.19': { expected: true, worked: 'DMA has more than 100 free pages' } },
      },
    ],
  }),
  example({
    rule: 'pgdatBalanced',
    title: 'One page short of a quarter',
    zones: [
      zone('DMA', mebibytes(16)),
      zone('DMA32', mebibytes(3056) + 1),
      zone('Normal', mebibytes(1024) - 1, LARGE_BLOCKS),
    ],
    ask: (k, { system, node }, { order, zoneIdx }) => k.pgdatBalanced(k, system, node, order, zoneIdx),
    cases: [
      {
        given: { order: 3, zoneIdx: 2 },
        expected: false,
        worked: '262143 is less than 1048576 / 4 = 262144',
        since: { 'v4.19': { expected: true, worked: 'how large Normal is does not matter' } },
      },
    ],
  }),
  example({
    rule: 'pgdatBalanced',
    title: 'A zone that is given up counts as balanced',
    zones: [
      { name: 'DMA', managed: 100, high: 10, free: 11, lru: { inactiveFile: 1000 } },
      { name: 'Normal', high: 100, free: 0, lru: { inactiveFile: 1000 }, pagesScanned: 6000 },
      { name: 'Movable', high: 100, free: 0, lru: { inactiveFile: 1000 }, pagesScanned: 5999 },
    ],
    ask: (k, { system, node }, { order, zoneIdx }) => k.pgdatBalanced(k, system, node, order, zoneIdx),
    cases: [
      {
        given: { order: 0, zoneIdx: 1 },
        expected: true,
        worked: 'DMA is balanced; Normal has no free page, but 6000 is six times its 1000',
        since: { 'v4.19': { expected: true, worked: 'DMA is balanced' } },
      },
      {
        given: { order: 0, zoneIdx: 2 },
        expected: false,
        worked: 'Movable is still worth scanning: 5999 < 6000',
        since: { 'v4.19': { expected: true, worked: 'DMA is balanced; what was scanned is not asked' } },
      },
    ],
  }),
  example({
    rule: 'pgdatBalanced',
    title: 'The reserve keeps a small zone from speaking for the machine',
    kernels: ['v4.19', 'v5.9'],
    zones: [
      { name: 'DMA', managed: mebibytes(16), high: 10, reserve: [0, 2000], free: 2010 },
      { name: 'Normal', managed: mebibytes(1024), high: 100, reserve: [0, 0], free: 100 },
    ],
    ask: (k, { system, node }, { order, zoneIdx }) => k.pgdatBalanced(k, system, node, order, zoneIdx),
    cases: [
      {
        given: { order: 0, zoneIdx: 1 },
        expected: false,
        worked: 'DMA: 2010 is not more than 10 + 2000; Normal: 100 is not more than 100',
      },
      { given: { order: 0, zoneIdx: 0 }, expected: true, worked: 'for requests of DMA alone no reserve is kept' },
    ],
  }),
  example({
    rule: 'pgdatWatermarkBoosted',
    title: 'Only zones that the request may use',
    zones: [{ name: 'DMA' }, { name: 'Normal', boost: 64 }],
    ask: (k, { node }, { zoneIdx }) => k.pgdatWatermarkBoosted(k, node, zoneIdx),
    cases: [
      { given: { zoneIdx: 0 }, expected: false, worked: 'DMA is not boosted' },
      { given: { zoneIdx: 1 }, expected: true, worked: 'Normal is' },
    ],
  }),
];
