import { bootScenario, mebibytes, v4_0, type Machine, type ScenarioZone, type System } from '../model/index.ts';

const SYSTEM: System = {
  swapPages: mebibytes(2048),
  bufferHeadsOverLimit: false,
  compaction: true,
  cma: false,
  extfragThreshold: 500,
  laptopMode: false,
};

/** The zones of a machine with 8 GiB, as set-up leaves them with min_free_kbytes at 67,584. Quantities are in pages. */
const ZONES = [
  { name: 'DMA', managed: 3_976, watermark: { min: 32, low: 40, high: 48 }, lowmemReserve: [0, 1_938, 7_950] },
  {
    name: 'DMA32',
    managed: 496_128,
    watermark: { min: 4_106, low: 5_132, high: 6_159 },
    lowmemReserve: [0, 0, 6_012],
  },
  {
    name: 'Normal',
    managed: 1_539_072,
    watermark: { min: 12_757, low: 15_946, high: 19_135 },
    lowmemReserve: [0, 0, 0],
  },
] as const;

/** How full a zone is, as a factor of its high mark, and the largest order of its free blocks. */
interface Use {
  readonly free: number;
  readonly order: number;
  readonly pagesScanned?: number;
}

const EASY: Use = { free: 20, order: 10 };
const JUST_ABOVE: Use = { free: 1.1, order: 10 };
const LOW: Use = { free: 0.6, order: 8 };
const FRAGMENTED: Use = { free: 3, order: 1 };
const GIVEN_UP: Use = { free: 0.5, order: 2, pagesScanned: mebibytes(65_536) };

function zoneInUse(zone: (typeof ZONES)[number], { free, order, pagesScanned = 0 }: Use): ScenarioZone {
  const pages = Math.min(zone.managed, Math.floor(zone.watermark.high * free));
  // Half of the free pages lie in blocks of the largest order, and the rest in halves of halves below.
  const blocks = Array.from({ length: order + 1 }, (_, o) => Math.floor(pages / 2 ** (order - o + 1) / 2 ** o));
  const used = Math.floor((zone.managed - pages) / 4);
  return {
    ...zone,
    present: zone.managed,
    boost: 0,
    free: { movable: blocks },
    reservedHighatomic: 0,
    vmstatDrift: 0,
    percpuDriftMark: 0,
    lru: { inactiveAnon: used, activeAnon: used, inactiveFile: used, activeFile: used },
    pagesScanned,
    flags: [],
  };
}

const machineInUse = (dma: Use, dma32: Use, normal: Use): Machine => {
  const uses = [dma, dma32, normal];
  const zones = ZONES.map((zone, i) => zoneInUse(zone, uses[i]!));
  return bootScenario(v4_0, { system: SYSTEM, node: { id: 0, zones, kswapd: { order: 0, zoneIdx: 2, failures: 0 } } });
};

/** A machine of three zones: idle, at its marks, short of memory in one zone or in all, fragmented, given up. */
export const MACHINES: readonly Machine[] = [
  machineInUse(EASY, EASY, EASY),
  machineInUse(EASY, JUST_ABOVE, JUST_ABOVE),
  machineInUse(EASY, EASY, LOW),
  machineInUse(EASY, LOW, LOW),
  machineInUse(LOW, LOW, LOW),
  machineInUse(EASY, FRAGMENTED, FRAGMENTED),
  machineInUse(EASY, FRAGMENTED, LOW),
  machineInUse(EASY, EASY, GIVEN_UP),
];
