import type { Memory, ZoneRef } from '../state/memory.ts';
import { DEF_PRIORITY, SWAP_CLUSTER_MAX } from '../units.ts';
import { highestZone } from './gfp.ts';
import { directSilent, type DirectTransition } from './program.ts';
import { taskAt, type DirectTask, type ScanControl } from './task.ts';

/** What a task asks direct reclaim for. */
export interface DirectRequest {
  readonly zonelist: readonly ZoneRef[];
  /** Positions of nodes; null: all. */
  readonly nodemask: readonly number[] | null;
  readonly order: number;
  /** Bits of the mask. */
  readonly gfpMask: number;
  readonly kthread: boolean;
  readonly fatalSignal: boolean;
}

/** The controls of a reclaim that has done nothing yet. */
const freshScan = (laptopMode: boolean, nrToReclaim: number, reclaimIdx: number): ScanControl => ({
  nrToReclaim,
  reclaimIdx,
  priority: DEF_PRIORITY,
  mayWritepage: !laptopMode,
  nrScanned: 0,
  nrReclaimed: 0,
  compactionReady: false,
  memcgLowReclaim: false,
  memcgLowSkipped: false,
  forceDeactivate: false,
  skippedDeactivate: false,
  totalScanned: 0,
  zonesReclaimable: false,
});

const startAt = (at: 'tryToFreePages' | 'doTryToFreePages', asked: DirectRequest, sc: ScanControl): DirectTask => ({
  at,
  zonelist: asked.zonelist,
  nodemask: asked.nodemask,
  order: asked.order,
  gfpMask: asked.gfpMask,
  kthread: asked.kthread,
  fatalSignal: asked.fatalSignal,
  woken: false,
  sc,
  position: 0,
  node: -1,
  result: 0,
});

/** A task at the entry of direct reclaim: 32 pages, from the zones that its mask allows. */
export function startTryToFreePages(memory: Memory, asked: DirectRequest): DirectTask {
  return startAt('tryToFreePages', asked, freshScan(memory.system.laptopMode, SWAP_CLUSTER_MAX, 0));
}

/** A task past the throttle, with a number of pages and a highest zone index of its own. */
export function startDoTryToFreePages(
  memory: Memory,
  asked: DirectRequest,
  nrToReclaim: number,
  reclaimIdx: number,
): DirectTask {
  return startAt('doTryToFreePages', asked, freshScan(memory.system.laptopMode, nrToReclaim, reclaimIdx));
}

/**
 * A task sets out to reclaim 32 pages from the zones that its mask allows.
 * @kernel v4.0 mm/vmscan.c try_to_free_pages
 */
export const tryToFreePages: DirectTransition = {
  to: ['throttleDirectReclaim'],
  does: 'Sets out to reclaim 32 pages from the zones that the request’s mask allows.',
  step: (k, memory, task) => {
    const reclaimIdx = highestZone(k, memory.pgdats[0]!.node, task.gfpMask);
    return directSilent(memory, taskAt(task, 'throttleDirectReclaim', { reclaimIdx }));
  },
};
