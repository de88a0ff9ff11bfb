import { ALLOC_NO_WATERMARKS, WMARK_MASK } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import { wmarkPages } from '../../rules/marks.ts';
import { zoneAt, type Memory, type ZoneRef } from '../../state/memory.ts';
import { allocAt, withAttempt } from '../changes.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from '../program.ts';
import { zonelistAt, zonerefAtHand, type AllocRunning } from '../task.ts';
import { nextZonesZonelist } from '../zonelistWalk.ts';

/**
 * Nodes farther apart than this do not reclaim for each other on the way.
 * @kernel v4.19 include/linux/topology.h RECLAIM_DISTANCE
 */
const RECLAIM_DISTANCE = 30;

/**
 * Whether an attempt may reclaim from a node on the way: it is near enough to the preferred one.
 * @kernel v4.19 mm/page_alloc.c zone_allows_reclaim
 */
export function zoneAllowsReclaim(_k: Kernel, { numa }: Memory, preferred: ZoneRef, zone: ZoneRef): boolean {
  return numa.distance[preferred[0]]![zone[0]]! <= RECLAIM_DISTANCE;
}

/**
 * The walk comes to the next zone that the request may use: not above its highest index, in a node of its mask.
 * @kernel v4.19 include/linux/mmzone.h for_next_zone_zonelist_nodemask
 */
export const nextZone: AllocTransition = {
  to: ['checkDirty', 'endOfScan'],
  does: 'Goes on to the next zone of the zonelist that the request may use.',
  step: (_k, memory, task) => {
    const { highZoneidx, nodemask, zonelist: name } = task.context;
    const zonelist = zonelistAt(memory, name);
    const position = nextZonesZonelist(zonelist, task.attempt.position + 1, highZoneidx, nodemask);
    const next = position < zonelist.length ? 'checkDirty' : 'endOfScan';
    return allocSilent(memory, withAttempt(task, next, { position }));
  },
};

/** The dirty limits of the nodes, with the point at which a node within its limit is looked at further. */
export const checkDirtyThen = (next: AllocRunning): AllocTransition => ({
  to: [next, 'nextZone'],
  does: 'Passes over the zones of a node beyond its dirty limit, if the page will be written to.',
  step: (_k, memory, task) => {
    const [node] = zonerefAtHand(memory, task);
    if (!task.context.spreadDirty) return allocSilent(memory, allocAt(task, next));
    if (task.attempt.lastDirtyNode === node) return allocSilent(memory, allocAt(task, 'nextZone'));
    if (memory.pgdats[node]!.node.dirtyOk) return allocSilent(memory, allocAt(task, next));
    return allocTraced(memory, withAttempt(task, 'nextZone', { lastDirtyNode: node }), { ev: 'dirty_skip', node });
  },
});

/**
 * In the first attempt, a page that will be written to is not taken from a node that holds its share of dirty pages.
 * The node is judged once, at its first zone.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 */
export const checkDirty: AllocTransition = checkDirtyThen('checkWatermark');

/**
 * The zone must stay above the mark that the attempt names; whoever may ignore the marks takes from it anyway.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 * @abstracts deferred initialization of a zone's pages: all of them are there.
 */
export const checkWatermark: AllocTransition = {
  to: ['rmqueue', 'belowWatermark'],
  does: 'Checks that the zone would stay above the mark.',
  step: (k, memory, task) => {
    const at = zonerefAtHand(memory, task);
    const [node, zone] = at;
    const here = zoneAt(memory, at);
    const { allocFlags, gfp } = task.attempt;
    const { request, context } = task;
    const mark = wmarkPages(k, here, allocFlags & WMARK_MASK);
    const { classzoneIdx } = context;
    const ok = k.zoneWatermarkFast(k, memory.system, here, request.order, mark, classzoneIdx, allocFlags, gfp);
    const takes = ok || (allocFlags & ALLOC_NO_WATERMARKS) !== 0;
    const next = withAttempt(task, takes ? 'rmqueue' : 'belowWatermark', { mark });
    return allocTraced(memory, next, { ev: 'watermark', node, zone, mark, ok });
  },
};

/**
 * A zone is too low. Where node reclaim is switched on, its node is reclaimed from before the walk leaves the zone, if
 * it is near.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 */
export const belowWatermark: AllocTransition = {
  to: ['nodeReclaim', 'nextZone'],
  does: 'Reclaims from a near node if that is switched on.',
  step: (k, memory, task) => {
    const at = zonerefAtHand(memory, task);
    const { preferred } = task.context;
    if (memory.numa.zoneReclaimMode === 0 || preferred === null || !k.zoneAllowsReclaim(k, memory, preferred, at)) {
      return allocSilent(memory, allocAt(task, 'nextZone'));
    }
    const record = { ev: 'node_reclaim', node: at[0], order: task.request.order } as const;
    return allocTraced(memory, allocAt(task, 'nodeReclaim'), record);
  },
};

/**
 * Reclaim works on the node at hand for this request; what comes of it is the environment's to say.
 * @kernel v4.19 mm/vmscan.c node_reclaim
 */
export const nodeReclaim: AllocYield = {
  to: ['zoneReclaimed'],
  does: 'Reclaims from the node at hand, while the rest of the machine goes on.',
  waitsFor: 'reclaim from one node to end',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, { result = 'noscan' }) =>
    allocSilent(memory, withAttempt(task, 'zoneReclaimed', { reclaimResult: result })),
};

/**
 * If anything was reclaimed, the mark is checked again: with all reserves looked at, and the boost in any case.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 */
export const zoneReclaimed: AllocTransition = {
  to: ['rmqueue', 'nextZone'],
  does: 'Checks the mark again if anything was reclaimed.',
  step: (k, memory, task) => {
    const { reclaimResult, allocFlags, mark } = task.attempt;
    if (reclaimResult === 'noscan' || reclaimResult === 'full') return allocSilent(memory, allocAt(task, 'nextZone'));
    const at = zonerefAtHand(memory, task);
    const { classzoneIdx } = task.context;
    const { order } = task.request;
    const ok = k.zoneWatermarkOk(k, memory.system, zoneAt(memory, at), order, mark, classzoneIdx, allocFlags);
    const [node, zone] = at;
    return allocTraced(memory, allocAt(task, ok ? 'rmqueue' : 'nextZone'), { ev: 'watermark', node, zone, mark, ok });
  },
};

/** Where an attempt of the later kernels may have been begun from. */
export const AFTER_ATTEMPTS = [
  'allocPagesSlowpath',
  'compactFirst',
  'mayReclaim',
  'drainPages',
  'directCompact',
  'judgeCompaction',
  'considerRetry',
  'outOfMemory',
  'oomAllReserves',
  'oomDecided',
  'nofailAnywhere',
  'nofail',
  'done',
] as const;

/**
 * The walk found nothing: the attempt failed.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 */
export const endOfScan: AllocTransition = {
  to: AFTER_ATTEMPTS,
  does: 'Gives the attempt up.',
  step: (_k, memory, task) => allocSilent(memory, allocAt(task, task.attempt.failed)),
};
