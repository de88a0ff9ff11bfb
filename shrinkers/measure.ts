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

export const measure = (given: Case): Measure => [...lengthOf(given), ...restOf(given)];

/** The first parts of a measure, which take no look at numbers: events, turns, zones, and their names. */
function lengthOf(given: Case): Measure {
  const script: readonly { readonly events?: readonly object[] }[] = 'script' in given ? given.script : [];
  const events = script.reduce((count, turn) => count + (turn.events?.length ?? 0), 0);
  if ('tasks' in given) {
    const requests = given.tasks.reduce((count, task) => count + task.requests.length, 0);
    const populated = given.nodes.flatMap((node) => node.zones).filter(({ present }) => present > 0);
    return [events + requests, script.length, given.nodes.length + given.tasks.length + populated.length, 0];
  }
  const names = zoneNamesOf(given);
  const zones = ('nodes' in given ? given.nodes.length : 1) * names.length;
  const merges = 'node' in given && 'script' in given ? mergesIn(given) : 0;
  return [events + merges, script.length, zones, nameWeight(names)];
}

const mergesIn = ({ script }: Scenario): number => script.reduce((count, { merge }) => count + (merge?.length ?? 0), 0);

/** The other parts. */
function restOf(given: Case): Measure {
  if ('tasks' in given) return restOfWhole(given);
  if ('zonelist' in given) return restOfDirect(given);
  const script: Scenario['script'] = 'script' in given ? given.script : [];
  let places = 0;
  script.forEach((turn, i) => {
    const count = (turn.events?.length ?? 0) + (turn.merge?.length ?? 0);
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
  return [special, sum, places, 'limit' in given ? given.limit : 0];
}

/** A direct reclaim: what a turn says besides its events, and names in its mask and of its task, count as special. */
function restOfDirect(given: DirectCase): Measure {
  const { system, nodes, zonelist, args, task, script } = given;
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
  return [special, sum, places, 0];
}

/**
 * A whole machine: its requests count with its events, its populated zones with its nodes and tasks; what a turn says
 * besides its events, masks, and whatever a request says of nodes and lifetimes count as special.
 */
function restOfWhole(given: WholeScenario): Measure {
  const { system, hasCpus, nodes, tasks, script, afterwards, limit } = given;
  const requests = tasks.flatMap((task) => task.requests);
  const zones = nodes.flatMap((node) => node.zones);
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
  return [special, sum, places, limit];
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
  const length = lengthOf(candidate);
  const differs = length.findIndex((part, i) => part !== measured[i]);
  if (differs >= 0) return length[differs]! < measured[differs]!;
  const rest = restOf(candidate);
  const at = rest.findIndex((part, i) => part !== measured[length.length + i]);
  if (at >= 0) return rest[at]! < measured[length.length + at]!;
  const [written, before] = [JSON.stringify(candidate), JSON.stringify(given)];
  return written.length === before.length ? written < before : written.length < before.length;
}
