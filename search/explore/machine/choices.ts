import type { Scope } from '../../../kernel/schema/scope.ts';
import { hasRule, type Event, type Kernel, type Machine, type Turn, type Zone } from '../../../model/index.ts';
import { shrunkOf } from './shrunk.ts';

/** What the environment of a scope may do in a machine: its events, and its answers to what kswapd waits for. */
export interface Choices {
  /** The events that may happen now. */
  readonly events: (m: Machine) => readonly Event[];
  /** What may come of the wait that kswapd has come to. */
  readonly work: (m: Machine) => readonly Turn[];
  /** What may be left of the wait that kswapd leaves. */
  readonly remaining: (m: Machine) => readonly Turn[];
}

const NOTHING: readonly Turn[] = [{}];
const NONE: readonly Event[] = [];

const lruPages = (lru: Zone['lru']): number => lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;

/** An event that may happen only in some states. */
interface Possible {
  readonly event: Event;
  readonly when: (m: Machine) => boolean;
}

const ALWAYS = (): boolean => true;

const heldPages = ({ managed, freeArea, lru }: Zone): number => managed - freeArea.pages - lruPages(lru);

/** Whether tasks hold so many pages of a zone. */
const isHeld =
  (zone: number, pages: number) =>
  ({ node }: Machine): boolean =>
    heldPages(node.zones[zone]!) >= pages;

/** What tasks take, give and hold, as far as it is there. */
function pagesOf({ zones, events }: Scope): readonly Possible[] {
  const { take = [], give = [], lruCacheAdd = [] } = events;
  return zones.flatMap((_, zone) => [
    ...take.map((order) => ({
      event: { take: { zone, order, count: 1 } },
      when: (m: Machine) => m.node.zones[zone]!.freeArea.nrFree.some((blocks, o) => o >= order && blocks > 0),
    })),
    ...give.map((order) => ({ event: { give: { zone, order, count: 1 } }, when: isHeld(zone, 1 << order) })),
    ...lruCacheAdd.map((pages) => ({ event: { lruCacheAdd: { zone, pages } }, when: isHeld(zone, pages) })),
  ]);
}

/** A task that finds its zones low wakes kswapd for each zone up to the highest that it may use. */
function wakeupsOf({ zones, events }: Scope, k: Kernel): readonly Possible[] {
  const knows = hasRule(k, 'shrinkNode');
  const ways = knows && events.directReclaim !== undefined ? events.directReclaim : [undefined];
  return (events.wakeup ?? []).flatMap((order) =>
    zones.flatMap((_, zoneIdx) =>
      zones.slice(0, zoneIdx + 1).flatMap((_zone, zone) =>
        ways.map((directReclaim) => ({
          event: { wakeup: { zone, order, zoneIdx, ...(directReclaim === undefined ? {} : { directReclaim }) } },
          when: ALWAYS,
        })),
      ),
    ),
  );
}

function othersOf({ zones, events }: Scope): readonly Possible[] {
  const { throttle, pfmemallocCheck, bufferHeads, swap = [], boost = [], freeze, stop } = events;
  const others: Possible[] = [
    ...swap.map((pages) => ({ event: { swap: pages }, when: (m: Machine) => m.system.swapPages !== pages })),
    ...zones.flatMap((_, zone) =>
      boost.map((pages) => ({
        event: { boost: { zone, pages } },
        when: (m: Machine) => m.node.zones[zone]!.boost !== pages,
      })),
    ),
  ];
  if (throttle !== undefined) {
    others.push({ event: { throttle: true }, when: ({ waits }) => waits.throttled < throttle });
  }
  if (pfmemallocCheck !== undefined) {
    others.push({ event: { pfmemallocCheck: true }, when: ({ waits }) => waits.throttled < pfmemallocCheck });
  }
  if (bufferHeads === true) {
    for (const over of [false, true]) {
      others.push({ event: { bufferHeads: over }, when: ({ system }) => system.bufferHeadsOverLimit !== over });
    }
  }
  if (freeze === true) others.push({ event: { freeze: true }, when: ({ waits }) => !waits.freezing });
  if (stop === true) others.push({ event: { stop: true }, when: ({ waits }) => !waits.shouldStop });
  return others;
}

/** What may come of shrinking what kswapd waits for. */
function shrunkInTurn({ turns }: Scope, k: Kernel, { system, node, thread }: Machine): readonly Turn[] {
  const { balance, nodeBalance } = thread;
  const isShrunk = hasRule(k, 'shrinkNode')
    ? (zone: number): boolean => zone <= nodeBalance.reclaimIdx
    : (zone: number): boolean => zone === balance.zone;
  return shrunkOf(turns, k, system, node, isShrunk);
}

function mergedOf({ turns }: Scope, m: Machine): readonly Turn[] {
  const merges = m.node.zones.flatMap(({ freeArea }, zone) =>
    turns.merged
      .filter(({ from, to }) => freeArea.lists.movable[from]! >= 1 << (to - from))
      .map(({ from, to, count }) => ({ merge: [{ zone, from, to, count }] })),
  );
  return [{}, ...merges];
}

/** The choices that a scope leaves to the environment of a kernel's kswapd. */
export function choicesOf(scope: Scope, k: Kernel): Choices {
  const possible = [...pagesOf(scope), ...wakeupsOf(scope, k), ...othersOf(scope)];
  const left = [...new Set(scope.turns.remaining)].map((remaining) => ({ remaining }));
  return {
    events: (m) => (possible.length === 0 ? NONE : possible.filter(({ when }) => when(m)).map(({ event }) => event)),
    work: (m) => {
      if (m.thread.at === 'shrink') return shrunkInTurn(scope, k, m);
      return m.thread.at === 'compact' ? mergedOf(scope, m) : NOTHING;
    },
    remaining: (m) => (m.thread.at === 'shortSleep' && m.waits.woken ? left : NOTHING),
  };
}
