import { allocFlagsOf, type AllocFlagName } from '../../model/index.ts';
import { example } from '../example.ts';
import { laterWatermarkExamples } from './watermarkLater.ts';

type Flags = readonly AllocFlagName[];

/** Worked examples of the watermark checks. */
export const watermarkExamples = [
  ...(['min', 'low', 'high'] as const).map((name) =>
    example({
      rule: `${name}WmarkPages`,
      title: `The ${name} mark`,
      zones: [{ name: 'Normal', min: 100, low: 125, high: 150 }],
      ask: (k, { node }) => k[`${name}WmarkPages`](k, node.zones[0]!),
      cases: [{ given: {}, expected: { min: 100, low: 125, high: 150 }[name], worked: 'as set-up made it' }],
    }),
  ),
  example({
    rule: '__zoneWatermarkOk',
    title: 'The mark and the reserve must both be exceeded',
    zones: [{ name: 'DMA', reserve: [0, 50] }],
    ask: (k, { system, node }, { freePages, mark, order, zoneIdx }) =>
      k.__zoneWatermarkOk(k, system, node.zones[0]!, order, mark, zoneIdx, 0, freePages),
    cases: [
      {
        given: { freePages: 150, mark: 100, order: 0, zoneIdx: 1 },
        expected: false,
        worked: '150 is not more than 100 + 50',
      },
      {
        given: { freePages: 151, mark: 100, order: 0, zoneIdx: 1 },
        expected: true,
        worked: '151 is more than 100 + 50',
      },
      {
        given: { freePages: 150, mark: 100, order: 0, zoneIdx: 0 },
        expected: true,
        worked: 'nothing is kept from requests for the zone itself: 150 is more than 100 + 0',
      },
    ],
  }),
  example({
    rule: '__zoneWatermarkOk',
    title: 'Flags lower the mark, never the reserve',
    zones: [{ name: 'DMA', reserve: [0, 50] }],
    ask: (k, { system, node }, given: { freePages: number; mark: number; zoneIdx: number; allocFlags: Flags }) => {
      const { freePages, mark, zoneIdx, allocFlags } = given;
      return k.__zoneWatermarkOk(k, system, node.zones[0]!, 0, mark, zoneIdx, allocFlagsOf(allocFlags), freePages);
    },
    cases: [
      {
        given: { freePages: 100, mark: 100, zoneIdx: 1, allocFlags: ['HIGH'] },
        expected: false,
        worked: 'HIGH halves the mark: 100 is not more than 50 + 50',
      },
      {
        given: { freePages: 101, mark: 100, zoneIdx: 1, allocFlags: ['HIGH'] },
        expected: true,
        worked: '101 is more than 50 + 50',
      },
      {
        given: { freePages: 126, mark: 100, zoneIdx: 1, allocFlags: ['HARDER'] },
        expected: true,
        worked: 'HARDER takes a quarter off: 126 is more than 75 + 50',
      },
      {
        given: { freePages: 88, mark: 100, zoneIdx: 1, allocFlags: ['HIGH', 'HARDER'] },
        expected: false,
        worked:
          'first half, then a quarter of what is left, rounded down: 50 - 12 = 38, and 88 is not more than 38 + 50',
      },
      {
        given: { freePages: 89, mark: 100, zoneIdx: 1, allocFlags: ['HIGH', 'HARDER'] },
        expected: true,
        worked: '89 is more than 38 + 50',
      },
    ],
  }),
  example({
    rule: 'zoneWatermarkOk',
    title: 'A high order: a walk through the smaller ones, or one block that is large enough',
    zones: [{ name: 'Normal', free: [40, 10, 5, 2] }],
    ask: (k, { system, node }, { order, mark }) => k.zoneWatermarkOk(k, system, node.zones[0]!, order, mark, 0, 0),
    cases: [
      {
        given: { order: 3, mark: 71 },
        expected: true,
        worked:
          '40 + 20 + 20 + 16 = 96 pages are free, less the 7 others of the block 89: more than 71. Without single ' +
          'pages 49: more than 35. Without pairs 29: more than 17. Without fours 9: more than 8',
        since: { 'v4.19': { expected: true, worked: '89 is more than 71, and a block of eight is free' } },
      },
      {
        given: { order: 3, mark: 72 },
        expected: false,
        worked: '89 > 72, 49 > 36, 29 > 18, but 9 is not more than 9',
        since: { 'v4.19': { expected: true, worked: '89 is more than 72, and a block of eight is free' } },
      },
      { given: { order: 0, mark: 95 }, expected: true, worked: 'for order 0 all 96 pages count: more than 95' },
    ],
  }),
  example({
    rule: 'zoneWatermarkOk',
    title: 'Free CMA pages count only for those who can use them',
    zones: [{ name: 'Normal', free: { movable: [100], cma: [60] } }],
    ask: (k, { system, node }, { mark, allocFlags }: { mark: number; allocFlags: Flags }) =>
      k.zoneWatermarkOk(k, system, node.zones[0]!, 0, mark, 0, allocFlagsOf(allocFlags)),
    cases: [
      {
        given: { mark: 100, allocFlags: [] },
        expected: false,
        worked: '160 pages are free, 60 of them CMA: 100 is not more than 100',
      },
      { given: { mark: 100, allocFlags: ['CMA'] }, expected: true, worked: 'all 160 count' },
    ],
  }),
  example({
    rule: 'zoneWatermarkOkSafe',
    title: 'The counter is checked again below the drift mark',
    zones: [
      { name: 'DMA', free: 100, drift: 60, driftMark: 161 },
      { name: 'Normal', free: 100, drift: 60, driftMark: 160 },
      { name: 'HighMem', free: 100, drift: 60 },
    ],
    ask: (k, { system, node }, { zone, mark }) => k.zoneWatermarkOkSafe(k, system, node.zones[zone]!, 0, mark, 0, 0),
    cases: [
      {
        given: { zone: 0, mark: 120 },
        expected: false,
        worked: 'the counter shows 160, below 161: counted again, 100 are free, not more than 120',
      },
      { given: { zone: 1, mark: 120 }, expected: true, worked: 'the counter shows 160, not below 160: it is believed' },
      { given: { zone: 2, mark: 120 }, expected: true, worked: 'without a drift mark the counter is always believed' },
    ],
  }),
  ...laterWatermarkExamples,
];
