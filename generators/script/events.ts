import { MAX_ORDER, type Event, type Machine, type Zone } from '../../model/index.ts';
import { pickZone } from '../pickZone.ts';
import { lruPages } from '../zone/lru.ts';
import type { EventPlan, Take, WakeOrder, WakePlan } from './plan.ts';

/** The events of a plan, as the machine stands. */
export function eventsOf(m: Machine, plan: EventPlan): readonly Event[] {
  switch (plan.does) {
    case 'allocate':
      return allocation(m, plan.zone, plan.order, plan.take, plan.wake);
    case 'free':
      return release(m, plan.zone, plan.order, plan.take);
    case 'cache':
      return cached(m, plan.zone, plan.take);
    case 'wake':
      return [wakeup(m, pickZone(m.node, plan.zone), plan.order, plan.wake)];
    case 'drain':
      return drained(m, plan.order, plan.take, plan.wake);
    case 'boost': {
      const zone = pickZone(m.node, plan.zone);
      return [{ boost: { zone, pages: Math.floor((m.node.zones[zone]!.watermark.high * plan.eighths) / 8) } }];
    }
    case 'throttle':
      return [{ throttle: true }];
    case 'pfmemallocCheck':
      return [{ pfmemallocCheck: true }];
    case 'freeze':
      return [{ freeze: true }];
    case 'bufferHeads':
      return [{ bufferHeads: plan.over }];
    case 'swap':
      return [{ swap: plan.pages }];
  }
}

/** The page allocator takes blocks and, if that may have made the zone low, wakes kswapd. */
function allocation(
  m: Machine,
  drawn: number,
  order: number,
  take: Take,
  wake: WakePlan | undefined,
): readonly Event[] {
  const zone = pickZone(m.node, drawn);
  const count = Math.max(1, Math.floor(pagesToTake(m, m.node.zones[zone]!, take, order) / (1 << order)));
  const taken: Event = { take: { zone, order, count } };
  return wake === undefined ? [taken] : [taken, wakeup(m, zone, order, wake)];
}

function pagesToTake({ system }: Machine, zone: Zone, take: Take, order: number): number {
  switch (take.by) {
    case 'blocks':
      return take.count * (1 << order);
    case 'part':
      return Math.floor((zone.freeArea.pages * take.eighths) / 8);
    case 'mark': {
      const mark = take.mark === 'halfMin' ? Math.floor(zone.watermark.min / 2) : zone.watermark[take.mark];
      return zone.freeArea.pages - (system.cma ? zone.freeArea.cmaPages : 0) - mark - take.off;
    }
  }
}

/** Allocators take from one zone after the other, the highest first, and then wake kswapd. */
function drained(m: Machine, order: number, take: Take, wake: WakePlan | undefined): readonly Event[] {
  const populated = m.node.zones.flatMap(({ managed }, zone) => (managed > 0 ? [zone] : [])).toReversed();
  const taken = populated.flatMap((zone): readonly Event[] => {
    const count = Math.floor(pagesToTake(m, m.node.zones[zone]!, take, order) / (1 << order));
    return count > 0 ? [{ take: { zone, order, count } }] : [];
  });
  const [highest] = populated;
  return wake === undefined || highest === undefined ? taken : [...taken, wakeup(m, highest, order, wake)];
}

/** Pages of a zone that tasks hold, as many as a plan wants of them: it aims at so many free pages, if at a mark. */
function heldPages({ managed, freeArea, lru, watermark }: Zone, take: Take, order: number): number {
  const held = managed - freeArea.pages - lruPages(lru);
  switch (take.by) {
    case 'blocks':
      return Math.min(held, take.count * (1 << order));
    case 'part':
      return Math.floor((held * take.eighths) / 8);
    case 'mark':
      return Math.min(held, watermark.high + take.off - freeArea.pages);
  }
}

/** Pages in use are freed, no more than there are. */
function release(m: Machine, drawn: number, order: number, take: Take): readonly Event[] {
  const zone = pickZone(m.node, drawn);
  const count = Math.floor(heldPages(m.node.zones[zone]!, take, order) / (1 << order));
  return count > 0 ? [{ give: { zone, order, count } }] : [];
}

/** Pages in use become page cache, no more than there are: as many as would do for the high mark, once reclaimed. */
function cached(m: Machine, drawn: number, take: Take): readonly Event[] {
  const zone = pickZone(m.node, drawn);
  const pages = heldPages(m.node.zones[zone]!, take, 0);
  return pages > 0 ? [{ lruCacheAdd: { zone, pages } }] : [];
}

function wakeup(m: Machine, zone: number, own: number, wake: WakePlan): Event {
  const last = m.node.zones.length - 1;
  const zoneIdx = wake.zoneIdx < 0 ? 0 : Math.max(zone, Math.min(wake.zoneIdx, last));
  const order = wakeOrder(m, own, wake.order);
  if (wake.directReclaim === undefined) return { wakeup: { zone, order, zoneIdx } };
  return { wakeup: { zone, order, zoneIdx, directReclaim: wake.directReclaim } };
}

function wakeOrder({ node, thread }: Machine, own: number, relative: WakeOrder): number {
  const pending = node.kswapd.order;
  const orders: Readonly<Record<WakeOrder, number>> = {
    own,
    pending,
    pendingAbove: pending + 1,
    pendingBelow: pending - 1,
    served: thread.order,
    servedAbove: thread.order + 1,
  };
  return Math.min(MAX_ORDER - 1, Math.max(0, orders[relative]));
}
