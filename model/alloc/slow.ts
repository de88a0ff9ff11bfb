import { ALLOC_NO_WATERMARKS } from '../allocFlags.ts';
import type { Memory } from '../state/memory.ts';
import { MAX_ORDER } from '../units.ts';
import { allocAt, beginAttempt, withContext, withSlow } from './changes.ts';
import { zonelistNamed } from './enter.ts';
import { GFP_NO_KSWAPD, GFP_NOFAIL, GFP_THISNODE_ONLY, GFP_WAIT, type Gfp } from './gfp.ts';
import { allocSilent, allocTraced, type AllocOutcome, type AllocTransition, type AllocYield } from './program.ts';
import type { WaitReason } from './record.ts';
import { TASK_MEMALLOC, TASK_OOM_VICTIM } from './taskFlags.ts';
import { zonelistAt, type AllocContext, type AllocRunning, type AllocTask } from './task.ts';

/** The task waits, and goes on at `waited`. */
export const waitFor = (memory: Memory, task: AllocTask, why: WaitReason, waited: AllocRunning): AllocOutcome =>
  allocTraced(memory, withSlow(task, 'wait', { waited }), { ev: 'wait', why });

/**
 * The task waits: for writes to end, for another task that is in the OOM killer, or just a little.
 * @kernel v4.0 mm/backing-dev.c wait_iff_congested
 */
export const wait: AllocYield = {
  to: ['wakeAllKswapds', 'checkReserves', 'oomDecided'],
  does: 'Waits before it goes on.',
  waitsFor: 'writes to end, or a moment to pass',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task) => allocSilent(memory, allocAt(task, task.slow.waited)),
};

/**
 * Too large a block can never be had, and nothing is said of it. Nothing is risked for a request that wants this node
 * or nothing and can well do without.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const allocPagesSlowpath: AllocTransition = {
  to: ['wakeAllKswapds', 'nopage', 'done'],
  does: 'Enters the slow path, unless the request cannot or need not be met.',
  step: (k, memory, task) => {
    const gfp = k.memallocNoioFlags(k, task.slow.gfp, task.flags);
    if (task.request.order >= MAX_ORDER) return allocSilent(memory, allocAt(task, 'done'));
    const thisNodeOnly = (gfp & GFP_THISNODE_ONLY) === GFP_THISNODE_ONLY;
    return allocSilent(memory, withSlow(task, thisNodeOnly ? 'nopage' : 'wakeAllKswapds', { gfp }));
  },
};

/**
 * kswapd is woken for every zone that the request may use, unless the request forbids it.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const wakeKswapds: AllocTransition = {
  to: ['adjustAllocFlags'],
  does: 'Wakes the kswapds of all zones that the request may use.',
  step: (k, memory, task) => {
    const { context, request, slow } = task;
    const next = allocAt(task, 'adjustAllocFlags');
    if ((slow.gfp & GFP_NO_KSWAPD) !== 0) return allocSilent(memory, next);
    const woken = k.wakeAllKswapds(k, memory, {
      zonelist: zonelistAt(memory, context.zonelist),
      highZoneidx: context.highZoneidx,
      nodemask: context.nodemask,
      preferred: context.preferred ?? undefined,
      order: request.order,
      gfp: slow.gfp,
    });
    return { memory: woken.memory, task: next, records: woken.records };
  },
};

/**
 * What the caller allows decides how far the next attempts dig; the first of them respects the marks.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 * @abstracts cpusets: an atomic request is let off them here, and would prefer another zone from then on.
 */
export const adjustAllocFlags: AllocTransition = {
  to: ['getPageFromFreelist'],
  does: 'Decides how far to dig, and makes another attempt, at the min marks.',
  step: (k, memory, task) => {
    const { gfp } = task.slow;
    const allocFlags = k.gfpToAllocFlags(k, memory.system, gfp, task.flags);
    const adjusted = withSlow(task, task.at, { allocFlags });
    return allocSilent(memory, beginAttempt(adjusted, gfp, allocFlags & ~ALLOC_NO_WATERMARKS, 'checkReserves'));
  },
};

/** The context with the zonelist of the node that the task runs on. */
const withLocalZonelist = ({ context, request }: AllocTask, gfp: Gfp): AllocContext => ({
  zonelist: zonelistNamed(request.localNode, gfp),
  preferred: context.preferred,
  classzoneIdx: context.classzoneIdx,
  highZoneidx: context.highZoneidx,
  migratetype: context.migratetype,
  nodemask: context.nodemask,
  spreadDirty: context.spreadDirty,
});

/**
 * Whoever frees memory, or is about to end, takes from any zone whatever its marks, seen from the node that it runs
 * on. The walk keeps to that node's zonelist from here on.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_high_priority
 */
export const checkReserves: AllocTransition = {
  to: ['getPageFromFreelist', 'mayReclaim'],
  does: 'Makes an attempt without marks, if the task may.',
  step: (_k, memory, task) => {
    const { gfp, allocFlags } = task.slow;
    if ((allocFlags & ALLOC_NO_WATERMARKS) === 0) return allocSilent(memory, allocAt(task, 'mayReclaim'));
    const local = withContext(task, withLocalZonelist(task, gfp));
    return allocSilent(memory, beginAttempt(local, gfp, ALLOC_NO_WATERMARKS, 'reservesFailed'));
  },
};

/**
 * Not even the reserves had a block: a request that cannot fail waits, and tries them again.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_high_priority
 */
export const reservesFailed: AllocTransition = {
  to: ['wait', 'mayReclaim'],
  does: 'Waits to try the reserves again, if the request cannot fail.',
  step: (_k, memory, task) =>
    (task.slow.gfp & GFP_NOFAIL) !== 0
      ? waitFor(memory, task, 'congestion', 'checkReserves')
      : allocSilent(memory, allocAt(task, 'mayReclaim')),
};

/**
 * Without waiting, nothing more can be done; a task that reclaims already must not do so again; and one that the OOM
 * killer chose shall end rather than reclaim.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const mayReclaim: AllocTransition = {
  to: ['directCompact', 'nopage'],
  does: 'Gives up if the task may not wait or reclaim.',
  step: (_k, memory, task) => {
    const { gfp } = task.slow;
    const ends = (task.flags & TASK_OOM_VICTIM) !== 0 && (gfp & GFP_NOFAIL) === 0;
    const must = (gfp & GFP_WAIT) === 0 || (task.flags & TASK_MEMALLOC) !== 0 || ends;
    if (must) return allocSilent(memory, allocAt(task, 'nopage'));
    return allocSilent(memory, withSlow(task, 'directCompact', { notCompacted: 'judgeCompaction' }));
  },
};

/**
 * The allocation failed.
 * @kernel v4.0 mm/page_alloc.c warn_alloc_failed
 */
export const nopage: AllocTransition = {
  to: ['done'],
  does: 'Reports that the allocation failed.',
  step: (_k, memory, task) => allocTraced(memory, allocAt(task, 'done'), { ev: 'alloc_failed' }),
};
