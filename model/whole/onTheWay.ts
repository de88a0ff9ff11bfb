import { GFP_DIRECT_RECLAIM, GFP_WAIT } from '../alloc/gfp.ts';
import { zonerefAtHand, type AllocTask } from '../alloc/task.ts';
import { TASK_MEMALLOC } from '../alloc/taskFlags.ts';
import type { AllocTurn, ReclaimResult } from '../alloc/turn.ts';
import { hasRule, type Kernel } from '../kernel.ts';
import { withNode } from '../state/machine.ts';
import { machineOf, withMachine, withZoneAt, zoneAt, type ZoneRef } from '../state/memory.ts';
import type { WholeAnswer } from './scenario.ts';
import { withMemory, type WholeMachine } from './state.ts';
import { unchanged, type Happen } from './way.ts';

/** What comes of reclaiming from the zone, or the node, that an allocation is at: the answer, and the doing of it. */
interface OnTheWay {
  readonly turn: AllocTurn;
  readonly after: Happen;
}

/**
 * What keeps reclaim on the way from scanning at all: in v4.0 a zone that was given up, which counts as full; a request
 * that may not wait, or whose task frees memory itself; and a node that is not the task’s own and has processors.
 * @kernel v4.0 mm/vmscan.c zone_reclaim
 * @kernel v4.19 mm/vmscan.c node_reclaim
 * @abstracts how little of the page cache must stay, and the lock: reclaim on the way is over within one turn.
 */
function refusal(k: Kernel, w: WholeMachine, allocation: AllocTask, at: ZoneRef): ReclaimResult | undefined {
  const { attempt, flags, request } = allocation;
  const byNode = hasRule(k, 'shrinkNode');
  if (!byNode && !k.zoneReclaimable(k, w.memory.system, zoneAt(w.memory, at))) return 'full';
  const mayWait = (attempt.gfp & (byNode ? GFP_DIRECT_RECLAIM : GFP_WAIT)) !== 0;
  if (!mayWait || (flags & TASK_MEMALLOC) !== 0) return 'noscan';
  return w.hasCpus[at[0]]! && at[0] !== request.localNode ? 'noscan' : undefined;
}

/**
 * Reclaim on the way works on the zone at hand, from v4.8 on on its node up to the request's highest zone. It succeeds
 * if it frees as many pages as were asked for.
 * @kernel v4.0 mm/vmscan.c zone_reclaim
 * @kernel v4.19 mm/vmscan.c node_reclaim
 */
export function reclaimOnTheWay(k: Kernel, w: WholeMachine, index: number, answer: WholeAnswer): OnTheWay {
  const { system } = w.memory;
  const allocation = w.tasks[index]!.allocation!;
  const at = zonerefAtHand(w.memory, allocation);
  const refused = refusal(k, w, allocation, at);
  if (refused !== undefined) return { turn: { result: refused }, after: unchanged };
  const { scanned = 0, reclaimed: wanted = [] } = answer;
  const resultOf = (pages: number): AllocTurn => ({
    result: pages >= 1 << allocation.request.order ? 'success' : 'some',
  });
  if (!hasRule(k, 'shrinkNode')) {
    const { zone, reclaimed } = k.shrinkZone(k, system, zoneAt(w.memory, at), scanned, wanted[at[1]] ?? 0);
    return { turn: resultOf(reclaimed), after: (now) => withMemory(now, withZoneAt(now.memory, at, zone)) };
  }
  const m = machineOf(w.memory, at[0]);
  const { node, reclaimed } = k.shrinkNode(k, system, m.node, allocation.context.highZoneidx, true, scanned, wanted);
  return {
    turn: resultOf(reclaimed),
    after: (now) => withMemory(now, withMachine(now.memory, at[0], withNode(machineOf(now.memory, at[0]), node))),
  };
}
