import {
  ZONE_NAMES,
  type Event,
  type Question,
  type RawNode,
  type RawZone,
  type Scenario,
  type ScenarioNode,
  type ScenarioZone,
  type SetupCase,
  type Turn,
  type ZoneName,
} from '../model/index.ts';
import { without } from './case.ts';
import { nameWeight } from './measure.ts';

/** What becomes of a zone index when a zone is dropped; that zone's own index becomes that of a neighbour. */
export const indexWithout = (index: number, dropped: number, count: number): number =>
  index > dropped || index === count - 1 ? Math.max(0, index - 1) : index;

export function nodeWithout(node: ScenarioNode, dropped: number): ScenarioNode {
  const count = node.zones.length;
  const withoutReserve = (zone: ScenarioZone): ScenarioZone => {
    const lowmemReserve = without(zone.lowmemReserve, dropped);
    return { ...zone, lowmemReserve };
  };
  const zones = without(node.zones, dropped).map(withoutReserve);
  return { ...node, zones, kswapd: { ...node.kswapd, zoneIdx: indexWithout(node.kswapd.zoneIdx, dropped, count) } };
}

/** A turn without a zone; what other tasks did there goes away too, or happens in a neighbouring zone. */
function turnWithout(turn: Turn, dropped: number, count: number, keepEvents: boolean): Turn {
  const { reclaimed, merge, events, ...rest } = turn;
  const stays = ({ zone }: { readonly zone: number }): boolean => zone !== dropped;
  const moved = <T extends { readonly zone: number }>(args: T): T => ({
    ...args,
    zone: indexWithout(args.zone, dropped, count),
  });
  const keptEvents = (events ?? []).flatMap((event): readonly Event[] => {
    if ('take' in event) return keepEvents || stays(event.take) ? [{ take: moved(event.take) }] : [];
    if ('give' in event) return keepEvents || stays(event.give) ? [{ give: moved(event.give) }] : [];
    if ('lruCacheAdd' in event) {
      return keepEvents || stays(event.lruCacheAdd) ? [{ lruCacheAdd: moved(event.lruCacheAdd) }] : [];
    }
    if ('boost' in event) return keepEvents || stays(event.boost) ? [{ boost: moved(event.boost) }] : [];
    if (!('wakeup' in event)) return [event];
    if (!keepEvents && !stays(event.wakeup)) return [];
    return [{ wakeup: { ...moved(event.wakeup), zoneIdx: indexWithout(event.wakeup.zoneIdx, dropped, count) } }];
  });
  return {
    ...rest,
    ...(reclaimed && { reclaimed: without(reclaimed, dropped) }),
    ...(merge && { merge: merge.filter((one) => keepEvents || stays(one)).map(moved) }),
    ...(events && { events: keptEvents }),
  };
}

/** A run without one of its zones. */
export function* dropZone(given: Scenario): Generator<Scenario> {
  const count = given.node.zones.length;
  if (count === 1) return;
  for (const keepEvents of [false, true]) {
    for (let dropped = count - 1; dropped >= 0; dropped--) {
      const script = given.script.map((turn) => turnWithout(turn, dropped, count, keepEvents));
      yield { ...given, node: nodeWithout(given.node, dropped), script };
    }
  }
}

/** A question about a node without one of its zones; about a neighbour, if the zone itself was asked about. */
export function* dropAskedZone(given: Question): Generator<Question> {
  const count = given.node.zones.length;
  if (count === 1) return;
  const { args } = given;
  for (let dropped = count - 1; dropped >= 0; dropped--) {
    const zone = indexWithout(args.zone, dropped, count);
    const zoneIdx = indexWithout(args.zoneIdx, dropped, count);
    const node = nodeWithout(given.node, dropped);
    yield { ...given, node, args: { ...args, zone, zoneIdx } };
    // What the zone kept from requests that may use the dropped one becomes part of the mark.
    const kept = given.node.zones[args.zone]!.lowmemReserve[args.zoneIdx]! - node.zones[zone]!.lowmemReserve[zoneIdx]!;
    yield { ...given, node, args: { ...args, zone, zoneIdx, mark: Math.max(0, args.mark + kept) } };
  }
}

const numbered = (node: RawNode, id: number): RawNode => ({ id, zones: node.zones });

/** A set-up of fewer nodes, without high memory in Movable, or of nodes with fewer zones. */
export function* dropSetupParts({ nodes, args }: SetupCase): Generator<SetupCase> {
  if (nodes.length > 1) {
    for (const i of nodes.keys()) yield { nodes: without(nodes, i).map(numbered), args };
  }
  if (args.movableIsHighmem === true) yield { nodes, args: { ...args, movableIsHighmem: false } };
  const ratios = args.lowmemReserveRatio;
  const count = nodes[0]!.zones.length;
  for (let dropped = count > 1 ? count - 1 : -1; dropped >= 0; dropped--) {
    const lowmemReserveRatio = without(ratios, Math.min(dropped, ratios.length - 1));
    const withoutReserve = (zone: RawZone): RawZone =>
      zone.lowmemReserve === undefined ? zone : { ...zone, lowmemReserve: without(zone.lowmemReserve, dropped) };
    const fewer = ({ id, zones }: RawNode): RawNode => ({ id, zones: without(zones, dropped).map(withoutReserve) });
    yield { nodes: nodes.map(fewer), args: { ...args, lowmemReserveRatio } };
  }
}

/** Ways to name so many zones, the plainest first. */
export function namings(count: number): readonly (readonly ZoneName[])[] {
  const subsets = Array.from({ length: 2 ** ZONE_NAMES.length }, (_, bits) =>
    ZONE_NAMES.filter((_name, i) => (bits & (1 << i)) !== 0),
  );
  return subsets.filter(({ length }) => length === count).toSorted((a, b) => nameWeight(a) - nameWeight(b));
}

/** The zones with other names, one by one. */
export function named<Z extends Pick<ScenarioZone, 'name'>>(
  zones: readonly Z[],
  names: readonly ZoneName[],
): readonly Z[] {
  const rename = (zone: Z, i: number): Z => ({ ...zone, name: names[i]! });
  return zones.map(rename);
}

/** The same node with plainer zones: one alone is Normal. */
export function* renameZones(node: ScenarioNode): Generator<ScenarioNode> {
  for (const names of namings(node.zones.length)) yield { ...node, zones: named(node.zones, names) };
}

/** The same set-up with plainer zones. */
export function* renameSetupZones({ nodes, args }: SetupCase): Generator<SetupCase> {
  for (const names of namings(nodes[0]!.zones.length)) {
    yield { nodes: nodes.map(({ id, zones }) => ({ id, zones: named(zones, names) })), args };
  }
}
