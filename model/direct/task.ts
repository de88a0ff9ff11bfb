import type { ZoneRef } from '../state/memory.ts';

/** Points that a task in direct reclaim passes by itself. */
export type DirectRunning =
  | 'tryToFreePages'
  | 'throttleDirectReclaim'
  | 'checkPending'
  | 'doTryToFreePages'
  | 'shrinkZones'
  | 'nextZone'
  | 'nextPriority'
  | 'returnOrRetry';

/** Points where it waits for, or works long beside, the rest of the machine. */
export type DirectWaiting = 'throttled' | 'shrink';

export type DirectPoint = DirectRunning | DirectWaiting | 'done';

/**
 * What a direct reclaim wants, how hard it tries, and what came of it so far. Quantities are in pages.
 * @kernel v4.19 mm/vmscan.c struct scan_control
 */
export interface ScanControl {
  readonly nrToReclaim: number;
  /** The highest zone index that is reclaimed from. */
  readonly reclaimIdx: number;
  /** 12 scans least, 0 scans everything; -1 after the last one. */
  readonly priority: number;
  readonly mayWritepage: boolean;
  /** Since the walk over the zones began. */
  readonly nrScanned: number;
  /** Since the task entered. */
  readonly nrReclaimed: number;
  /** Some zone was left to compaction. */
  readonly compactionReady: boolean;
  /** Control groups are reclaimed below their low limits; v4.0: may_thrash. */
  readonly memcgLowReclaim: boolean;
  /** Control groups were spared for their low limits. */
  readonly memcgLowSkipped: boolean;
  /** Active pages are deactivated whatever the lists' proportions, from v5.5 on. */
  readonly forceDeactivate: boolean;
  /** Active lists were left alone for the lists' proportions, from v5.5 on. */
  readonly skippedDeactivate: boolean;
  /** Scanned in all passes over the zones, up to v4.10. */
  readonly totalScanned: number;
  /** Whether the last pass over the zones met one that is worth scanning, up to v4.6. */
  readonly zonesReclaimable: boolean;
}

/** A task in direct reclaim. */
export interface DirectTask {
  readonly at: DirectPoint;
  /** Where its request looks for memory, in order. */
  readonly zonelist: readonly ZoneRef[];
  /** The nodes that its request may use, by position; null: all. */
  readonly nodemask: readonly number[] | null;
  readonly order: number;
  /** Bits of the request's mask. */
  readonly gfpMask: number;
  /** PF_KTHREAD: it is a thread of the kernel. */
  readonly kthread: boolean;
  /** A fatal signal is pending. */
  readonly fatalSignal: boolean;
  /** A throttled task was woken since it began to wait. */
  readonly woken: boolean;
  readonly sc: ScanControl;
  /** Where in the zonelist the walk goes on. */
  readonly position: number;
  /** The node that is waited on, or was shrunk last in this walk, by position; -1: none yet. */
  readonly node: number;
  /** Pages reclaimed, or 1 for another reason not to give up, or 0; once it is done. */
  readonly result: number;
}

const changedScan = (sc: ScanControl, to: Partial<ScanControl>): ScanControl => ({
  nrToReclaim: to.nrToReclaim ?? sc.nrToReclaim,
  reclaimIdx: to.reclaimIdx ?? sc.reclaimIdx,
  priority: to.priority ?? sc.priority,
  mayWritepage: to.mayWritepage ?? sc.mayWritepage,
  nrScanned: to.nrScanned ?? sc.nrScanned,
  nrReclaimed: to.nrReclaimed ?? sc.nrReclaimed,
  compactionReady: to.compactionReady ?? sc.compactionReady,
  memcgLowReclaim: to.memcgLowReclaim ?? sc.memcgLowReclaim,
  memcgLowSkipped: to.memcgLowSkipped ?? sc.memcgLowSkipped,
  forceDeactivate: to.forceDeactivate ?? sc.forceDeactivate,
  skippedDeactivate: to.skippedDeactivate ?? sc.skippedDeactivate,
  totalScanned: to.totalScanned ?? sc.totalScanned,
  zonesReclaimable: to.zonesReclaimable ?? sc.zonesReclaimable,
});

type Progress = Partial<Pick<DirectTask, 'fatalSignal' | 'woken' | 'position' | 'node' | 'result'>>;

/** The task at another point, with what changed on the way there. */
export const taskAt = (
  task: DirectTask,
  at: DirectPoint,
  sc: Partial<ScanControl> | undefined = undefined,
  to: Progress = UNCHANGED,
): DirectTask => ({
  at,
  zonelist: task.zonelist,
  nodemask: task.nodemask,
  order: task.order,
  gfpMask: task.gfpMask,
  kthread: task.kthread,
  fatalSignal: to.fatalSignal ?? task.fatalSignal,
  woken: to.woken ?? task.woken,
  sc: sc === undefined ? task.sc : changedScan(task.sc, sc),
  position: to.position ?? task.position,
  node: to.node ?? task.node,
  result: to.result ?? task.result,
});

const UNCHANGED: Progress = {};

/** The task after kswapd let all go that wait on its node. */
export const wakeThrottled = (task: DirectTask): DirectTask => taskAt(task, task.at, undefined, { woken: true });

/** The task after a fatal signal reached it. */
export const killTask = (task: DirectTask): DirectTask => taskAt(task, task.at, undefined, { fatalSignal: true });

/** The zone that the walk came to last. */
export const zoneAtHand = (task: DirectTask): ZoneRef => task.zonelist[task.position - 1]!;

/** The position of the first zone, from one on, that a request may use: -1 if there is none. */
export function nextZoneref(
  zonelist: readonly ZoneRef[],
  nodemask: readonly number[] | null,
  highest: number,
  from: number,
): number {
  for (let i = from; i < zonelist.length; i++) {
    const [node, zone] = zonelist[i]!;
    if (zone <= highest && (nodemask === null || nodemask.includes(node))) return i;
  }
  return -1;
}
