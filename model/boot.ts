import { ZONE_FLAGS, type Scenario, type ScenarioNode, type ScenarioZone, type ZoneFlag } from './scenario.ts';
import { makeFreeArea, MIGRATE_TYPES } from './state/freeArea.ts';
import type { Balance } from './state/balance.ts';
import type { Machine } from './state/machine.ts';
import { nrZones, type Node } from './state/node.ts';
import type { System } from './state/system.ts';
import type { Thread } from './state/thread.ts';
import type { Waits } from './state/waits.ts';
import { ZONE_CONGESTED, ZONE_DIRTY, ZONE_WRITEBACK, type Zone } from './state/zone.ts';
import { DEF_PRIORITY } from './units.ts';

const FLAG_BITS: Readonly<Record<ZoneFlag, number>> = {
  congested: ZONE_CONGESTED,
  dirty: ZONE_DIRTY,
  writeback: ZONE_WRITEBACK,
};

// Each record is written out field by field, in the order of its type, wherever it is made: engines see one shape.

/** The system that a scenario writes down. */
const makeSystem = (system: System): System => ({
  swapPages: system.swapPages,
  bufferHeadsOverLimit: system.bufferHeadsOverLimit,
  compaction: system.compaction,
  cma: system.cma,
  extfragThreshold: system.extfragThreshold,
  laptopMode: system.laptopMode,
});

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
  };
}

/** The node that a scenario writes down. */
export function makeNode(node: ScenarioNode): Node {
  const { order, zoneIdx, failures } = node.kswapd;
  const zones: Zone[] = [];
  for (const zone of node.zones) zones.push(makeZone(zone));
  return { id: node.id, zones, kswapd: { order, zoneIdx, failures } };
}

const NO_BALANCE: Balance = {
  order: 0,
  priority: DEF_PRIORITY,
  mayWritepage: true,
  nrToReclaim: 0,
  nrScanned: 0,
  nrReclaimed: 0,
  nrAttempted: 0,
  raisePriority: true,
  needsCompaction: false,
  endZone: 0,
  zone: -1,
  testorder: 0,
};

const NO_WAITS: Waits = { queued: false, woken: false, throttled: 0, freezing: false, shouldStop: false };

/**
 * kswapd as its thread function starts: nothing asked, nothing done, the highest populated zone in mind.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export function startThread(node: Node): Thread {
  const top = nrZones(node) - 1;
  return {
    at: 'checkRequest',
    order: 0,
    newOrder: 0,
    balancedOrder: 0,
    classzoneIdx: top,
    newClasszoneIdx: top,
    balancedClasszoneIdx: top,
    remaining: 0,
    balance: NO_BALANCE,
  };
}

/** A machine whose kswapd is about to run for the first time. */
export function makeMachine(system: System, node: Node): Machine {
  return { system, node, thread: startThread(node), waits: NO_WAITS };
}

/** The machine that a scenario starts with. */
export function bootScenario(scenario: Pick<Scenario, 'system' | 'node'>): Machine {
  return makeMachine(makeSystem(scenario.system), makeNode(scenario.node));
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
