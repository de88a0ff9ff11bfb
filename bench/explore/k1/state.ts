/**
 * K1: kswapd's protocol of v4.0 made small, written as one writes such a model: plain data and pure functions, nothing
 * packed by hand. A node of two zones of four pages, orders 0 and 1, priorities 3 to 1, two pages a batch.
 */
export interface Zone {
  /** Free blocks of order 0 and 1. */
  readonly n0: number;
  readonly n1: number;
  readonly lru: number;
  /** Pages scanned since one was freed, at most six times `lru`. */
  readonly scanned: number;
}

export interface Request {
  /** The highest order asked for, and the lowest zone index. */
  readonly order: number;
  readonly zoneIdx: number;
  /** kswapd was woken while it stood on its queue. */
  readonly woken: boolean;
}

export type Point =
  'check' | 'try1' | 'short' | 'try2' | 'full' | 'after' | 'balance' | 'round' | 'shrink' | 'roundEnd';

export interface Kswapd {
  readonly at: Point;
  readonly order: number;
  readonly newOrder: number;
  readonly zoneIdx: number;
  readonly newZoneIdx: number;
  readonly balancedOrder: number;
  readonly balancedZoneIdx: number;
  readonly remaining: boolean;
  /** The balancing run: its priority, order, end zone, zone at hand, pages reclaimed, and whether pressure is due. */
  readonly priority: number;
  readonly runOrder: number;
  readonly endZone: number;
  readonly zone: number;
  readonly reclaimed: number;
  readonly raise: boolean;
}

export interface State {
  readonly zones: readonly [Zone, Zone];
  readonly request: Request;
  readonly kswapd: Kswapd;
}

export const MANAGED = 4;
export const MOST_LRU = 2;
export const DEF_PRIORITY = 3;
export const BATCH = 2;
export const GAP = 1;
export const ORDERS = [0, 1];
export const INDICES = [0, 1] as const;
export const min = (z: number): number => z;
export const low = (z: number): number => 1 + z;
export const high = (z: number): number => 2 + z;
export const reserve = (z: number, zoneIdx: number): number => (z === 0 && zoneIdx === 1 ? 1 : 0);

const NO_REQUEST = { order: 0, zoneIdx: 1 };

/** The request forgotten, whether kswapd was woken or not. */
export const noRequest = (woken: boolean): Request => ({ ...NO_REQUEST, woken });

const FREE_ZONE: Zone = { n0: 0, n1: 2, lru: 0, scanned: 0 };

export const START: State = {
  zones: [FREE_ZONE, FREE_ZONE],
  request: noRequest(false),
  kswapd: {
    at: 'check',
    order: 0,
    newOrder: 0,
    zoneIdx: 1,
    newZoneIdx: 1,
    balancedOrder: 0,
    balancedZoneIdx: 1,
    remaining: false,
    priority: 0,
    runOrder: 0,
    endZone: 0,
    zone: 0,
    reclaimed: 0,
    raise: false,
  },
};

export const withZone = ({ zones, request, kswapd }: State, z: number, zone: Zone): State => ({
  zones: z === 0 ? [zone, zones[1]] : [zones[0], zone],
  request,
  kswapd,
});

export const withKswapd = ({ zones, request }: State, kswapd: Kswapd): State => ({ zones, request, kswapd });
