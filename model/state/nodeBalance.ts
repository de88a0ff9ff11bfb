import { DEF_PRIORITY } from '../units.ts';

/**
 * The variables of one balancing run over a node, from v4.8 on.
 * @kernel v4.19 mm/vmscan.c struct scan_control
 */
export interface NodeBalance {
  /** The order that is reclaimed for; falls to 0 once twice its size was reclaimed in the run. */
  readonly order: number;
  /** 12 downwards. */
  readonly priority: number;
  readonly mayWritepage: boolean;
  /** Anonymous pages may be swapped out. */
  readonly maySwap: boolean;
  /** Pages asked of the node in this round. */
  readonly nrToReclaim: number;
  /** Pages scanned in this round. */
  readonly nrScanned: number;
  /** Pages reclaimed in this run. */
  readonly nrReclaimed: number;
  /** Pages that the run had reclaimed when this round began. */
  readonly nrReclaimedBefore: number;
  /** The highest zone that is shrunk in this round. */
  readonly reclaimIdx: number;
  readonly raisePriority: boolean;
  /** Pages that are still to be reclaimed on account of boosts, from v5.0 on. */
  readonly nrBoostReclaim: number;
  /** The boosts that the run found, by zone index; empty if there were none. */
  readonly zoneBoosts: readonly number[];
}

const NO_BOOSTS: readonly number[] = [];

/** A run that has not begun. */
export const NO_NODE_BALANCE: NodeBalance = {
  order: 0,
  priority: DEF_PRIORITY,
  mayWritepage: true,
  maySwap: true,
  nrToReclaim: 0,
  nrScanned: 0,
  nrReclaimed: 0,
  nrReclaimedBefore: 0,
  reclaimIdx: 0,
  raisePriority: true,
  nrBoostReclaim: 0,
  zoneBoosts: NO_BOOSTS,
};

/** A run begins at priority 12, with nothing scanned, for an order and on account of boosts. */
export const beginNodeRun = (
  order: number,
  mayWritepage: boolean,
  nrBoostReclaim = 0,
  zoneBoosts = NO_BOOSTS,
): NodeBalance => ({
  order,
  priority: DEF_PRIORITY,
  mayWritepage,
  maySwap: true,
  nrToReclaim: 0,
  nrScanned: 0,
  nrReclaimed: 0,
  nrReclaimedBefore: 0,
  reclaimIdx: 0,
  raisePriority: true,
  nrBoostReclaim,
  zoneBoosts,
});

/** A round begins, with nothing scanned. */
export const beginNodeRound = (
  b: NodeBalance,
  reclaimIdx: number,
  mayWritepage: boolean,
  maySwap: boolean,
  raisePriority: boolean,
): NodeBalance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage,
  maySwap,
  nrToReclaim: b.nrToReclaim,
  nrScanned: 0,
  nrReclaimed: b.nrReclaimed,
  nrReclaimedBefore: b.nrReclaimed,
  reclaimIdx,
  raisePriority,
  nrBoostReclaim: b.nrBoostReclaim,
  zoneBoosts: b.zoneBoosts,
});

/** So many pages are asked of the node. */
export const askNode = (b: NodeBalance, nrToReclaim: number): NodeBalance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  maySwap: b.maySwap,
  nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrReclaimedBefore: b.nrReclaimedBefore,
  reclaimIdx: b.reclaimIdx,
  raisePriority: b.raisePriority,
  nrBoostReclaim: b.nrBoostReclaim,
  zoneBoosts: b.zoneBoosts,
});

/** The node was shrunk. */
export const countNodeShrunk = (b: NodeBalance, scanned: number, reclaimed: number): NodeBalance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  maySwap: b.maySwap,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned + scanned,
  nrReclaimed: b.nrReclaimed + reclaimed,
  nrReclaimedBefore: b.nrReclaimedBefore,
  reclaimIdx: b.reclaimIdx,
  raisePriority: b.raisePriority,
  nrBoostReclaim: b.nrBoostReclaim,
  zoneBoosts: b.zoneBoosts,
});

/** What came of shrinking is judged: the order to go on with, and whether more pressure is due. */
export const judgeNode = (b: NodeBalance, order: number, raisePriority: boolean): NodeBalance => ({
  order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  maySwap: b.maySwap,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrReclaimedBefore: b.nrReclaimedBefore,
  reclaimIdx: b.reclaimIdx,
  raisePriority,
  nrBoostReclaim: b.nrBoostReclaim,
  zoneBoosts: b.zoneBoosts,
});

/** The run goes on at another priority, with so many pages left to reclaim on account of boosts. */
export const withNodePressure = (b: NodeBalance, priority: number, nrBoostReclaim: number): NodeBalance => ({
  order: b.order,
  priority,
  mayWritepage: b.mayWritepage,
  maySwap: b.maySwap,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrReclaimedBefore: b.nrReclaimedBefore,
  reclaimIdx: b.reclaimIdx,
  raisePriority: b.raisePriority,
  nrBoostReclaim,
  zoneBoosts: b.zoneBoosts,
});
