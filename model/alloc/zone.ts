import { ALLOC_NO_WATERMARKS, ALLOC_WMARK_LOW, ALLOC_WMARK_MIN, WMARK_MASK } from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import { wmarkPages } from '../rules/marks.ts';
import { withZoneAt, zoneAt, type Memory, type ZoneRef } from '../state/memory.ts';
import { allocAt, withAttempt, withPage } from './changes.ts';
import { GFP_WRITE } from './gfp.ts';
import { allocSilent, allocTraced, type AllocOutcome, type AllocTransition, type AllocYield } from './program.ts';
import { zonerefAtHand, type AllocTask } from './task.ts';

/**
 * Nodes at least this far apart do not reclaim for each other on the way.
 * @kernel v4.0 include/linux/topology.h RECLAIM_DISTANCE
 */
const RECLAIM_DISTANCE = 30;

/**
 * Whether an attempt may reclaim from a zone on the way: it is near enough to the preferred one.
 * @kernel v4.0 mm/page_alloc.c zone_allows_reclaim
 */
export function zoneAllowsReclaim(_k: Kernel, { numa }: Memory, preferred: ZoneRef, zone: ZoneRef): boolean {
  return numa.distance[preferred[0]]![zone[0]]! < RECLAIM_DISTANCE;
}

/**
 * At the low marks, a page that will be written to is not taken from a zone that holds its share of dirty pages.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const checkDirty: AllocTransition = {
  to: ['checkWatermark', 'nextZone'],
  does: 'Passes over a zone beyond its dirty limit, if the page will be written to.',
  step: (_k, memory, task) => {
    const { gfp, allocFlags } = task.attempt;
    const [node, zone] = zonerefAtHand(memory, task);
    const considered = (allocFlags & ALLOC_WMARK_LOW) !== 0 && (gfp & GFP_WRITE) !== 0;
    if (!considered || zoneAt(memory, [node, zone]).alloc.dirtyOk) {
      return allocSilent(memory, allocAt(task, 'checkWatermark'));
    }
    return allocTraced(memory, allocAt(task, 'nextZone'), { ev: 'dirty_skip', node, zone });
  },
};

/** Whether the zone at hand stays above the mark, as the cheap counter sees it. */
function staysAbove(k: Kernel, memory: Memory, { context, attempt, request }: AllocTask, at: ZoneRef): boolean {
  const zone = zoneAt(memory, at);
  const { classzoneIdx } = context;
  return k.zoneWatermarkOk(k, memory.system, zone, request.order, attempt.mark, classzoneIdx, attempt.allocFlags);
}

/**
 * The zone must stay above the mark that the attempt names; whoever may ignore the marks takes from it anyway.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const checkWatermark: AllocTransition = {
  to: ['rmqueue', 'belowWatermark'],
  does: 'Checks that the zone would stay above the mark.',
  step: (k, memory, task) => {
    const at = zonerefAtHand(memory, task);
    const { allocFlags } = task.attempt;
    const mark = wmarkPages(k, zoneAt(memory, at), allocFlags & WMARK_MASK);
    const marked = withAttempt(task, 'rmqueue', { mark });
    const ok = staysAbove(k, memory, marked, at);
    const takes = ok || (allocFlags & ALLOC_NO_WATERMARKS) !== 0;
    const [node, zone] = at;
    return allocTraced(memory, takes ? marked : allocAt(marked, 'belowWatermark'), {
      ev: 'watermark',
      node,
      zone,
      mark,
      ok,
    });
  },
};

/**
 * A zone is too low. On a machine of several nodes the zonelist cache is used from the first such zone on. Where zone
 * reclaim is switched on, a near zone that was not full lately is reclaimed from before the walk leaves it.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const belowWatermark: AllocTransition = {
  to: ['zoneReclaim', 'zoneFull', 'nextZone'],
  does: 'Begins to use the zonelist cache, and reclaims from a near zone if that is switched on.',
  step: (k, before, task) => {
    const { context, attempt, request } = task;
    const setup = !attempt.didZlcSetup && before.pgdats.length > 1;
    const memory = setup ? k.zlcSetup(k, before, context.zonelist) : before;
    const zlcActive = attempt.zlcActive || setup;
    const at = zonerefAtHand(memory, task);
    const { preferred } = context;
    const looked = withAttempt(task, 'zoneFull', { zlcActive, didZlcSetup: attempt.didZlcSetup || setup });
    if (memory.numa.zoneReclaimMode === 0 || preferred === null || !k.zoneAllowsReclaim(k, memory, preferred, at)) {
      return allocSilent(memory, looked);
    }
    if (zlcActive && !k.zlcZoneWorthTrying(k, memory, context.zonelist, attempt.position)) {
      return allocTraced(memory, allocAt(looked, 'nextZone'), { ev: 'zlc_skip', node: at[0], zone: at[1] });
    }
    return allocTraced(memory, allocAt(looked, 'zoneReclaim'), {
      ev: 'zone_reclaim',
      node: at[0],
      zone: at[1],
      order: request.order,
    });
  },
};

/**
 * Reclaim works on the zone at hand for this request; what comes of it is the environment's to say.
 * @kernel v4.0 mm/vmscan.c zone_reclaim
 */
export const zoneReclaim: AllocYield = {
  to: ['zoneReclaimed'],
  does: 'Reclaims from the zone at hand, while the rest of the machine goes on.',
  waitsFor: 'reclaim from one zone to end',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, { result }) =>
    allocSilent(memory, withAttempt(task, 'zoneReclaimed', { reclaimResult: result ?? 'noscan' })),
};

/**
 * If anything was reclaimed, the mark is checked again. A zone that is still too low counts as full at the min mark,
 * or if fewer pages came free than were asked for.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const zoneReclaimed: AllocTransition = {
  to: ['rmqueue', 'zoneFull', 'nextZone'],
  does: 'Checks the mark again if anything was reclaimed.',
  step: (k, memory, task): AllocOutcome => {
    const { reclaimResult, allocFlags, mark } = task.attempt;
    if (reclaimResult === 'noscan' || reclaimResult === 'full') return allocSilent(memory, allocAt(task, 'nextZone'));
    const at = zonerefAtHand(memory, task);
    const ok = staysAbove(k, memory, task, at);
    const full = (allocFlags & WMARK_MASK) === ALLOC_WMARK_MIN || reclaimResult === 'some';
    const tooLow = full ? 'zoneFull' : 'nextZone';
    const [node, zone] = at;
    return allocTraced(memory, allocAt(task, ok ? 'rmqueue' : tooLow), { ev: 'watermark', node, zone, mark, ok });
  },
};

/**
 * A block is taken from the zone. If there is none after all, the zone counts as full.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const rmqueueStep: AllocTransition = {
  to: ['zoneFull', 'done'],
  does: 'Takes a block from the zone.',
  step: (k, memory, task) => {
    const at = zonerefAtHand(memory, task);
    const { allocFlags } = task.attempt;
    const { ok, zone } = k.rmqueue(k, zoneAt(memory, at), task.request.order, allocFlags, task.context.migratetype);
    const record = { ev: 'rmqueue', node: at[0], zone: at[1], ok } as const;
    const after = withZoneAt(memory, at, zone);
    if (!ok) return allocTraced(after, allocAt(task, 'zoneFull'), record);
    const pfmemalloc = (allocFlags & ALLOC_NO_WATERMARKS) !== 0;
    return allocTraced(after, withPage(task, { node: at[0], zone: at[1], pfmemalloc }), record);
  },
};

/**
 * The zone gave nothing; the zonelist cache remembers it, once it is in use.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const zoneFull: AllocTransition = {
  to: ['nextZone'],
  does: 'Remembers the zone as full, if the zonelist cache is in use.',
  step: (k, memory, task) => {
    const { context, attempt } = task;
    const marked = attempt.zlcActive ? k.zlcMarkZoneFull(k, memory, context.zonelist, attempt.position) : memory;
    return allocSilent(marked, allocAt(task, 'nextZone'));
  },
};
