import type { DirectCase, Scenario, System, WholeScenario } from '../model/index.ts';
import type { Case } from './case.ts';
import { eachNumber, zoneNamesOf } from './quantity.ts';

/**
 * How large a case is: events, turns, zones, how unusual their names are, what is not at its simplest, the sum of all
 * numbers in pages, how far down lists and turns things stand, and after how many turns it is cut off. Compared from
 * the first to the last.
 */
export type Measure = readonly number[];

/** Zone names, the plainest first: a higher one weighs more than all before it. */
const NAME_WEIGHTS: Readonly<Record<string, number>> = { Normal: 1, DMA: 2, DMA32: 4, Movable: 8, HighMem: 16 };

export const nameWeight = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + NAME_WEIGHTS[name]!, 0);

export function measure(given: Case): Measure {
  if ('tasks' in given) return measureWhole(given);
  if ('zonelist' in given) return measureDirect(given);
  const script: Scenario['script'] = 'script' in given ? given.script : [];
  let events = 0;
  let places = 0;
  script.forEach((turn, i) => {
    const count = (turn.events?.length ?? 0) + (turn.merge?.length ?? 0);
    events += count;
    places += i * (count + (turn.scanned === undefined ? 0 : 1));
  });
  let special = settings(given) + unlikeWakeups(script);
  let sum = 0;
  eachNumber(given, (key, value, simplest, pages, rank) => {
    if (value === simplest || key === 'limit') return;
    special += 1;
    sum += key === 'order' ? 2 ** value : Math.abs(value) * Math.max(1, pages) + (value < 0 ? 1 : 0);
    places += rank;
  });
  const nodes = 'nodes' in given ? given.nodes : [given.node];
  const names = zoneNamesOf(given);
  return [
    events,
    script.length,
    nodes.length * names.length,
    nameWeight(names),
    special,
    sum,
    places,
    'limit' in given ? given.limit : 0,
  ];
}

/** A direct reclaim: what a turn says besides its events, and names in its mask and of its task, count as special. */
function measureDirect(given: DirectCase): Measure {
  const { system, nodes, zonelist, args, task, script } = given;
  const events = script.reduce((count, turn) => count + (turn.events?.length ?? 0), 0);
  const flags = nodes.flatMap(({ zones }) => zones).reduce((count, zone) => count + zone.flags.length, 0);
  let special =
    switchesOn(system) + flags + zonelist.length + args.gfpMask.length + (task === undefined ? 0 : 1 + task.length);
  let places = 0;
  script.forEach((turn, i) => {
    const fields = Object.keys(turn).length;
    special += fields;
    places += i * fields;
  });
  let sum = 0;
  eachNumber(given, (key, value, simplest, pages) => {
    if (value === simplest) return;
    special += 1;
    sum += key === 'order' ? 2 ** value : Math.abs(value) * Math.max(1, pages);
  });
  const names = zoneNamesOf(given);
  return [events, script.length, nodes.length * names.length, nameWeight(names), special, sum, places, 0];
}

/**
 * A whole machine: its requests count with its events, its populated zones with its nodes and tasks; what a turn says
 * besides its events, masks, and whatever a request says of nodes and lifetimes count as special.
 */
function measureWhole(given: WholeScenario): Measure {
  const { system, hasCpus, nodes, tasks, script, afterwards, limit } = given;
  const requests = tasks.flatMap((task) => task.requests);
  const zones = nodes.flatMap((node) => node.zones);
  let events = requests.length;
  let special =
    switchesOn(system) +
    (afterwards === 'stop' ? 0 : 1) +
    (hasCpus === undefined ? 0 : 1) +
    new Set(system.distance.flat()).size +
    nodes.filter(({ kswapd }) => !kswapd.waiting).length +
    zones.reduce((count, zone) => count + zone.flags.length, 0) +
    tasks.reduce((count, { flags }) => count + (flags === undefined ? 0 : 1 + flags.length), 0) +
    requests.reduce((count, request) => count + request.gfp.length + Object.keys(request).length, 0);
  let places = 0;
  script.forEach((turn, i) => {
    events += turn.events?.length ?? 0;
    const fields = Object.keys(turn).length + (turn.reclaimed?.length ?? 0) + (turn.merge?.length ?? 0);
    special += fields;
    places += i * fields;
  });
  let sum = 0;
  eachNumber(given, (key, value, simplest, pages) => {
    if (value === simplest || key === 'limit') return;
    special += 1;
    sum += key === 'order' ? 2 ** value : Math.abs(value) * Math.max(1, pages);
  });
  const parts = nodes.length + tasks.length + zones.filter(({ present }) => present > 0).length;
  return [events, script.length, parts, 0, special, sum, places, limit];
}

const switchesOn = (system: System): number =>
  [system.bufferHeadsOverLimit, system.compaction, system.cma, system.laptopMode].filter(Boolean).length;

/** Events that are no wake-ups. */
const unlikeWakeups = (script: Scenario['script']): number =>
  script.flatMap(({ events }) => events ?? []).filter((event) => !('wakeup' in event)).length;

/** Switches that are on, and flags. */
function settings(given: Exclude<Case, DirectCase | WholeScenario>): number {
  if ('nodes' in given) return given.args.movableIsHighmem === true ? 1 : 0;
  const { system, node } = given;
  const flags = node.zones.reduce((sum, zone) => sum + zone.flags.length, 0);
  return switchesOn(system) + flags + ('args' in given ? given.args.allocFlags.length : 0);
}

/** Whether a case is simpler than another; of two that measure the same, the one that is written shorter or first. */
export function isSimpler(candidate: Case, measured: Measure, given: Case): boolean {
  const own = measure(candidate);
  const at = own.findIndex((part, i) => part !== measured[i]);
  if (at >= 0) return own[at]! < measured[at]!;
  const [written, before] = [JSON.stringify(candidate), JSON.stringify(given)];
  return written.length === before.length ? written < before : written.length < before.length;
}
