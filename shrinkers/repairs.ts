import {
  hasRule,
  MAX_RECLAIM_RETRIES,
  type Event,
  type Kernel,
  type Scenario,
  type ScenarioZone,
  type Turn,
} from '../model/index.ts';
import { replaced, without, type Pass } from './case.ts';
import { emptied } from './direct.ts';
import { evictablePages } from './pages.ts';
import { FEW_PAGES, ZONE_CHANGES } from './zoneChanges.ts';
import { tidyTurn } from './turns.ts';
import { namings } from './zones.ts';

/** A small change, which need not make a case simpler, or undefined where there is nothing to change. */
type Repair = (given: Scenario) => Scenario | undefined;

/** The least orders. */
const ORDERS = [0, 1, 2] as const;

/** More zones than these show no more, as far as is known. */
const MOST_ZONES = 2;

const ofWakeup =
  (change: object) =>
  (event: Event): Event | undefined =>
    'wakeup' in event ? { wakeup: { ...event.wakeup, ...change } } : undefined;

/** Changes of an event on a node of so many zones. */
function eventChanges(zones: number): readonly ((event: Event) => Event | undefined)[] {
  const indices = [...Array.from({ length: zones }).keys()];
  return [
    ...ORDERS.map((order) => ofWakeup({ order })),
    ...indices.map((zoneIdx) => ofWakeup({ zoneIdx })),
    ...indices.map((zone) => ofWakeup({ zone })),
    (event) => ('take' in event ? { take: { ...event.take, count: event.take.count + 1 } } : undefined),
    (event) => ('give' in event ? { give: { ...event.give, count: event.give.count + 1 } } : undefined),
    (event) =>
      'lruCacheAdd' in event
        ? { lruCacheAdd: { ...event.lruCacheAdd, pages: event.lruCacheAdd.pages + 1 } }
        : undefined,
  ];
}

/** Small changes to what a scenario starts with. */
function* toStart({ system, node }: Scenario, k: Kernel): Generator<Repair> {
  const byNode = hasRule(k, 'shrinkNode');
  for (const i of node.zones.keys()) {
    for (const change of ZONE_CHANGES) {
      yield (given) => {
        const zone = given.node.zones[i] && change(given.node.zones[i], byNode);
        return zone && { ...given, node: { ...given.node, zones: replaced(given.node.zones, i, zone) } };
      };
    }
  }
  const requests = [
    ...ORDERS.map((order) => ({ order })),
    ...[...node.zones.keys()].map((zoneIdx) => ({ zoneIdx })),
    ...(byNode ? [0, MAX_RECLAIM_RETRIES].map((failures) => ({ failures })) : []),
  ];
  for (const change of requests) {
    yield (given) => ({ ...given, node: { ...given.node, kswapd: { ...given.node.kswapd, ...change } } });
  }
  if (node.zones.length < MOST_ZONES) for (const at of [0, node.zones.length]) yield (given) => withZoneAt(given, at);
  yield (given) => ({ ...given, system: { ...system, compaction: !system.compaction } });
}

/**
 * One more zone, which manages nothing, above the others or below. Requests that may use all of them may use it too.
 */
function withZoneAt(given: Scenario, at: number): Scenario {
  const { node, script } = given;
  const { zones, kswapd } = node;
  const names = namings(zones.length + 1)[0]!;
  const moved = (index: number): number => (index >= at || index === zones.length - 1 ? index + 1 : index);
  const reserved = ({ lowmemReserve: of }: ScenarioZone): readonly number[] =>
    at === 0 ? [0, ...of] : [...of, of.at(-1)!];
  const empty: ScenarioZone = { ...emptied(zones[0]!), present: 1, lowmemReserve: zones.map(() => 0) };
  const more = [...zones.slice(0, at), empty, ...zones.slice(at)];
  const withName = (zone: ScenarioZone, i: number): ScenarioZone => ({
    ...zone,
    name: names[i]!,
    lowmemReserve: reserved(zone),
  });
  return {
    ...given,
    node: { ...node, zones: more.map(withName), kswapd: { ...kswapd, zoneIdx: moved(kswapd.zoneIdx) } },
    script: script.map((turn) => turnWithZone(turn, at, moved)),
  };
}

function turnWithZone(
  { reclaimed, merge, events, ...turn }: Turn,
  at: number,
  moved: (zoneIdx: number) => number,
): Turn {
  const after = <T extends { readonly zone: number }>(of: T): T => ({
    ...of,
    zone: of.zone >= at ? of.zone + 1 : of.zone,
  });
  return {
    ...turn,
    ...(reclaimed && { reclaimed: [...reclaimed.slice(0, at), 0, ...reclaimed.slice(at)] }),
    ...(merge && { merge: merge.map(after) }),
    ...(events && {
      events: events.map((event): Event => {
        if ('take' in event) return { take: after(event.take) };
        if ('give' in event) return { give: after(event.give) };
        if ('lruCacheAdd' in event) return { lruCacheAdd: after(event.lruCacheAdd) };
        if ('boost' in event) return { boost: after(event.boost) };
        if (!('wakeup' in event)) return event;
        return { wakeup: { ...after(event.wakeup), zoneIdx: moved(event.wakeup.zoneIdx) } };
      }),
    }),
  };
}

/** Small changes to what happens. */
function* toScript({ node, script }: Scenario): Generator<Repair> {
  const changes = eventChanges(node.zones.length);
  for (const [t, turn] of script.entries()) {
    const inTurn =
      (change: (now: Turn) => Turn | undefined): Repair =>
      (given) => {
        const now = given.script[t];
        const changed = now && change(now);
        return changed && { ...given, script: replaced(given.script, t, tidyTurn(changed)) };
      };
    yield inTurn((now) => (now.remaining === 1 ? undefined : { ...now, remaining: 1 }));
    for (const [i, { lru }] of node.zones.entries()) {
      for (const pages of new Set([0, ...FEW_PAGES, evictablePages(lru)])) {
        yield inTurn((now) => ({
          ...now,
          reclaimed: node.zones.map((_, z) => (z === i ? pages : (now.reclaimed?.[z] ?? 0))),
        }));
      }
    }
    for (const e of (turn.events ?? []).keys()) {
      for (const change of changes) {
        yield inTurn((now) => {
          const event = now.events?.[e] && change(now.events[e]);
          return event && { ...now, events: replaced(now.events!, e, event) };
        });
      }
      if (t > 0) yield (given) => movedEarlier(given, t, e);
    }
  }
}

/** The scenario with an event done one turn earlier. */
function movedEarlier(given: Scenario, turn: number, index: number): Scenario | undefined {
  const [before, now] = [given.script[turn - 1], given.script[turn]];
  const event = now?.events?.[index];
  if (before === undefined || event === undefined) return undefined;
  const earlier = tidyTurn({ ...before, events: [...(before.events ?? []), event] });
  const later = tidyTurn({ ...now, events: without(now!.events!, index) });
  return { ...given, script: replaced(replaced(given.script, turn - 1, earlier), turn, later) };
}

/** Longer scripts than these are left as they are: there would be too many ways. */
const FEW_TURNS = { 1: 16, 2: 5 } as const;

/** What a pass leaves out, and what is changed so that the rest may show the same: one thing, or two. */
export const repaired = (k: Kernel, pass: Pass<Scenario>, changes: 1 | 2): Pass<Scenario> =>
  function* (given) {
    if (given.script.length > FEW_TURNS[changes]) return;
    for (const less of pass(given)) {
      const repairs = [...toStart(less, k), ...toScript(less)];
      for (const [i, first] of repairs.entries()) {
        const once = first(less);
        if (once === undefined) continue;
        if (changes === 1) yield once;
        else yield* repairs.slice(i + 1).flatMap((second) => second(once) ?? []);
      }
    }
  };
