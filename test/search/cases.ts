import type { Question, Scenario, SetupCase } from '../../model/index.ts';
import type { CaseToSave } from '../../search/savedCase.ts';

const SYSTEM = {
  swapPages: 0,
  bufferHeadsOverLimit: false,
  compaction: true,
  cma: false,
  extfragThreshold: 500,
  laptopMode: false,
};

const NO_LRU = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

/** 16 MiB of DMA, well above its marks, and a Normal zone at its high mark, 200 pages of it in the page cache. */
const NODE: Scenario['node'] = {
  id: 0,
  zones: [
    {
      name: 'DMA',
      present: 4096,
      managed: 4000,
      watermark: { min: 8, low: 10, high: 12 },
      boost: 0,
      lowmemReserve: [0, 40],
      free: { movable: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3] },
      reservedHighatomic: 0,
      vmstatDrift: 0,
      percpuDriftMark: 0,
      lru: NO_LRU,
      pagesScanned: 0,
      flags: [],
    },
    {
      name: 'Normal',
      present: 1000,
      managed: 1000,
      watermark: { min: 80, low: 100, high: 120 },
      boost: 0,
      lowmemReserve: [0, 0],
      free: { movable: [101, 10], unmovable: [1] },
      reservedHighatomic: 0,
      vmstatDrift: 0,
      percpuDriftMark: 0,
      lru: { ...NO_LRU, inactiveFile: 200 },
      pagesScanned: 0,
      flags: ['congested'],
    },
  ],
  kswapd: { order: 0, zoneIdx: 1, failures: 0 },
};

/**
 * kswapd dozes off; a burst takes Normal below its low mark and wakes it; it reclaims, and its sleep is asked twice,
 * the second time for lower zones only, which v4.0 does not record.
 */
export const lostRequest: Scenario = {
  system: SYSTEM,
  node: NODE,
  script: [
    {},
    {
      events: [
        { take: { zone: 1, order: 0, count: 60 } },
        { throttle: true },
        { wakeup: { zone: 1, order: 0, zoneIdx: 1 } },
      ],
    },
    { scanned: 120, reclaimed: [0, 60] },
    {},
    { events: [{ take: { zone: 0, order: 9, count: 99 } }, { wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] },
  ],
  limit: 100,
};

/** kswapd finds nothing to reclaim in a zone that stays below its marks: it goes on and on. */
export const hopeless: Scenario = {
  system: SYSTEM,
  node: { ...NODE, zones: [NODE.zones[0]!, { ...NODE.zones[1]!, free: { movable: [50] } }] },
  script: [],
  limit: 40,
};

export const question: Question = {
  system: SYSTEM,
  node: NODE,
  args: { zone: 1, order: 3, zoneIdx: 1, mark: 120, balanceGap: 10, allocFlags: ['HIGH', 'HARDER'] },
};

export const setup: SetupCase = {
  nodes: [
    {
      id: 0,
      zones: [
        { name: 'DMA', present: 4096, managed: 4000, watermark: { min: 0, low: 0, high: 0 }, percpuDriftMark: 0 },
        { name: 'Normal', present: 61440, managed: 60000, watermark: { min: 0, low: 0, high: 0 }, percpuDriftMark: 0 },
      ],
    },
  ],
  args: {
    totalramPages: 64000,
    onlineCpus: 2,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [256],
  },
};

/** A case of each kind, as it would be saved. */
export const casesToSave: readonly CaseToSave[] = [
  {
    id: 'a lost request',
    kernel: 'v4.0',
    property: 'a-request-is-recorded',
    clause: 'the second request is not recorded',
    seed: -7,
    given: lostRequest,
  },
  { id: 'a question', kernel: 'v4.0', property: 'quarter-rule-is-exact', given: question },
  { id: 'a set-up', kernel: 'v4.0', given: setup },
];
