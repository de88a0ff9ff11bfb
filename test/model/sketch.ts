import {
  makeMachine,
  makeNode,
  makeZone,
  v4_0,
  type Lru,
  type Machine,
  type Request,
  type Scenario,
  type ScenarioNode,
  type ScenarioZone,
  type System,
  type Turn,
  type Zone,
  type ZoneFlag,
  type ZoneName,
} from '../../model/index.ts';

/** What an example says of a zone; the rest is nothing. Quantities are in pages. */
export interface ZoneSketch {
  readonly name?: ZoneName;
  readonly present?: number;
  readonly managed?: number;
  readonly min?: number;
  readonly low?: number;
  readonly high?: number;
  readonly reserve?: readonly number[];
  /** Free order-0 pages, or blocks per order on the movable list, or all lists. */
  readonly free?: number | readonly number[] | ScenarioZone['free'];
  readonly drift?: number;
  readonly driftMark?: number;
  readonly lru?: Partial<Lru>;
  readonly pagesScanned?: number;
  readonly flags?: readonly ZoneFlag[];
  readonly boost?: number;
  readonly reservedHighatomic?: number;
}

const NO_LRU: Lru = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };
const NO_RESERVE: readonly number[] = [0, 0, 0, 0, 0];

const freeLists = (free: ZoneSketch['free'] = {}): ScenarioZone['free'] => {
  if (typeof free === 'number') return { movable: [free] };
  return 'length' in free ? { movable: free } : free;
};

export const system = (changes: Partial<System> = {}): System => ({
  swapPages: 0,
  bufferHeadsOverLimit: false,
  compaction: false,
  cma: true,
  extfragThreshold: 500,
  laptopMode: false,
  ...changes,
});

function scenarioZone(sketch: ZoneSketch, zones = NO_RESERVE.length): ScenarioZone {
  const { managed = 10_000, min = 0, low = min, high = low } = sketch;
  return {
    name: sketch.name ?? 'Normal',
    present: sketch.present ?? managed,
    managed,
    watermark: { min, low, high },
    boost: sketch.boost ?? 0,
    lowmemReserve: sketch.reserve ?? NO_RESERVE.slice(0, zones),
    free: freeLists(sketch.free),
    reservedHighatomic: sketch.reservedHighatomic ?? 0,
    vmstatDrift: sketch.drift ?? 0,
    percpuDriftMark: sketch.driftMark ?? 0,
    lru: { ...NO_LRU, ...sketch.lru },
    pagesScanned: sketch.pagesScanned ?? 0,
    flags: sketch.flags ?? [],
  };
}

export const zone = (sketch: ZoneSketch): Zone => makeZone(scenarioZone(sketch));

export const scenarioNode = (
  zones: readonly ZoneSketch[],
  { order = 0, zoneIdx = zones.length - 1, failures = 0 }: Partial<Request> = {},
): ScenarioNode => ({
  id: 0,
  zones: zones.map((sketch) => scenarioZone(sketch, zones.length)),
  kswapd: { order, zoneIdx, failures },
});

/** A state to ask a function of the vectors about. */
export const state = (
  zones: readonly ZoneSketch[],
  kswapd?: Parameters<typeof scenarioNode>[1],
  changes?: Partial<System>,
) => ({ system: system(changes), node: makeNode(scenarioNode(zones, kswapd)) });

export const machine = (zones: readonly ZoneSketch[], kswapd?: Parameters<typeof scenarioNode>[1]): Machine =>
  makeMachine(v4_0, system(), makeNode(scenarioNode(zones, kswapd)));

export const scenario = (
  zones: readonly ZoneSketch[],
  script: readonly Turn[],
  kswapd?: Parameters<typeof scenarioNode>[1],
  limit = 100,
): Scenario => ({ system: system(), node: scenarioNode(zones, kswapd), script, limit });

/** Many pages that reclaim could take, none of them scanned: the zone is worth scanning. */
export const RECLAIMABLE = { lru: { inactiveFile: 1000 } } as const;
