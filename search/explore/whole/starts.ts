import type { CALLERS, WholeScope } from '../../../kernel/schema/wholeScope.ts';
import {
  hasRule,
  LAYOUTS,
  type AllocNode,
  type GfpName,
  type Kernel,
  type ScenarioZone,
  type WholeScenario,
  type WholeScenarioTask,
} from '../../../model/index.ts';
import { combinations } from '../machine/starts.ts';

type ScopeNode = WholeScope['nodes'][number];
type ScopeZone = ScopeNode['zones'][number];
type ScopeRequest = WholeScope['tasks'][number]['requests'][number];
type Caller = (typeof CALLERS)[number];

const { x86_64: LAYOUT } = LAYOUTS;

/** Masks of callers up to v4.3, and later. */
const MASKS: Readonly<Record<Caller, readonly GfpName[]>> = {
  kernel: ['IO', 'FS', 'WAIT'],
  noFs: ['IO', 'WAIT'],
  atomic: ['HIGH'],
};
const LATER_MASKS: Readonly<Record<Caller, readonly GfpName[]>> = {
  kernel: ['IO', 'FS', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM'],
  noFs: ['IO', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM'],
  atomic: ['HIGH', 'ATOMIC', 'KSWAPD_RECLAIM'],
};

const EMPTY_LRU = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };
const NO_MARKS = { min: 0, low: 0, high: 0 };

const zoneOf = (
  name: ScenarioZone['name'],
  { managed, watermark, lowmemReserve }: Pick<ScopeZone, 'managed' | 'watermark' | 'lowmemReserve'>,
  free: number,
  lru: ScenarioZone['lru'],
): ScenarioZone => ({
  name,
  present: managed,
  managed,
  watermark,
  boost: 0,
  lowmemReserve,
  free: { movable: [free] },
  reservedHighatomic: 0,
  vmstatDrift: 0,
  percpuDriftMark: 0,
  lru,
  pagesScanned: 0,
  flags: [],
  allocBatch: watermark.high - watermark.low,
});

const NO_RESERVE = LAYOUT.map(() => 0);

/** A zone without memory. */
const emptyZone = (name: ScenarioZone['name']): ScenarioZone =>
  zoneOf(name, { managed: 0, watermark: NO_MARKS, lowmemReserve: NO_RESERVE }, 0, EMPTY_LRU);

const zonesOf = (zone: ScopeZone): readonly ScenarioZone[] =>
  combinations([zone.free, zone.file, zone.anon]).map(([free, inactiveFile, inactiveAnon]) =>
    zoneOf(zone.name, zone, free!, { ...EMPTY_LRU, inactiveFile: inactiveFile!, inactiveAnon: inactiveAnon! }),
  );

/** Every way in which a node may start; its kswapd is asleep, and asked for nothing. */
function nodesOf(k: Kernel, { zones, failures }: ScopeNode, id: number): readonly AllocNode[] {
  const written = LAYOUT.map((name) => {
    const zone = zones.find((one) => one.name === name);
    return zone === undefined ? [emptyZone(name)] : zonesOf(zone);
  });
  const highest = LAYOUT.findLastIndex((name) => zones.some((zone) => zone.name === name));
  const zoneIdx = hasRule(k, 'shrinkNode') ? LAYOUT.length : Math.max(0, highest);
  return combinations(written).flatMap((chosen) =>
    failures.map((count) => ({
      id,
      zones: chosen,
      kswapd: { order: 0, zoneIdx, failures: count, waiting: zones.length > 0 },
    })),
  );
}

const taskOf = (k: Kernel, { node, flags, requests }: WholeScope['tasks'][number]): WholeScenarioTask => ({
  node,
  flags,
  requests: requests.map(({ caller, also, order, nodemask, lifetime }: ScopeRequest) => ({
    gfp: [...(hasRule(k, 'shrinkNode') ? LATER_MASKS : MASKS)[caller], ...also],
    order,
    ...(nodemask === undefined ? {} : { nodemask }),
    ...(lifetime === undefined ? {} : { lifetime }),
  })),
});

/** Every start of a scope, as a scenario in which nothing has happened yet. */
export function wholeStartsOf(k: Kernel, { system, nodes, tasks }: WholeScope): readonly WholeScenario[] {
  const distance = nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : 20)));
  const numa = { layout: 'x86_64', distance, suspendedStorage: false, zonelistOrder: 'default' } as const;
  return combinations(nodes.map((node, id) => nodesOf(k, node, id))).map((chosen) => ({
    system: { ...system, ...numa },
    nodes: chosen,
    tasks: tasks.map((task) => taskOf(k, task)),
    script: [],
    afterwards: 'stop',
    limit: 0,
  }));
}
