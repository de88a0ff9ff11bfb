import { DEF_PRIORITY } from '../units.ts';

/**
 * The variables of one balancing run.
 * @kernel v4.0 mm/vmscan.c struct scan_control
 */
export interface Balance {
  /** The order that is reclaimed for; falls to 0 once twice its size was reclaimed in a round. */
  readonly order: number;
  /** 12 downwards. */
  readonly priority: number;
  readonly mayWritepage: boolean;
  /** Pages asked of the zone at hand. */
  readonly nrToReclaim: number;
  /** Pages scanned in the zone at hand. */
  readonly nrScanned: number;
  /** Pages reclaimed in this round. */
  readonly nrReclaimed: number;
  /** Pages asked for in this round. */
  readonly nrAttempted: number;
  readonly raisePriority: boolean;
  readonly needsCompaction: boolean;
  /** The highest zone that is shrunk in this round. */
  readonly endZone: number;
  /** The zone at hand. */
  readonly zone: number;
  /** The order at which the zone at hand is called balanced. */
  readonly testorder: number;
}

/** A run that has not begun. */
export const NO_BALANCE: Balance = {
  order: 0,
  priority: DEF_PRIORITY,
  mayWritepage: true,
  nrToReclaim: 0,
  nrScanned: 0,
  nrReclaimed: 0,
  nrAttempted: 0,
  raisePriority: true,
  needsCompaction: false,
  endZone: 0,
  zone: -1,
  testorder: 0,
};

/** A run begins at priority 12, with nothing scanned. */
export const beginRun = (b: Balance, order: number, mayWritepage: boolean): Balance => ({
  order,
  priority: DEF_PRIORITY,
  mayWritepage,
  nrToReclaim: 0,
  nrScanned: 0,
  nrReclaimed: b.nrReclaimed,
  nrAttempted: b.nrAttempted,
  raisePriority: b.raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: 0,
  zone: b.zone,
  testorder: b.testorder,
});

/** A round begins before its first zone, with nothing asked and nothing reclaimed. */
export const beginRound = (b: Balance, endZone: number, needsCompaction: boolean, mayWritepage: boolean): Balance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: 0,
  nrAttempted: 0,
  raisePriority: true,
  needsCompaction,
  endZone,
  zone: -1,
  testorder: b.testorder,
});

/** The round comes to a zone. */
export const beginZone = (b: Balance, zone: number): Balance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  nrToReclaim: b.nrToReclaim,
  nrScanned: 0,
  nrReclaimed: b.nrReclaimed,
  nrAttempted: b.nrAttempted,
  raisePriority: b.raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: b.endZone,
  zone,
  testorder: b.testorder,
});

/** The zone at hand is judged: at which order, how much would be asked of it, and whether more pressure is due. */
export const judgeZone = (b: Balance, testorder: number, nrToReclaim: number, raisePriority: boolean): Balance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrAttempted: b.nrAttempted,
  raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: b.endZone,
  zone: b.zone,
  testorder,
});

/** The zone at hand was shrunk. */
export const countShrunk = (b: Balance, scanned: number, reclaimed: number): Balance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned + scanned,
  nrReclaimed: b.nrReclaimed + reclaimed,
  nrAttempted: b.nrAttempted,
  raisePriority: b.raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: b.endZone,
  zone: b.zone,
  testorder: b.testorder,
});

/** What was asked of the zone at hand is accounted for. */
export const countAttempted = (b: Balance, raisePriority: boolean): Balance => ({
  order: b.order,
  priority: b.priority,
  mayWritepage: b.mayWritepage,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrAttempted: b.nrAttempted + b.nrToReclaim,
  raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: b.endZone,
  zone: b.zone,
  testorder: b.testorder,
});

/** The run goes on for another order, at another priority. */
export const withPressure = (b: Balance, order: number, priority: number): Balance => ({
  order,
  priority,
  mayWritepage: b.mayWritepage,
  nrToReclaim: b.nrToReclaim,
  nrScanned: b.nrScanned,
  nrReclaimed: b.nrReclaimed,
  nrAttempted: b.nrAttempted,
  raisePriority: b.raisePriority,
  needsCompaction: b.needsCompaction,
  endZone: b.endZone,
  zone: b.zone,
  testorder: b.testorder,
});
