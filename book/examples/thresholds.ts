import { makeSetupMachine, type SetupMachine, type SetupZone, type Watermark } from '../../model/index.ts';
import { example } from '../example.ts';

const NO_MARKS: Watermark = { min: 0, low: 0, high: 0 };

const machine = (managed: number, onlineCpus = 1, watermark = NO_MARKS): SetupMachine =>
  makeSetupMachine([{ id: 0, zones: [{ name: 'Normal', present: managed, managed, watermark, percpuDriftMark: 0 }] }], {
    totalramPages: managed,
    onlineCpus,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [32],
  });

const zone = (m: SetupMachine): SetupZone => m.nodes[0]!.zones[0]!;

/** Worked examples of thresholds, the drift mark, the inactive ratio and read-ahead. */
export const thresholdExamples = [
  example({
    rule: 'calculateNormalThreshold',
    title: 'From a small machine to a large one',
    ask: (k, _state, { managed, onlineCpus }) => k.calculateNormalThreshold(k, zone(machine(managed)), onlineCpus),
    cases: [
      { given: { managed: 25_600, onlineCpus: 1 }, expected: 2, worked: '100 MiB is no 128 MiB: 2 · 1 · (1 + 0)' },
      {
        given: { managed: 262_144, onlineCpus: 4 },
        expected: 30,
        worked: '1 GiB is 8 times 128 MiB; 4 has three binary digits and 8 has four: 2 · 3 · (1 + 4)',
      },
      {
        given: { managed: 268_435_456, onlineCpus: 64 },
        expected: 125,
        worked: '1 TiB: 2 · 7 · (1 + 14) = 210, cut to 125',
      },
    ],
  }),
  example({
    rule: 'calculatePressureThreshold',
    title: 'The distance from low to min, shared by the cpus',
    ask: (k, _state, { min, low, onlineCpus }) =>
      k.calculatePressureThreshold(k, zone(machine(0, 1, { min, low, high: low })), onlineCpus),
    cases: [
      { given: { min: 1024, low: 1280, onlineCpus: 4 }, expected: 64, worked: '256 / 4' },
      { given: { min: 1024, low: 1280, onlineCpus: 1 }, expected: 125, worked: '256, cut to 125' },
      { given: { min: 1024, low: 1280, onlineCpus: 1024 }, expected: 1, worked: 'less than a page a cpu, raised to 1' },
    ],
  }),
  example({
    rule: 'refreshZoneStatThresholds',
    title: 'A drift mark is needed once the cpus together can hide too much',
    ask: (k, _state, { managed, onlineCpus, min, low, high }) => {
      const before = machine(managed, onlineCpus, { min, low, high });
      const { normalThreshold, percpuDriftMark } = zone(k.refreshZoneStatThresholds(k, before));
      return { normalThreshold, percpuDriftMark };
    },
    cases: [
      {
        given: { managed: 262_144, onlineCpus: 4, min: 1024, low: 1280, high: 1536 },
        expected: { normalThreshold: 30, percpuDriftMark: 0 },
        worked: '4 · 30 = 120 pages are not more than 1280 - 1024 = 256: no mark',
      },
      {
        given: { managed: 262_144, onlineCpus: 16, min: 1024, low: 1280, high: 1536 },
        expected: { normalThreshold: 50, percpuDriftMark: 2336 },
        worked: '2 · 5 · (1 + 4) = 50; 16 · 50 = 800 pages are more than 256: 1536 + 800',
      },
    ],
  }),
  example({
    rule: 'calculateZoneInactiveRatio',
    title: 'The root of ten times the gibibytes',
    ask: (k, _state, { managed }) => k.calculateZoneInactiveRatio(k, zone(machine(managed))),
    cases: [
      { given: { managed: 262_143 }, expected: 1, worked: 'a page short of 1 GiB' },
      { given: { managed: 262_144 }, expected: 3, worked: '1 GiB: the root of 10, rounded down' },
      { given: { managed: 1_048_576 }, expected: 6, worked: '4 GiB: the root of 40' },
    ],
  }),
  example({
    rule: 'setupPerZoneInactiveRatio',
    title: 'Each zone gets its own',
    ask: (k, _state, { managed }) => zone(k.setupPerZoneInactiveRatio(k, machine(managed))).inactiveRatio,
    cases: [{ given: { managed: 1_048_576 }, expected: 6, worked: 'as calculated for 4 GiB' }],
  }),
  example({
    rule: 'swapSetup',
    title: 'A page short of 16 MiB',
    ask: (k, _state, { totalramPages }) => k.swapSetup(k, machine(totalramPages)).pageCluster,
    cases: [
      { given: { totalramPages: 4095 }, expected: 2, worked: '15 whole MiB: 1 << 2 = 4 pages are read at once' },
      { given: { totalramPages: 4096 }, expected: 3, worked: '16 MiB: 8 pages' },
    ],
  }),
];
