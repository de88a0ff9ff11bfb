import {
  gfpOf,
  highestZone,
  v4_0,
  type DirectCase,
  type DirectTurn,
  type Event,
  type ScenarioNode,
  type ScenarioZone,
  type System,
  type ZoneRef,
} from '../model/index.ts';
import { leftOut, parts, replaced, without, withoutFields, type Pass } from './case.ts';
import { PLAIN } from './settings.ts';
import { indexWithout, named, namings, nodeWithout } from './zones.ts';

const withScript = (given: DirectCase, script: readonly DirectTurn[]): DirectCase => ({ ...given, script });

/** The script cut off, or without some of its turns. */
export function* dropDirectTurns(given: DirectCase): Generator<DirectCase> {
  const { script } = given;
  for (const { from, count } of parts(script.length)) yield withScript(given, without(script, from, count));
}

/** The case for the zones that its mask allows. */
const forItsMask = (given: DirectCase): DirectCase => ({
  ...given,
  args: { ...given.args, reclaimIdx: highestZone(v4_0, given.nodes[0]!, gfpOf(given.args.gfpMask)) },
});

const FIELDS = [
  'events',
  'reclaimed',
  'scanned',
  'memcgLowSkipped',
  'skippedDeactivate',
  'wake',
  'signal',
  'timeout',
] as const satisfies readonly (keyof DirectTurn)[];

/** Turns with less in them: a field left out of many, a single event left out, or a turn done earlier. */
export function* emptyDirectTurns(given: DirectCase): Generator<DirectCase> {
  const { script } = given;
  for (const emptier of withoutFields(script, FIELDS)) yield withScript(given, emptier);
  for (const [i, turn] of script.entries()) {
    for (const e of (turn.events ?? []).keys()) {
      yield withScript(given, replaced(script, i, { ...turn, events: without(turn.events!, e) }));
    }
    const last = turn.reclaimed?.findLastIndex((pages) => pages > 0) ?? -1;
    if (turn.reclaimed !== undefined && last < turn.reclaimed.length - 1) {
      const kept = last < 0 ? leftOut(turn, 'reclaimed') : { ...turn, reclaimed: turn.reclaimed.slice(0, last + 1) };
      yield withScript(given, replaced(script, i, kept));
    }
    if (turn.events?.length === 0) yield withScript(given, replaced(script, i, leftOut(turn, 'events')));
  }
}

/** A part of a turn's work done one turn earlier. */
export function* moveDirectEarlier(given: DirectCase): Generator<DirectCase> {
  const { script } = given;
  for (let i = 1; i < script.length; i++) {
    for (const field of FIELDS) {
      const moved = script[i]![field];
      if (moved === undefined || script[i - 1]![field] !== undefined) continue;
      const before: DirectTurn = { ...script[i - 1], [field]: moved };
      yield withScript(given, replaced(replaced(script, i - 1, before), i, leftOut(script[i]!, field)));
    }
  }
}

/** The same nodes with plainer zones, as far as the mask still finds its own. */
export function* renameDirectZones(given: DirectCase): Generator<DirectCase> {
  for (const names of namings(given.nodes[0]!.zones.length)) {
    const renamed = { ...given, nodes: given.nodes.map((node) => ({ ...node, zones: named(node.zones, names) })) };
    yield renamed;
    yield forItsMask(renamed);
  }
}

/** A case without one of its nodes. */
export function* dropDirectNode(given: DirectCase): Generator<DirectCase> {
  const { nodes, zonelist } = given;
  if (nodes.length === 1) return;
  for (const dropped of [...nodes.keys()].toReversed()) {
    const kept = zonelist.filter(([node]) => node !== dropped);
    yield {
      ...given,
      nodes: without(nodes, dropped).map(({ zones, kswapd }, id): ScenarioNode => ({ id, zones, kswapd })),
      zonelist: kept.map(([node, zone]): ZoneRef => [node > dropped ? node - 1 : node, zone]),
    };
  }
}

/** The event without the zone, or nothing if it is of that zone. */
function eventWithout(event: Event, dropped: number, count: number): readonly Event[] {
  const moved = <T extends { readonly zone: number }>(one: T): T => ({
    ...one,
    zone: indexWithout(one.zone, dropped, count),
  });
  if ('take' in event) return event.take.zone === dropped ? [] : [{ take: moved(event.take) }];
  if ('give' in event) return event.give.zone === dropped ? [] : [{ give: moved(event.give) }];
  if ('lruCacheAdd' in event) {
    return event.lruCacheAdd.zone === dropped ? [] : [{ lruCacheAdd: moved(event.lruCacheAdd) }];
  }
  if ('boost' in event) return event.boost.zone === dropped ? [] : [{ boost: moved(event.boost) }];
  return 'wakeup' in event ? [] : [event];
}

function turnWithout(turn: DirectTurn, dropped: number, count: number): DirectTurn {
  const { reclaimed, events, ...rest } = turn;
  return {
    ...rest,
    ...(reclaimed && { reclaimed: without(reclaimed, dropped) }),
    ...(events && { events: events.flatMap((event) => eventWithout(event, dropped, count)) }),
  };
}

/** A case whose nodes lack one of their zones, or have nothing in it. */
export function* dropDirectZone(given: DirectCase): Generator<DirectCase> {
  const { nodes, zonelist, script } = given;
  const count = nodes[0]!.zones.length;
  for (let dropped = count > 1 ? count - 1 : -1; dropped >= 0; dropped--) {
    const kept = zonelist.filter(([, zone]) => zone !== dropped);
    yield forItsMask({
      ...given,
      nodes: nodes.map((node) => nodeWithout(node, dropped)),
      zonelist: kept.map(([node, zone]): ZoneRef => [node, zone > dropped ? zone - 1 : zone]),
      script: script.map((turn) => turnWithout(turn, dropped, count)),
    });
  }
  for (const [n, node] of nodes.entries()) {
    for (const [z, zone] of node.zones.entries()) {
      if (zone.present === 0) continue;
      yield {
        ...given,
        nodes: replaced(nodes, n, { ...node, zones: replaced(node.zones, z, emptied(zone)) }),
        zonelist: zonelist.filter(([on, index]) => on !== n || index !== z),
      };
    }
  }
}

/** A zone with nothing in it. */
export const emptied = (zone: ScenarioZone): ScenarioZone => ({
  ...zone,
  present: 0,
  managed: 0,
  watermark: { min: 0, low: 0, high: 0 },
  boost: 0,
  free: {},
  reservedHighatomic: 0,
  vmstatDrift: 0,
  percpuDriftMark: 0,
  lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 },
  pagesScanned: 0,
  flags: [],
});

/** The system, the mask and the task with nothing special about them. */
export function* plainDirectSettings(given: DirectCase): Generator<DirectCase> {
  const { system, args, task, ...rest } = given;
  const kept = task === undefined ? {} : { task };
  yield { ...given, system: PLAIN };
  for (const key of Object.keys(PLAIN)) yield { ...given, system: { ...system, [key]: PLAIN[key as keyof System] } };
  for (const [n, node] of given.nodes.entries()) {
    for (const [z, zone] of node.zones.entries()) {
      if (zone.flags.length === 0) continue;
      const zones = replaced(node.zones, z, { ...zone, flags: [] });
      yield { ...given, nodes: replaced(given.nodes, n, { ...node, zones }) };
    }
  }
  for (const i of args.gfpMask.keys()) {
    yield forItsMask({ ...rest, system, args: { ...args, gfpMask: without(args.gfpMask, i) }, ...kept });
  }
  if (task === undefined) return;
  yield { ...rest, system, args };
  for (const i of task.keys()) yield { ...given, task: without(task, i) };
}

/** A simplification of any one of the nodes. */
export const ofNodes = (pass: Pass<ScenarioNode>): Pass<DirectCase> =>
  function* (given) {
    for (const [n, old] of given.nodes.entries()) {
      for (const node of pass(old)) yield { ...given, nodes: replaced(given.nodes, n, node) };
    }
  };
