import type {
  AllocMemory,
  Lru,
  ScenarioNode,
  ScenarioZone,
  System,
  ZoneFlag,
  ZoneName,
  ZoneRef,
} from '../model/index.ts';

/** What an example says of a zone; the rest is nothing. Quantities are in pages. */
export interface ZoneSketch {
  readonly name: ZoneName;
  /** Managed pages, and present ones. 10000 if left out; 0: the zone is not populated. */
  readonly managed?: number;
  readonly min?: number;
  readonly low?: number;
  readonly high?: number;
  readonly reserve?: readonly number[];
  /** Free pages in single blocks, or blocks per order, or lists by migrate type. */
  readonly free?: number | readonly number[] | ScenarioZone['free'];
  readonly drift?: number;
  readonly driftMark?: number;
  readonly lru?: Partial<Lru>;
  readonly pagesScanned?: number;
  readonly flags?: readonly ZoneFlag[];
  readonly boost?: number;
  /** Pages set aside for high-order atomic requests. */
  readonly reservedHighatomic?: number;
  /** What is left of the zone's share of fresh pages. */
  readonly batch?: number;
  /** Pages that wait to be written. */
  readonly writePending?: number;
  /** Every free block would mix kinds of pages. */
  readonly nofragmentFails?: boolean;
}

/** The system of an example that says nothing else of it. */
export const SYSTEM: System = {
  swapPages: 0,
  bufferHeadsOverLimit: false,
  compaction: false,
  cma: true,
  extfragThreshold: 500,
  laptopMode: false,
};

export const managedPages = ({ managed = 10_000 }: ZoneSketch): number => managed;

/** The free lists of a sketch, as a scenario writes them. */
export function freeLists({ free = 0 }: ZoneSketch): ScenarioZone['free'] {
  if (free === 0) return {};
  if (typeof free === 'number') return { movable: [free] };
  return 'length' in free ? { movable: free } : free;
}

function writtenZone(sketch: ZoneSketch, zones: number): ScenarioZone {
  const { min = 0, low = min, high = low } = sketch;
  return {
    name: sketch.name,
    present: managedPages(sketch),
    managed: managedPages(sketch),
    watermark: { min, low, high },
    boost: sketch.boost ?? 0,
    lowmemReserve: sketch.reserve ?? new Array<number>(zones).fill(0),
    free: freeLists(sketch),
    reservedHighatomic: sketch.reservedHighatomic ?? 0,
    vmstatDrift: sketch.drift ?? 0,
    percpuDriftMark: sketch.driftMark ?? 0,
    lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0, ...sketch.lru },
    pagesScanned: sketch.pagesScanned ?? 0,
    flags: sketch.flags ?? [],
    ...(sketch.batch === undefined ? {} : { allocBatch: sketch.batch }),
    ...(sketch.writePending === undefined ? {} : { writePending: sketch.writePending }),
    ...(sketch.nofragmentFails === undefined ? {} : { nofragmentFails: sketch.nofragmentFails }),
  };
}

/** The node of these zones; nothing is asked of its kswapd unless said. */
export function writtenNode(
  zones: readonly ZoneSketch[],
  request: ScenarioNode['kswapd'] = { order: 0, zoneIdx: Math.max(0, zones.length - 1), failures: 0 },
): ScenarioNode {
  return { id: 0, zones: zones.map((sketch) => writtenZone(sketch, zones.length)), kswapd: request };
}

/** One node as the page allocator sees it: requests begin with its highest zone; its kswapd waits. */
export function writtenMemory(system: System, sketches: readonly ZoneSketch[], request?: ScenarioNode['kswapd']) {
  const node = writtenNode(sketches, request);
  const { order, zoneIdx, failures } = node.kswapd;
  const zonelist = node.zones
    .flatMap(({ managed }, i): readonly ZoneRef[] => (managed === 0 ? [] : [[0, i]]))
    .toReversed();
  return {
    system: {
      ...system,
      layout: 'x86_64',
      distance: [[10]],
      zoneReclaimMode: 0,
      suspendedStorage: false,
      zonelistOrder: 'default',
    },
    nodes: [{ ...node, kswapd: { order, zoneIdx, failures, waiting: true } }],
    zonelists: [{ fallback: zonelist, thisNode: zonelist }],
  } as const satisfies AllocMemory;
}

/** Many pages that reclaim could take, none of them scanned: the zone is worth scanning. */
export const WORTH_SCANNING = { lru: { inactiveFile: 1000 } } as const;
