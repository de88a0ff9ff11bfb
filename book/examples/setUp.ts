import {
  isHighmemAtSetup,
  makeSetupMachine,
  mapZones,
  type RawZone,
  type SetupCase,
  type SetupMachine,
} from '../../model/index.ts';
import { example, type Answer } from '../example.ts';

const zone = (name: RawZone['name'], managed: number, changes: Partial<RawZone> = {}): RawZone => ({
  name,
  present: managed,
  managed,
  watermark: { min: 0, low: 0, high: 0 },
  percpuDriftMark: 0,
  ...changes,
});

const machine = (zones: readonly RawZone[], args: Partial<SetupCase['args']> = {}): SetupCase => ({
  nodes: [{ id: 0, zones }],
  args: {
    totalramPages: zones.reduce((sum, { managed }) => sum + managed, 0),
    onlineCpus: 4,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [256, 32, 32],
    ...args,
  },
});

/** 16 MiB, 1008 MiB and 256 MiB: low memory is 1 GiB, 262144 pages. */
const WITH_HIGHMEM = [zone('DMA', 4096), zone('Normal', 258_048), zone('HighMem', 65_536)];

const marked = WITH_HIGHMEM.map((raw, i) => ({
  ...raw,
  watermark: [
    { min: 16, low: 20, high: 24 },
    { min: 1008, low: 1260, high: 1512 },
    { min: 64, low: 128, high: 192 },
  ][i]!,
}));

const ofZones = (m: SetupMachine, answer: (zone: SetupMachine['nodes'][0]['zones'][0]) => Answer): Answer =>
  Object.fromEntries(m.nodes[0]!.zones.map((one) => [one.name, answer(one)]));

const marks = (m: SetupMachine): Answer =>
  ofZones(m, ({ watermark: { min, low, high } }) => `${min} / ${low} / ${high}`);

/** Worked examples of the marks and reserves. */
export const setUpExamples = [
  example({
    rule: 'initPerZoneWmarkMin',
    title: 'min_free_kbytes on a machine of 1 GiB',
    setup: machine([zone('Normal', 262_144)]),
    ask: (k, { setup }, { userMinFreeKbytes, minFreeKbytes }) => {
      const after = k.initPerZoneWmarkMin(k, { ...setup, userMinFreeKbytes, minFreeKbytes });
      return { minFreeKbytes: after.minFreeKbytes, marks: marks(after) };
    },
    cases: [
      {
        given: { userMinFreeKbytes: -1, minFreeKbytes: 0 },
        expected: { minFreeKbytes: 4096, marks: { Normal: '1024 / 1280 / 1536' } },
        worked: 'the root of 1048576 KiB × 16 is 4096; in pages 1024, and a quarter and a half above',
        since: {
          'v4.19': {
            expected: { minFreeKbytes: 4096, marks: { Normal: '1024 / 1286 / 1548' } },
            worked: 'the same min mark; a thousandth of the zone is 262, more than a quarter of the share',
          },
        },
      },
      {
        given: { userMinFreeKbytes: 8192, minFreeKbytes: 8192 },
        expected: { minFreeKbytes: 8192, marks: { Normal: '2048 / 2560 / 3072' } },
        worked: 'a user asked for more than 4096, and gets it',
      },
    ],
  }),
  example({
    rule: 'initPerZoneWmarkMin',
    title: 'The limits of min_free_kbytes',
    ask: (k, _state, { managed }) => {
      const { nodes, args } = machine([zone('Normal', managed)]);
      return k.initPerZoneWmarkMin(k, makeSetupMachine(nodes, args)).minFreeKbytes;
    },
    cases: [
      { given: { managed: 100 }, expected: 128, worked: 'the root of 400 KiB × 16 is 80, raised to 128' },
      {
        given: { managed: 268_435_456 },
        expected: 65_536,
        worked: '1 TiB: the root of 2^34 is 131072, cut to 65536',
        since: { 'v5.9': { expected: 131_072, worked: '131072 is less than 262144' } },
      },
    ],
  }),
  example({
    rule: 'nrFreeBufferPages',
    title: 'High memory does not count',
    setup: machine([
      zone('DMA', 4000, { watermark: { min: 0, low: 0, high: 100 } }),
      zone('Normal', 200_000, { watermark: { min: 0, low: 0, high: 1000 } }),
      zone('HighMem', 65_536),
    ]),
    ask: (k, { setup }) => k.nrFreeBufferPages(k, setup),
    cases: [{ given: {}, expected: 202_900, worked: '(4000 - 100) + (200000 - 1000)' }],
  }),
  example({
    rule: 'isHighmemAtSetup',
    title: 'Movable may be made of high memory',
    ask: (_k, _state, { name, movableIsHighmem }) => {
      const [movable, normal] = [zone('Movable', 100), zone('Normal', 100)];
      const { nodes, args } = machine([name === 'Movable' ? movable : normal], { movableIsHighmem });
      const m = makeSetupMachine(nodes, args);
      return isHighmemAtSetup(m, m.nodes[0]!.zones[0]!);
    },
    cases: [
      { given: { name: 'Movable', movableIsHighmem: true }, expected: true, worked: 'its pages come from there' },
      { given: { name: 'Movable', movableIsHighmem: false }, expected: false, worked: 'its pages come from Normal' },
      { given: { name: 'Normal', movableIsHighmem: true }, expected: false, worked: 'the kernel reaches it always' },
    ],
  }),
  example({
    rule: 'setupPerZoneWmarks',
    title: '4096 KiB shared by size',
    setup: machine(WITH_HIGHMEM, { minFreeKbytes: 4096 }),
    ask: (k, { setup }) => marks(k.setupPerZoneWmarks(k, setup)),
    cases: [
      {
        given: {},
        expected: { DMA: '16 / 20 / 24', Normal: '1008 / 1260 / 1512', HighMem: '64 / 128 / 192' },
        worked:
          '1024 pages over 262144 of low memory: DMA’s share is 16, Normal’s 1008. High memory’s share would be ' +
          '256; its min mark is 65536 / 1024 = 64, with 256 / 4 and 256 / 2 above',
        since: {
          'v4.19': {
            expected: { DMA: '16 / 20 / 24', Normal: '1008 / 1266 / 1524', HighMem: '64 / 129 / 194' },
            worked:
              'a thousandth of Normal is 258, more than 1008 / 4; of HighMem 65, more than 256 / 4; of DMA 4, ' +
              'which is 16 / 4',
          },
        },
      },
    ],
  }),
  example({
    rule: 'setupPerZoneWmarks',
    title: 'Boosts end',
    kernels: ['v5.9'],
    ask: (k, _state, { boost }) => {
      const { nodes, args } = machine([zone('Normal', 262_144)], { minFreeKbytes: 4096 });
      const boosted = mapZones(makeSetupMachine(nodes, args), (one) => ({ ...one, boost }));
      return ofZones(k.setupPerZoneWmarks(k, boosted), (one) => one.boost);
    },
    cases: [{ given: { boost: 512 }, expected: { Normal: 0 }, worked: 'before low and high are computed' }],
  }),
  example({
    rule: 'setupPerZoneLowmemReserve',
    title: 'What lower zones keep from requests that could go higher',
    setup: machine(marked),
    ask: (k, { setup }) =>
      ofZones(k.setupPerZoneLowmemReserve(k, setup), ({ lowmemReserve }) => lowmemReserve.join(' / ')),
    cases: [
      {
        given: {},
        expected: { DMA: '0 / 1008 / 1264', Normal: '0 / 0 / 2048', HighMem: '0 / 0 / 0' },
        worked: 'DMA: 258048 / 256 and (258048 + 65536) / 256; Normal: 65536 / 32; nothing lies above high memory',
      },
    ],
  }),
  example({
    rule: 'setupPerZoneLowmemReserve',
    title: 'A ratio of 0',
    setup: machine(marked, { lowmemReserveRatio: [256, 0, 32] }),
    ask: (k, { setup }) =>
      ofZones(k.setupPerZoneLowmemReserve(k, setup), ({ lowmemReserve }) => lowmemReserve.join(' / ')),
    cases: [
      {
        given: {},
        expected: { DMA: '0 / 1008 / 1264', Normal: '0 / 0 / 65536', HighMem: '0 / 0 / 0' },
        worked: 'it becomes 1: Normal keeps everything from requests that could go higher',
        since: {
          'v4.19': {
            expected: { DMA: '0 / 1008 / 1264', Normal: '0 / 0 / 0', HighMem: '0 / 0 / 0' },
            worked: 'Normal keeps nothing',
          },
          'v5.9': {
            expected: { DMA: '0 / 1008 / 256', Normal: '0 / 0 / 0', HighMem: '0 / 0 / 0' },
            worked: 'and DMA counts Normal’s pages no longer for those who may use high memory: 65536 / 256',
          },
        },
      },
    ],
  }),
  example({
    rule: 'calculateTotalreservePages',
    title: 'Largest reserve and high mark, zone by zone',
    setup: machine(marked),
    ask: (k, { setup }) => {
      const after = k.calculateTotalreservePages(k, k.setupPerZoneLowmemReserve(k, setup));
      const zones = ofZones(after, ({ dirtyBalanceReserve }) => dirtyBalanceReserve);
      const node = after.nodes[0]!.totalreservePages;
      return { zones, node, totalreservePages: after.totalreservePages };
    },
    cases: [
      {
        given: {},
        expected: { zones: { DMA: 1288, Normal: 3560, HighMem: 192 }, node: 0, totalreservePages: 5040 },
        worked: 'with the reserves above: 1264 + 24, 2048 + 1512, 0 + 192, and their sum',
        since: {
          'v4.19': {
            expected: { zones: { DMA: 0, Normal: 0, HighMem: 0 }, node: 5040, totalreservePages: 5040 },
            worked: 'the same numbers, kept for the node',
          },
        },
      },
    ],
  }),
];
