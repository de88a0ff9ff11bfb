import type { Reach } from './environment.ts';
import { compactable, nodeBalanced, reclaimable, sleeps, zoneBalanced } from './rules.ts';
import { BATCH, DEF_PRIORITY, GAP, noRequest, withKswapd, withZone, type Kswapd, type State } from './state.ts';

const endRun = (kswapd: Kswapd): Kswapd => ({
  ...kswapd,
  at: 'check',
  balancedOrder: kswapd.runOrder,
  balancedZoneIdx: kswapd.endZone,
  priority: 0,
  runOrder: 0,
  endZone: 0,
  zone: 0,
  reclaimed: 0,
  raise: false,
});

const nextZone = (kswapd: Kswapd, raise: boolean): Kswapd =>
  kswapd.zone >= kswapd.endZone
    ? { ...kswapd, at: 'roundEnd', zone: 0, raise }
    : { ...kswapd, zone: kswapd.zone + 1, raise };

const check = (state: State): State => {
  const { zones, kswapd } = state;
  let { request } = state;
  let { newOrder, newZoneIdx } = kswapd;
  if (kswapd.balancedZoneIdx >= newZoneIdx && kswapd.balancedOrder === newOrder) {
    newOrder = request.order;
    newZoneIdx = request.zoneIdx;
    request = noRequest(request.woken);
  }
  const harder = kswapd.order < newOrder || kswapd.zoneIdx > newZoneIdx;
  return {
    zones,
    request,
    kswapd: harder
      ? { ...kswapd, at: 'balance', order: newOrder, zoneIdx: newZoneIdx, newOrder, newZoneIdx }
      : { ...kswapd, at: 'try1', newOrder, newZoneIdx },
  };
};

/** What reclaim may do to a zone: scan it in vain, or free pages, of which some merge. */
const shrink = (state: State, reach: Reach): void => {
  const { kswapd } = state;
  const z = kswapd.zone;
  const zone = state.zones[z as 0 | 1];
  if (kswapd.priority !== DEF_PRIORITY && !reclaimable(zone)) {
    reach(withKswapd(state, nextZone(kswapd, kswapd.raise)), 'skip');
    return;
  }
  const testOrder = kswapd.runOrder === 1 && compactable(zone, z, kswapd.endZone) ? 0 : kswapd.runOrder;
  if (zoneBalanced(zone, z, testOrder, GAP, kswapd.endZone)) {
    reach(withKswapd(state, nextZone(kswapd, false)), 'pass over');
    return;
  }
  const { n0, n1, lru, scanned } = zone;
  const scan = lru === 0 ? 0 : Math.max(1, lru >> (kswapd.priority - 1));
  const after = nextZone(kswapd, kswapd.raise && scan < BATCH);
  const inVain = withZone(state, z, { n0, n1, lru, scanned: Math.min(scanned + scan, 6 * lru) });
  reach(withKswapd(inVain, after), 'scan in vain');
  for (let freed = 1; freed <= Math.min(scan, BATCH); freed++) {
    const counted = { ...after, reclaimed: kswapd.reclaimed + freed };
    for (let merged = 0; merged <= freed && n0 + freed - 2 * merged >= 0; merged++) {
      const shrunk = { n0: n0 + freed - 2 * merged, n1: n1 + merged, lru: lru - freed, scanned: 0 };
      reach(withKswapd(withZone(state, z, shrunk), counted), 'reclaim');
    }
  }
};

const roundEnd = (state: State): State => {
  const { kswapd } = state;
  const runOrder = kswapd.runOrder === 1 && kswapd.reclaimed >= 4 ? 0 : kswapd.runOrder;
  const priority = kswapd.raise || kswapd.reclaimed === 0 ? kswapd.priority - 1 : kswapd.priority;
  const next: Kswapd = { ...kswapd, at: 'round', runOrder, priority, reclaimed: 0, raise: false };
  const again = priority >= 1 && !nodeBalanced(state, runOrder, kswapd.balancedZoneIdx);
  return withKswapd(state, again ? next : endRun(next));
};

/** A round begins at the highest zone that is not balanced, or the run is over. */
const round = (state: State): State => {
  const { zones, kswapd } = state;
  for (let z = 1; z >= 0; z--) {
    const zone = zones[z as 0 | 1];
    if (kswapd.priority !== DEF_PRIORITY && !reclaimable(zone)) continue;
    if (zoneBalanced(zone, z, kswapd.runOrder, 0, 0)) continue;
    return withKswapd(state, { ...kswapd, at: 'shrink', endZone: z, zone: 0, reclaimed: 0, raise: true });
  }
  return withKswapd(state, endRun(kswapd));
};

/** What kswapd does next; nothing while it sleeps undisturbed. */
export const step = (state: State, reach: Reach): void => {
  const { zones, request, kswapd } = state;
  switch (kswapd.at) {
    case 'check':
      reach(check(state), 'kswapd');
      return;
    case 'try1': {
      const at = nodeBalanced(state, kswapd.balancedOrder, kswapd.balancedZoneIdx) ? 'short' : 'try2';
      reach(withKswapd(state, { ...kswapd, at }), 'kswapd');
      return;
    }
    case 'short':
      reach(
        {
          zones,
          request: { ...request, woken: false },
          kswapd: { ...kswapd, at: 'try2', remaining: request.woken },
        },
        'kswapd',
      );
      return;
    case 'try2': {
      const rests = sleeps(state);
      reach(
        {
          zones,
          request: rests ? request : { ...request, woken: false },
          kswapd: { ...kswapd, at: rests ? 'full' : 'after', remaining: false },
        },
        'kswapd',
      );
      return;
    }
    case 'full':
      if (request.woken) {
        reach({ zones, request: { ...request, woken: false }, kswapd: { ...kswapd, at: 'after' } }, 'kswapd');
      }
      return;
    case 'after': {
      const { order, zoneIdx, woken } = request;
      reach(
        {
          zones,
          request: noRequest(woken),
          kswapd: { ...kswapd, at: 'balance', order, zoneIdx, newOrder: order, newZoneIdx: zoneIdx },
        },
        'kswapd',
      );
      return;
    }
    case 'balance': {
      const { zoneIdx: balancedZoneIdx, order: runOrder } = kswapd;
      const run = { balancedZoneIdx, runOrder, priority: DEF_PRIORITY, endZone: 0 };
      reach(withKswapd(state, { ...kswapd, ...run, at: 'round' }), 'kswapd');
      return;
    }
    case 'round':
      reach(round(state), 'kswapd');
      return;
    case 'shrink':
      shrink(state, reach);
      return;
    case 'roundEnd':
      reach(roundEnd(state), 'kswapd');
  }
};
