import { describeZone, makeMachine, makeNode, makeSystem } from '../boot.ts';
import type { Kernel } from '../kernel.ts';
import type { ScenarioNode, ScenarioZone } from '../scenario.ts';
import type { Memory, Numa, Pgdat, ZonelistCache, ZoneRef } from '../state/memory.ts';
import type { Request } from '../state/node.ts';
import type { System } from '../state/system.ts';
import type { Zone } from '../state/zone.ts';

/** A node of a machine whose tasks allocate, as a case writes it. */
export interface AllocNode extends ScenarioNode {
  readonly kswapd: Request & {
    /** kswapd stands on its wait queue. */
    readonly waiting: boolean;
  };
}

/** The memory that all tasks share, as a case writes it. */
export interface AllocMemory {
  readonly system: System & Numa;
  readonly nodes: readonly AllocNode[];
  /** By position of the node; the cache is there up to v4.3. */
  readonly zonelists: readonly {
    readonly fallback: readonly ZoneRef[];
    readonly thisNode: readonly ZoneRef[];
    readonly zlc?: ZonelistCache;
  }[];
}

const NO_CACHE: ZonelistCache = { full: [], stale: false };

/** The memory that a case writes down. */
export function bootMemory(k: Kernel, { system: written, nodes, zonelists }: AllocMemory): Memory {
  const system = makeSystem(written);
  const { layout, distance, zoneReclaimMode, suspendedStorage, zonelistOrder } = written;
  return {
    system,
    numa: { layout, distance, zoneReclaimMode, suspendedStorage, zonelistOrder },
    pgdats: nodes.map((given): Pgdat => {
      const { node, thread, waits } = makeMachine(k, system, makeNode(given));
      const { woken, throttled, freezing, shouldStop } = waits;
      return { node, thread, waits: { queued: given.kswapd.waiting, woken, throttled, freezing, shouldStop } };
    }),
    zonelists: zonelists.map(({ fallback, thisNode, zlc = NO_CACHE }) => ({ fallback, thisNode, zlc })),
  };
}

/** A zone as a case writes it, with what the allocator knows of it as far as the case said it before. */
function describeAllocZone(zone: Zone, before: ScenarioZone): ScenarioZone {
  const { batch, dirtyOk, writePending, rmqueueFails, nofragmentFails } = zone.alloc;
  return {
    ...describeZone(zone),
    ...(before.allocBatch === undefined ? {} : { allocBatch: batch }),
    ...(before.dirtyOk === undefined ? {} : { dirtyOk }),
    ...(before.writePending === undefined ? {} : { writePending }),
    ...(before.rmqueueFails === undefined ? {} : { rmqueueFails }),
    ...(before.nofragmentFails === undefined ? {} : { nofragmentFails }),
  };
}

/** The nodes of a memory as a case writes them, each in the form in which it was given. */
export const describeNodes = ({ pgdats }: Memory, given: readonly AllocNode[]): readonly AllocNode[] =>
  pgdats.map(({ node, waits }, n) => ({
    id: node.id,
    zones: node.zones.map((zone, i) => describeAllocZone(zone, given[n]!.zones[i]!)),
    kswapd: { ...node.kswapd, waiting: waits.queued },
    ...(given[n]!.dirtyOk === undefined ? {} : { dirtyOk: node.dirtyOk }),
  }));
