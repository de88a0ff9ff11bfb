import {
  SWAP_CLUSTER_MAX,
  v4_0,
  zonePageState,
  zonePageStateSnapshot,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import { gapOf } from '../zone/limits.ts';
import type { Reclaim, Scan } from './plan.ts';

/** Pages that shrinking a zone is asked for. */
const nrToReclaim = ({ watermark }: Zone): number => Math.max(SWAP_CLUSTER_MAX, watermark.high);

const reclaimablePages = (m: Machine, zone: Zone): number => v4_0.zoneReclaimablePages(v4_0, m.system, zone);

/** Pages that a zone gives up now, no more than it has. */
export function reclaimedPages(m: Machine, zone: Zone, reclaim: Reclaim, amount: number): number {
  return Math.max(0, Math.min(wantedPages(m, zone, reclaim, amount), reclaimablePages(m, zone)));
}

function wantedPages(m: Machine, zone: Zone, reclaim: Reclaim, amount: number): number {
  switch (reclaim) {
    case 'none':
      return 0;
    case 'few':
      return amount;
    case 'cluster':
      return SWAP_CLUSTER_MAX;
    case 'asked':
      return nrToReclaim(zone);
    case 'askedLess':
      return nrToReclaim(zone) - 1;
    case 'twice':
      return toOrderDrop(m);
    case 'twiceLess':
      return toOrderDrop(m) - 1;
    case 'balance':
      return toBalance(m, zone) + 1;
    case 'balanceLess':
      return toBalance(m, zone);
    case 'all':
    case 'boost':
    case 'boostLess':
      return Infinity;
  }
}

/** Pages that the round still has to reclaim until its order is given up. */
function toOrderDrop({ thread: { at, order, balance } }: Machine): number {
  return at === 'shrink' ? (2 << balance.order) - balance.nrReclaimed : 2 << order;
}

/** Pages that bring the zone to where one more makes it balanced with its gap. */
function toBalance({ system, thread: { at, balance } }: Machine, zone: Zone): number {
  const [order, endZone] = at === 'shrink' ? [balance.testorder, balance.endZone] : [0, 0];
  const reserve = zone.lowmemReserve[endZone] ?? 0;
  const shown = zonePageState(zone);
  const free = shown < zone.percpuDriftMark ? zonePageStateSnapshot(zone) : shown;
  const usable = free - (system.cma ? zone.freeArea.cmaPages : 0);
  return zone.watermark.high + gapOf(zone) + reserve + (1 << order) - 1 - usable;
}

/** Pages scanned in the zone at hand. */
export function scannedPages(m: Machine, zone: Zone, scan: Scan, amount: number): number {
  switch (scan) {
    case 'reclaimed':
      return 0;
    case 'some':
      return amount;
    case 'asked':
      return nrToReclaim(zone);
    case 'askedLess':
      return nrToReclaim(zone) - 1;
    case 'limit':
      return toGivingUp(m, zone);
    case 'limitLess':
      return Math.max(0, toGivingUp(m, zone) - 1);
    case 'many':
      return nrToReclaim(zone) * 10;
  }
}

/** Pages that may still be scanned in vain until the zone counts as not worth it. */
const toGivingUp = (m: Machine, zone: Zone): number => Math.max(0, reclaimablePages(m, zone) * 6 - zone.pagesScanned);
