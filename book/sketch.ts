import type { Lru, ScenarioNode, ScenarioZone, System, ZoneFlag, ZoneName } from '../model/index.ts';

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
    boost: 0,
    lowmemReserve: sketch.reserve ?? new Array<number>(zones).fill(0),
    free: freeLists(sketch),
    reservedHighatomic: 0,
    vmstatDrift: sketch.drift ?? 0,
    percpuDriftMark: sketch.driftMark ?? 0,
    lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0, ...sketch.lru },
    pagesScanned: sketch.pagesScanned ?? 0,
    flags: sketch.flags ?? [],
  };
}

/** The node of these zones; nothing is asked of its kswapd unless said. */
export function writtenNode(
  zones: readonly ZoneSketch[],
  request: ScenarioNode['kswapd'] = { order: 0, zoneIdx: Math.max(0, zones.length - 1), failures: 0 },
): ScenarioNode {
  return { id: 0, zones: zones.map((sketch) => writtenZone(sketch, zones.length)), kswapd: request };
}

/** Many pages that reclaim could take, none of them scanned: the zone is worth scanning. */
export const WORTH_SCANNING = { lru: { inactiveFile: 1000 } } as const;
