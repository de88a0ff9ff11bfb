import type { Event, Turn, WholeEvent, WholeTurn, DirectTurn } from '../../model/index.ts';
import type { Case, CaseKind } from '../../properties/index.ts';
import type { Random } from './random.ts';
import { isBranch, listIn, withField, type Branch } from './mutate/tree.ts';

/** A name of each member of a union of records with one field. */
type NameOf<E> = E extends unknown ? keyof E : never;
type Names = readonly string[];

const NODE_EVENTS: Names = [
  'take',
  'give',
  'lruCacheAdd',
  'wakeup',
  'throttle',
  'pfmemallocCheck',
  'bufferHeads',
  'swap',
  'boost',
  'freeze',
  'stop',
] satisfies readonly NameOf<Event>[];
const WHOLE_EVENTS: Names = ['online', 'merge', 'swap', 'bufferHeads', 'kill'] satisfies readonly NameOf<WholeEvent>[];

/** What the environment of each kind of case does, that can be left away: kinds of event, and fields of a turn. */
const KINDS: Readonly<Record<CaseKind, { readonly events: Names; readonly fields: Names }>> = {
  setup: { events: [], fields: [] },
  question: { events: [], fields: [] },
  scenario: {
    events: NODE_EVENTS,
    fields: ['reclaimed', 'scanned', 'merge', 'remaining'] satisfies readonly (keyof Turn)[],
  },
  direct: {
    events: NODE_EVENTS,
    fields: ['reclaimed', 'scanned', 'wake', 'signal', 'timeout'] satisfies readonly (keyof DirectTurn)[],
  },
  machine: {
    events: WHOLE_EVENTS,
    fields: ['reclaimed', 'scanned', 'merge', 'remaining', 'signal', 'timeout'] satisfies readonly (keyof WholeTurn)[],
  },
};

/** Once in so many batches, something is left away. */
const SWARM_EVERY = 8;
/** Once in so many times, a kind of event, and a field of turns, is left away. */
const EVENT_OFF = 2;
const FIELD_OFF = 4;

/** What the environment does not do in a batch: kinds of event, and fields of turns. Nothing, in most of them. */
export function drawOff(random: Random, kind: CaseKind): ReadonlySet<string> {
  if (!random.oneIn(SWARM_EVERY)) return new Set();
  const { events, fields } = KINDS[kind];
  return new Set([...events.filter(() => random.oneIn(EVENT_OFF)), ...fields.filter(() => random.oneIn(FIELD_OFF))]);
}

/** The case with an environment that does nothing of what is off. */
export function without(given: Case, kind: CaseKind, off: ReadonlySet<string>): Case {
  if (off.size === 0) return given;
  const { fields } = KINDS[kind];
  const branch = given as unknown as Branch;
  const script = (listIn(branch, 'script') as readonly Branch[]).map((turn): Branch => {
    const kept = Object.entries(turn).filter(([field]) => !(off.has(field) && fields.includes(field)));
    const events = listIn(turn, 'events').filter((event) => !isBranch(event) || !Object.keys(event).some(isOff));
    return turn['events'] === undefined
      ? Object.fromEntries(kept)
      : withField(Object.fromEntries(kept), 'events', events);
  });
  return withField(branch, 'script', script) as unknown as Case;

  function isOff(name: string): boolean {
    return off.has(name);
  }
}
