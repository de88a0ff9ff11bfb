import { used, watermarkOk, zoneBalanced } from './rules.ts';
import { INDICES, low, min, MOST_LRU, ORDERS, withZone, type Point, type State, type Zone } from './state.ts';

/** Hears of a state that a move leads to. */
export type Reach = (next: State, move: string) => void;

const WAITING: ReadonlySet<Point> = new Set<Point>(['try1', 'short', 'try2', 'full']);

const wakeup = (state: State, z: number, order: number, zoneIdx: number): State => {
  const { zones, kswapd } = state;
  let { request } = state;
  if (request.order < order) {
    request = { order, zoneIdx: Math.min(request.zoneIdx, zoneIdx), woken: request.woken };
  }
  if (!request.woken && WAITING.has(kswapd.at) && !zoneBalanced(zones[z as 0 | 1], z, order, 0, 0)) {
    request = { order: request.order, zoneIdx: request.zoneIdx, woken: true };
  }
  return request === state.request ? state : { zones, request, kswapd };
};

/** The zone that serves a request: the first from `zoneIdx` down that is above its mark, or -1. */
const serving = ({ zones }: State, order: number, zoneIdx: number, mark: (z: number) => number): number => {
  for (let z = zoneIdx; z >= 0; z--) if (watermarkOk(zones[z as 0 | 1], z, order, mark(z), zoneIdx)) return z;
  return -1;
};

const take = ({ n0, n1, lru, scanned }: Zone, order: number, cached: number): Zone => {
  if (order === 1) return { n0, n1: n1 - 1, lru: lru + cached, scanned };
  return n0 > 0
    ? { n0: n0 - 1, n1, lru: lru + cached, scanned }
    : { n0: n0 + 1, n1: n1 - 1, lru: lru + cached, scanned };
};

/** A task allocates: the pages are its own, or the page cache's. */
const allocate = (state: State, zoneIdx: number, order: number, reach: Reach): void => {
  let z = serving(state, order, zoneIdx, low);
  let asked = state;
  if (z < 0) {
    for (let i = zoneIdx; i >= 0; i--) asked = wakeup(asked, i, order, zoneIdx);
    z = serving(state, order, zoneIdx, min);
  }
  if (z < 0) {
    reach(asked, 'refuse');
    return;
  }
  const zone = state.zones[z as 0 | 1];
  reach(withZone(asked, z, take(zone, order, 0)), 'allocate');
  if (zone.lru + (1 << order) <= MOST_LRU) reach(withZone(asked, z, take(zone, order, 1 << order)), 'cache');
};

/** What tasks may do, wherever kswapd stands. */
export const environment = (state: State, reach: Reach): void => {
  for (const zoneIdx of INDICES) for (const order of ORDERS) allocate(state, zoneIdx, order, reach);
  for (const z of INDICES) {
    const zone = state.zones[z];
    const { n0, n1, lru } = zone;
    if (used(zone) === 0) continue;
    reach(withZone(state, z, { n0: n0 + 1, n1, lru, scanned: 0 }), 'free');
    if (n0 > 0) reach(withZone(state, z, { n0: n0 - 1, n1: n1 + 1, lru, scanned: 0 }), 'free and merge');
  }
};
