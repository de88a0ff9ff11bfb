import {
  SWAP_CLUSTER_MAX,
  zonePageState,
  zonePageStateSnapshot,
  type Kernel,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import { lruPages } from '../zone/lru.ts';
import type { Reclaim, Scan } from './plan.ts';

/** Pages that a node gives up now, by zone: the lowest zone that has them gives first. */
export function reclaimedOfNode(k: Kernel, m: Machine, reclaim: Reclaim, amount: number): readonly number[] {
  if (reclaim === 'balance' || reclaim === 'balanceLess') {
    const one = m.node.zones.findIndex(({ lru, managed }) => managed > 0 && lruPages(lru) > 0);
    return m.node.zones.map((zone, i) => (i === one ? toBalance(k, m, zone) + (reclaim === 'balance' ? 1 : 0) : 0));
  }
  let left = Math.max(0, wantedPages(m, reclaim, amount));
  return m.node.zones.map(({ lru }, i) => {
    const pages = i > highestShrunk(m) ? 0 : Math.min(left, eligible(m, lru));
    left -= pages;
    return pages;
  });
}

const highestShrunk = ({ node, thread }: Machine): number =>
  thread.at === 'shrink' ? thread.nodeBalance.reclaimIdx : node.zones.length - 1;

function eligible({ system, thread }: Machine, lru: Zone['lru']): number {
  const swaps = system.swapPages > 0 && (thread.at !== 'shrink' || thread.nodeBalance.maySwap);
  return swaps ? lruPages(lru) : lru.inactiveFile + lru.activeFile;
}

function wantedPages({ thread }: Machine, reclaim: Reclaim, amount: number): number {
  const { order, nrReclaimed, nrToReclaim, nrBoostReclaim } = thread.nodeBalance;
  switch (reclaim) {
    case 'few':
      return amount;
    case 'cluster':
      return SWAP_CLUSTER_MAX;
    case 'asked':
      return nrToReclaim;
    case 'askedLess':
      return nrToReclaim - 1;
    case 'twice':
      return (2 << order) - nrReclaimed;
    case 'twiceLess':
      return (2 << order) - nrReclaimed - 1;
    case 'boost':
      return nrBoostReclaim;
    case 'boostLess':
      return nrBoostReclaim - 1;
    case 'all':
      return Infinity;
    case 'none':
    case 'balance':
    case 'balanceLess':
      return 0;
  }
}

/** Pages that bring a zone to where one more balances the node for the order and index at hand. */
function toBalance(k: Kernel, { system, thread }: Machine, zone: Zone): number {
  const { order } = thread.nodeBalance;
  const shown = zonePageState(zone);
  const free = shown < zone.percpuDriftMark ? zonePageStateSnapshot(zone) : shown;
  const usable = free - zone.reservedHighatomic - (system.cma ? zone.freeArea.cmaPages : 0);
  const reserve = zone.lowmemReserve[thread.classzoneIdx] ?? 0;
  return Math.max(0, k.highWmarkPages(k, zone) + reserve + (1 << order) - 1 - usable);
}

/** Pages scanned in the node. */
export function scannedOfNode({ thread }: Machine, scan: Scan, amount: number): number {
  const { nrToReclaim } = thread.nodeBalance;
  switch (scan) {
    case 'reclaimed':
      return 0;
    case 'some':
      return amount;
    case 'asked':
    case 'limit':
      return nrToReclaim;
    case 'askedLess':
    case 'limitLess':
      return Math.max(0, nrToReclaim - 1);
    case 'many':
      return nrToReclaim * 10;
  }
}
