import { allocFlagsOf, gfpOf, type AllocFlagName, type GfpName } from '../../model/index.ts';
import { example } from '../example.ts';

type Flags = readonly AllocFlagName[];
const LATER = ['v4.19', 'v5.9'];

/** Worked examples of what later kernels changed in watermark checks, and added to them. */
export const laterWatermarkExamples = [
  ...(['min', 'low', 'high'] as const).map((name) =>
    example({
      rule: `${name}WmarkPages`,
      title: 'A boosted zone',
      kernels: ['v5.9'],
      zones: [{ name: 'Normal', min: 100, low: 125, high: 150, boost: 50 }],
      ask: (k, { node }) => k[`${name}WmarkPages`](k, node.zones[0]!),
      cases: [{ given: {}, expected: { min: 150, low: 175, high: 200 }[name], worked: 'with 50 pages of boost' }],
    }),
  ),
  example({
    rule: '__zoneWatermarkOk',
    title: 'What is set aside for high-order atomic requests',
    zones: [{ name: 'Normal', reservedHighatomic: 50 }],
    ask: (k, { system, node }, given: { freePages: number; mark: number; allocFlags: Flags }) => {
      const { freePages, mark, allocFlags } = given;
      return k.__zoneWatermarkOk(k, system, node.zones[0]!, 0, mark, 0, allocFlagsOf(allocFlags), freePages);
    },
    cases: [
      {
        given: { freePages: 140, mark: 100, allocFlags: [] },
        expected: true,
        worked: 'nothing is set aside yet: 140 is more than 100',
        since: { 'v4.19': { expected: false, worked: '140 - 50 is not more than 100' } },
      },
      {
        given: { freePages: 140, mark: 100, allocFlags: ['HARDER'] },
        expected: true,
        worked: '140 is more than 75',
        since: { 'v4.19': { expected: true, worked: 'whoever digs harder may use it: 140 is more than 75' } },
      },
    ],
  }),
  example({
    rule: '__zoneWatermarkOk',
    title: 'Victims of the OOM killer get half of the mark',
    kernels: LATER,
    zones: [{ name: 'Normal' }],
    ask: (k, { system, node }, given: { freePages: number; mark: number; allocFlags: Flags }) => {
      const { freePages, mark, allocFlags } = given;
      return k.__zoneWatermarkOk(k, system, node.zones[0]!, 0, mark, 0, allocFlagsOf(allocFlags), freePages);
    },
    cases: [
      { given: { freePages: 51, mark: 100, allocFlags: ['OOM'] }, expected: true, worked: '51 is more than 50' },
      {
        given: { freePages: 51, mark: 100, allocFlags: ['HARDER'] },
        expected: false,
        worked: '51 is not more than 75',
      },
    ],
  }),
  example({
    rule: 'zoneWatermarkFast',
    title: 'A single page needs one comparison',
    zones: [{ name: 'Normal', free: 120, reservedHighatomic: 50 }],
    ask: (k, { system, node }, { order, mark }) => k.zoneWatermarkFast(k, system, node.zones[0]!, order, mark, 0, 0, 0),
    cases: [
      {
        given: { order: 0, mark: 100 },
        expected: true,
        worked: '120 is more than 100; what is set aside is not looked at',
        since: {
          'v5.9': { expected: false, worked: '120 - 50 is not more than 100, in the fast check or the full one' },
        },
      },
      {
        given: { order: 0, mark: 60 },
        expected: true,
        worked: '120 is more than 60',
        since: { 'v5.9': { expected: true, worked: '120 - 50 is more than 60' } },
      },
    ],
  }),
  example({
    rule: 'zoneWatermarkFast',
    title: 'The comparison is unsigned',
    zones: [{ name: 'Normal', free: { movable: [100], cma: [60] }, drift: -120 }],
    ask: (k, { system, node }, { order, mark }) => k.zoneWatermarkFast(k, system, node.zones[0]!, order, mark, 0, 0, 0),
    cases: [
      {
        given: { order: 0, mark: 1000 },
        expected: true,
        worked: 'the counter shows 160 - 120 = 40; less 60 CMA pages that is -20, which counts as more than any mark',
      },
    ],
  }),
  example({
    rule: 'zoneWatermarkFast',
    title: 'An atomic page is measured without the boost',
    kernels: ['v5.9'],
    zones: [{ name: 'Normal', min: 100, boost: 100, free: 150 }],
    ask: (k, { system, node }, { mark, gfp }: { mark: number; gfp: readonly GfpName[] }) =>
      k.zoneWatermarkFast(k, system, node.zones[0]!, 0, mark, 0, allocFlagsOf(['WMARK_MIN']), gfpOf(gfp)),
    cases: [
      { given: { mark: 200, gfp: [] }, expected: false, worked: '150 is not more than 100 + 100' },
      { given: { mark: 200, gfp: ['ATOMIC'] }, expected: true, worked: '150 is more than 100' },
    ],
  }),
  example({
    rule: '__zoneWatermarkUnusableFree',
    title: 'What a request cannot count on',
    zones: [{ name: 'Normal', free: { movable: [100], cma: [60] }, reservedHighatomic: 50 }],
    ask: (k, { system, node }, { order, allocFlags }: { order: number; allocFlags: Flags }) =>
      k.__zoneWatermarkUnusableFree(k, system, node.zones[0]!, order, allocFlagsOf(allocFlags)),
    cases: [
      { given: { order: 0, allocFlags: [] }, expected: 110, worked: '50 set aside, and 60 CMA pages' },
      { given: { order: 3, allocFlags: ['HARDER', 'CMA'] }, expected: 7, worked: 'the other 7 pages of its own block' },
    ],
  }),
];
