import { applyEvent, bootScenario, describeNode, type Event, type Kernel, type Scenario } from '../model/index.ts';
import { parts, replaced, without } from './case.ts';

/** An event and where it stands. */
interface Placed {
  readonly turn: number;
  readonly event: Event;
}

const placedEvents = ({ script }: Scenario): readonly Placed[] =>
  script.flatMap(({ events }, turn) => (events ?? []).map((event) => ({ turn, event })));

/** The scenario with other events, each in its turn. */
function withEvents(given: Scenario, placed: readonly Placed[]): Scenario {
  const byTurn = given.script.map((): Event[] => []);
  for (const { turn, event } of placed) byTurn[turn]!.push(event);
  const script = given.script.map(({ events: _old, ...work }, i) =>
    byTurn[i]!.length > 0 ? { ...work, events: byTurn[i]! } : work,
  );
  return { ...given, script };
}

/** Fewer events. */
export function* dropEvents(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (const { from, count } of parts(placed.length)) yield withEvents(given, without(placed, from, count));
  for (const [t, turn] of given.script.entries()) {
    for (const { from, count } of parts(turn.merge?.length ?? 0)) {
      yield { ...given, script: replaced(given.script, t, { ...turn, merge: without(turn.merge!, from, count) }) };
    }
  }
}

/** What an event did before the run: kswapd finds the machine as the event has left it. */
export function* hoistEvents(k: Kernel, given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (let i = 0; i < placed.length; i++) {
    const { machine } = applyEvent(k, bootScenario(k, given), placed[i]!.event);
    const node = describeNode(machine.node);
    yield { ...withEvents(given, without(placed, i)), system: machine.system, node };
  }
}

/** Pages that a zone gains (negative: loses) by an event, in blocks of an order. */
interface Exchange {
  readonly zone: number;
  readonly order: number;
  readonly blocks: number;
}

function exchangeOf(event: Event): Exchange | undefined {
  if ('take' in event) return { zone: event.take.zone, order: event.take.order, blocks: -event.take.count };
  return 'give' in event ? { zone: event.give.zone, order: event.give.order, blocks: event.give.count } : undefined;
}

/** Two events of the same zone as one, or none if they cancel out; undefined if they do not go together. */
function asOne(a: Event, b: Event): readonly Event[] | undefined {
  if ('lruCacheAdd' in a) {
    if (!('lruCacheAdd' in b) || a.lruCacheAdd.zone !== b.lruCacheAdd.zone) return undefined;
    return [{ lruCacheAdd: { zone: a.lruCacheAdd.zone, pages: a.lruCacheAdd.pages + b.lruCacheAdd.pages } }];
  }
  const [first, second] = [exchangeOf(a), exchangeOf(b)];
  return first === undefined || first.zone !== second?.zone ? undefined : joined(first, second);
}

/** One exchange for two of the same zone, in blocks of the smaller order; nothing if they cancel out. */
function joined(a: Exchange, b: Exchange): readonly Event[] {
  const order = Math.min(a.order, b.order);
  const blocks = a.blocks * 2 ** (a.order - order) + b.blocks * 2 ** (b.order - order);
  if (blocks === 0) return [];
  const args = { zone: a.zone, order, count: Math.abs(blocks) };
  return [blocks < 0 ? { take: args } : { give: args }];
}

/** Events that move pages of a zone and follow one another as one, or none, at the place of either. */
export function* joinEvents(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (const [i, { event, turn }] of placed.entries()) {
    const j = placed.findIndex((other, at) => at > i && asOne(event, other.event) !== undefined);
    if (j < 0) continue;
    const events = asOne(event, placed[j]!.event)!;
    const atFirst = events.map((one) => ({ turn, event: one }));
    const atSecond = events.map((one) => ({ turn: placed[j]!.turn, event: one }));
    yield withEvents(given, [...placed.slice(0, i), ...atFirst, ...placed.slice(i + 1, j), ...placed.slice(j + 1)]);
    yield withEvents(given, [...placed.slice(0, i), ...placed.slice(i + 1, j), ...atSecond, ...placed.slice(j + 1)]);
  }
}

/** A wake-up that asks for nothing much, in place of something else that another task does. */
export function* wakeInstead(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  const zoneIdx = given.node.zones.length - 1;
  for (const [i, { turn, event }] of placed.entries()) {
    if (!('wakeup' in event)) {
      yield withEvents(given, replaced(placed, i, { turn, event: { wakeup: { zone: 0, order: 0, zoneIdx } } }));
    }
  }
}

/** Wake-ups by allocators of which nothing special is said. */
export function* plainEvents(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (const [i, { turn, event }] of placed.entries()) {
    if (!('wakeup' in event) || event.wakeup.directReclaim === undefined) continue;
    const { directReclaim: _said, ...wakeup } = event.wakeup;
    yield withEvents(given, replaced(placed, i, { turn, event: { wakeup } }));
  }
}

/** As many pages taken or given in smaller blocks. */
export function* splitEvents(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (const [i, { turn, event }] of placed.entries()) {
    const { zone, order, blocks } = exchangeOf(event) ?? { zone: 0, order: 0, blocks: 0 };
    for (let smaller = 0; smaller < order; smaller++) {
      const args = { zone, order: smaller, count: Math.abs(blocks) * 2 ** (order - smaller) };
      yield withEvents(given, replaced(placed, i, { turn, event: blocks < 0 ? { take: args } : { give: args } }));
    }
  }
}

/** Neighbouring events the other way round, and single events one turn earlier. */
export function* reorderEvents(given: Scenario): Generator<Scenario> {
  const placed = placedEvents(given);
  for (let i = 0; i < placed.length; i++) {
    const { turn, event } = placed[i]!;
    if (turn > 0) yield withEvents(given, replaced(placed, i, { turn: turn - 1, event }));
    const next = placed[i + 1];
    if (next === undefined || next.turn !== turn) continue;
    yield withEvents(given, replaced(replaced(placed, i, next), i + 1, { turn, event }));
  }
}
