import {
  bootMemory,
  describeNodes,
  gfpOf,
  LAYOUTS,
  runAllocation,
  startAllocation,
  taskFlagsOf,
  v4_0,
  type AllocMemory,
  type AllocNode,
  type AllocTraceRecord,
  type AllocTurn,
  type GfpName,
  type Kernel,
  type TaskFlagName,
  type ZoneRef,
} from '../../../model/index.ts';
import { scenarioNode, system, type ZoneSketch } from '../sketch.ts';

/** What an example says of a zone besides; one that is left out is empty and not there. */
export interface AllocZoneSketch extends Omit<ZoneSketch, 'name'> {
  readonly batch?: number;
  readonly dirtyOk?: boolean;
  readonly rmqueueFails?: number;
}

/** The zones of a node that are there, by name. */
export type NodeSketch = Partial<Readonly<Record<'DMA' | 'DMA32' | 'Normal' | 'Movable', AllocZoneSketch>>>;

export interface MachineSketch {
  readonly nodes: readonly NodeSketch[];
  readonly waiting?: boolean;
  readonly distance?: number;
  readonly zoneReclaimMode?: number;
  readonly full?: readonly number[];
  readonly stale?: boolean;
  readonly compaction?: boolean;
}

/** What the allocator knows of a zone. */
const knownOf = ({ batch = 100, dirtyOk = true, rmqueueFails = 0 }: AllocZoneSketch = {}) => ({
  allocBatch: batch,
  dirtyOk,
  rmqueueFails,
});

/** A machine of 64 bits with its nodes’ zones in node order, each node nearest to itself. */
export function machineOf(sketch: MachineSketch): AllocMemory {
  const { nodes, distance = 20, zoneReclaimMode = 0, full = [], stale = false, compaction = false } = sketch;
  const names = LAYOUTS.x86_64;
  const listOf = (n: number): readonly ZoneRef[] =>
    names.flatMap((name, zone) => (nodes[n]![name] === undefined ? [] : [[n, zone] as const])).toReversed();
  const written = nodes.map((node, id): AllocNode => {
    const zones = names.map((name): ZoneSketch => ({ ...(node[name] ?? { managed: 0 }), name }));
    const { kswapd, ...rest } = scenarioNode(zones);
    return {
      ...rest,
      id,
      kswapd: { ...kswapd, waiting: sketch.waiting ?? true },
      zones: rest.zones.map((zone, i) => Object.assign(zone, knownOf(node[names[i]!]))),
    };
  });
  return {
    system: {
      ...system({ compaction }),
      layout: 'x86_64',
      distance: nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : distance))),
      zoneReclaimMode,
      suspendedStorage: false,
      zonelistOrder: 'node',
    },
    nodes: written,
    zonelists: nodes.map((_, local) => ({
      fallback: nodes.flatMap((__, i) => listOf((local + i) % nodes.length)),
      thisNode: listOf(local),
      zlc: { full, stale },
    })),
  };
}

export interface Asked {
  readonly gfp: readonly GfpName[];
  readonly order?: number;
  readonly task?: readonly TaskFlagName[];
  readonly nodemask?: readonly number[];
  readonly script?: readonly AllocTurn[];
  readonly limit?: number;
}

export const KERNEL = ['WAIT', 'IO', 'FS'] as const satisfies readonly GfpName[];

/** Runs one allocation on node 0. */
export function allocate(machine: AllocMemory, asked: Asked, k: Kernel = v4_0) {
  const request = {
    gfp: gfpOf(asked.gfp),
    order: asked.order ?? 0,
    preferredNode: 0,
    localNode: 0,
    nodemask: asked.nodemask ?? null,
  };
  const task = startAllocation(request, taskFlagsOf(asked.task ?? []));
  const state = { memory: bootMemory(k, machine), task };
  const { script = [], limit = 50 } = asked;
  const run = runAllocation(k, state, { script, limit });
  return {
    ...run,
    page: run.task.page,
    nodes: describeNodes(run.memory, machine.nodes),
    caches: run.memory.zonelists.map(({ zlc }) => zlc),
    events: run.trace.map(({ ev }) => ev),
  };
}

/** The records of one kind. */
export const only = <E extends AllocTraceRecord['ev']>(trace: readonly AllocTraceRecord[], ev: E) =>
  trace.filter((record): record is Extract<AllocTraceRecord, { readonly ev: E }> => record.ev === ev);
