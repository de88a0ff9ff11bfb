import type { Kernel } from './kernel.ts';
import { ZONE_FLAGS, type Scenario, type ScenarioNode, type ScenarioZone, type ZoneFlag } from './scenario.ts';
import { makeFreeArea, MIGRATE_TYPES } from './state/freeArea.ts';
import type { Machine } from './state/machine.ts';
import type { Node } from './state/node.ts';
import type { System } from './state/system.ts';
import { NO_WAITS } from './state/waits.ts';
import {
  FRESH_ALLOC,
  ZONE_BOOSTED_WATERMARK,
  ZONE_CONGESTED,
  ZONE_DIRTY,
  ZONE_FAIR_DEPLETED,
  ZONE_WRITEBACK,
  type Zone,
  type ZoneAlloc,
} from './state/zone.ts';

const FLAG_BITS: Readonly<Record<ZoneFlag, number>> = {
  congested: ZONE_CONGESTED,
  dirty: ZONE_DIRTY,
  writeback: ZONE_WRITEBACK,
  fairDepleted: ZONE_FAIR_DEPLETED,
  boostedWatermark: ZONE_BOOSTED_WATERMARK,
};

// Each record is written out field by field, in the order of its type, wherever it is made: engines see one shape.

/** The system that a scenario writes down. */
export const makeSystem = (system: System): System => ({
  swapPages: system.swapPages,
  bufferHeadsOverLimit: system.bufferHeadsOverLimit,
  compaction: system.compaction,
  cma: system.cma,
  extfragThreshold: system.extfragThreshold,
  laptopMode: system.laptopMode,
});

/** What the allocator knows of a zone, where the scenario says any of it. */
function makeZoneAlloc(zone: ScenarioZone): ZoneAlloc {
  const { allocBatch, dirtyOk, writePending, rmqueueFails, nofragmentFails } = zone;
  const said = allocBatch ?? dirtyOk ?? writePending ?? rmqueueFails ?? nofragmentFails;
  if (said === undefined) return FRESH_ALLOC;
  return {
    batch: allocBatch ?? 0,
    dirtyOk: dirtyOk ?? true,
    writePending: writePending ?? 0,
    rmqueueFails: rmqueueFails ?? 0,
    nofragmentFails: nofragmentFails ?? false,
  };
}

/** The zone that a scenario writes down. */
export function makeZone(zone: ScenarioZone): Zone {
  const { min, low, high } = zone.watermark;
  const { inactiveAnon, activeAnon, inactiveFile, activeFile } = zone.lru;
  return {
    name: zone.name,
    present: zone.present,
    managed: zone.managed,
    watermark: { min, low, high },
    lowmemReserve: zone.lowmemReserve,
    freeArea: makeFreeArea(zone.free),
    vmstatDrift: zone.vmstatDrift,
    percpuDriftMark: zone.percpuDriftMark,
    lru: { inactiveAnon, activeAnon, inactiveFile, activeFile },
    pagesScanned: zone.pagesScanned,
    flags: zone.flags.reduce((flags, flag) => flags | FLAG_BITS[flag], 0),
    boost: zone.boost,
    reservedHighatomic: zone.reservedHighatomic,
    alloc: makeZoneAlloc(zone),
  };
}

/** The node that a scenario writes down. */
export function makeNode(node: ScenarioNode): Node {
  const { order, zoneIdx, failures } = node.kswapd;
  const zones: Zone[] = [];
  for (const zone of node.zones) zones.push(makeZone(zone));
  return { id: node.id, zones, kswapd: { order, zoneIdx, failures }, dirtyOk: node.dirtyOk ?? true };
}

/** A machine whose kswapd is about to run for the first time. */
export function makeMachine(k: Kernel, system: System, node: Node): Machine {
  return { system, node, thread: k.startThread(node), waits: NO_WAITS };
}

/** The machine that a scenario starts with. */
export function bootScenario(k: Kernel, scenario: Pick<Scenario, 'system' | 'node'>): Machine {
  return makeMachine(k, makeSystem(scenario.system), makeNode(scenario.node));
}

/** A zone as a scenario writes it: empty free lists are left out. */
export function describeZone(zone: Zone): ScenarioZone {
  const free: Partial<Record<(typeof MIGRATE_TYPES)[number], readonly number[]>> = {};
  for (const type of MIGRATE_TYPES) {
    const blocks = zone.freeArea.lists[type];
    if (blocks.some((count) => count !== 0)) free[type] = blocks;
  }
  return {
    name: zone.name,
    present: zone.present,
    managed: zone.managed,
    watermark: zone.watermark,
    boost: zone.boost,
    lowmemReserve: zone.lowmemReserve,
    free,
    reservedHighatomic: zone.reservedHighatomic,
    vmstatDrift: zone.vmstatDrift,
    percpuDriftMark: zone.percpuDriftMark,
    lru: zone.lru,
    pagesScanned: zone.pagesScanned,
    flags: ZONE_FLAGS.filter((flag) => (zone.flags & FLAG_BITS[flag]) !== 0),
  };
}

/** A node as a scenario writes it. */
export function describeNode(node: Node): ScenarioNode {
  return { id: node.id, zones: node.zones.map(describeZone), kswapd: node.kswapd };
}
