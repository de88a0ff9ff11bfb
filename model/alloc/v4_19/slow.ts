import { ALLOC_CPUSET, ALLOC_HARDER, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { Memory } from '../../state/memory.ts';
import { MAX_ORDER, PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { allocAt, beginAttempt, spreading, withContext, withSlow } from '../changes.ts';
import { GFP_ATOMIC, GFP_DIRECT_RECLAIM, GFP_KSWAPD_RECLAIM, GFP_NOFAIL, GFP_NORETRY, type Gfp } from '../gfp.ts';
import { allocSilent, allocTraced, type AllocOutcome, type AllocTransition, type AllocYield } from '../program.ts';
import { ALLOC_SILENT, type AllocTraceRecord } from '../record.ts';
import { waitFor } from '../slow.ts';
import { TASK_MEMALLOC } from '../taskFlags.ts';
import { zonelistAt, type AllocContext, type AllocTask, type SlowPath } from '../task.ts';
import { firstZonesZonelist } from '../zonelistWalk.ts';
import { DEF_COMPACT_PRIORITY, INIT_COMPACT_PRIORITY } from './compaction.ts';

/** Whether this kernel's slow path wakes kswapd. */
export type Wakes = (slow: SlowPath) => boolean;

/** In v4.19 the mask alone decides. */
const maskWakes: Wakes = ({ gfp }) => (gfp & GFP_KSWAPD_RECLAIM) !== 0;

/** The context with other nodes allowed, and the zone preferred that is the first of these. */
function withNodemask(k: Kernel, memory: Memory, c: AllocContext, nodemask: AllocContext['nodemask']): AllocContext {
  const preferred = firstZonesZonelist(zonelistAt(memory, c.zonelist), c.highZoneidx, nodemask) ?? null;
  return {
    zonelist: c.zonelist,
    preferred,
    classzoneIdx: k.acClasszoneIdx(k, preferred, c.highZoneidx),
    highZoneidx: c.highZoneidx,
    migratetype: c.migratetype,
    nodemask,
    spreadDirty: c.spreadDirty,
  };
}

interface Woken {
  readonly memory: Memory;
  readonly records: readonly AllocTraceRecord[];
}

/** The kswapds of all nodes that the request may use are woken, if the slow path does so. */
function wakeKswapds(k: Kernel, memory: Memory, { context, request, slow }: AllocTask, wakes: Wakes): Woken {
  if (!wakes(slow)) return { memory, records: ALLOC_SILENT };
  return k.wakeAllKswapds(k, memory, {
    zonelist: zonelistAt(memory, context.zonelist),
    highZoneidx: context.highZoneidx,
    nodemask: context.nodemask,
    preferred: context.preferred ?? undefined,
    order: request.order,
    gfp: slow.gfp,
  });
}

/** A mask that asks for reclaim and says that it cannot wait: the second is not believed. */
const withoutContradiction = (gfp: Gfp): Gfp => {
  const both = GFP_ATOMIC | GFP_DIRECT_RECLAIM;
  return (gfp & both) === both ? gfp & ~GFP_ATOMIC : gfp;
};

/** The entry of the slow path, for a kernel that wakes kswapd by a rule. */
export const slowpathEntry = (wakes: Wakes): AllocTransition => ({
  to: ['getPageFromFreelist', 'nopage'],
  does: 'Wakes the kswapds of all nodes that the request may use, and makes another attempt, at the min marks.',
  step: (k, memory, before) => {
    const gfp = withoutContradiction(k.currentGfpContext(k, before.slow.gfp, before.flags));
    const allocFlags = k.gfpToAllocFlags(k, memory.system, gfp, before.flags);
    const compactPriority = DEF_COMPACT_PRIORITY;
    const task = withSlow(withContext(before, spreading(before.context, false)), 'nopage', {
      gfp,
      allocFlags,
      compactPriority,
    });
    if (task.context.preferred === null) return allocSilent(memory, task);
    const woken = wakeKswapds(k, memory, task, wakes);
    return { ...woken, task: beginAttempt(task, gfp, allocFlags, 'compactFirst') };
  },
});

const entry = slowpathEntry(maskWakes);

/**
 * Too large a block can never be had, and nothing is said of it. Otherwise kswapd is woken, and the flags that the mask
 * and the task call for are tried at once.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const allocPagesSlowpath: AllocTransition = {
  to: [...entry.to, 'done'],
  does: `Fails for an order that no block has. ${entry.does}`,
  step: (k, memory, task) =>
    task.request.order >= MAX_ORDER ? allocSilent(memory, allocAt(task, 'done')) : entry.step(k, memory, task),
};

/**
 * A costly order, and any high order of pages that cannot be moved, is compacted for before anything is reclaimed,
 * unless the reserves are still to be tried.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const compactFirst: AllocTransition = {
  to: ['directCompact', 'retry'],
  does: 'Compacts first for a costly order, or for pages that cannot be moved.',
  step: (k, memory, task) => {
    const { order } = task.request;
    const { gfp } = task.slow;
    const fits = order > PAGE_ALLOC_COSTLY_ORDER || (order > 0 && task.context.migratetype !== 'movable');
    const first =
      fits && (gfp & GFP_DIRECT_RECLAIM) !== 0 && !k.gfpPfmemallocAllowed(k, memory.system, gfp, task.flags);
    if (!first) return allocSilent(memory, allocAt(task, 'retry'));
    return allocSilent(
      memory,
      withSlow(task, 'directCompact', { migrationMode: 'async', notCompacted: 'judgeCompaction' }),
    );
  },
};

/** What comes of the first compaction, for a kernel in which some results are reason to give up. */
export const judgeAfter = (hopeless: readonly SlowPath['compactResult'][]): AllocTransition => ({
  to: ['retry', 'nopage'],
  does: 'Gives a costly order up whose caller does not want to retry, if compaction did not even run.',
  step: (_k, memory, task) => {
    const { gfp, compactResult } = task.slow;
    const costly = task.request.order > PAGE_ALLOC_COSTLY_ORDER && (gfp & GFP_NORETRY) !== 0;
    if (!costly) return allocSilent(memory, allocAt(task, 'retry'));
    if (hopeless.includes(compactResult)) return allocSilent(memory, allocAt(task, 'nopage'));
    return allocSilent(memory, withSlow(task, 'retry', { compactPriority: INIT_COMPACT_PRIORITY }));
  },
});

/**
 * If compaction was put off for having failed lately, a costly request that does not want to retry fails; if not, it
 * disturbs no one more than at first.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const judgeCompaction: AllocTransition = judgeAfter(['deferred']);

/** A round of the slow path, for a kernel that wakes kswapd by a rule, and gives those with reserves some flags. */
export const roundOf = (
  wakes: Wakes,
  flagsOf: (k: Kernel, memory: Memory, task: AllocTask, reserve: AllocFlags) => AllocFlags,
): AllocTransition => ({
  to: ['getPageFromFreelist'],
  does: 'Wakes the kswapds again, and makes another attempt, with reserves if the task has some.',
  step: (k, before, task): AllocOutcome => {
    const { gfp } = task.slow;
    const { memory, records } = wakeKswapds(k, before, task, wakes);
    const reserve = k.__gfpPfmemallocFlags(k, gfp, task.flags);
    const allocFlags = reserve === 0 ? task.slow.allocFlags : flagsOf(k, memory, task, reserve);
    const free = (allocFlags & ALLOC_CPUSET) === 0 || reserve !== 0;
    const placed = free ? withContext(task, withNodemask(k, memory, task.context, null)) : task;
    const flagged = withSlow(placed, placed.at, { allocFlags });
    return { memory, task: beginAttempt(flagged, gfp, allocFlags, 'mayReclaim'), records };
  },
});

/**
 * A round begins: kswapd is kept awake, and whoever frees memory or was chosen to die gets at the reserves, by these
 * flags alone. Such a request, and an atomic one, may use all nodes.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const retry: AllocTransition = roundOf(maskWakes, (_k, _memory, _task, reserve) => reserve);

/**
 * Without waiting, nothing more can be done, and a task that reclaims already must not do so again.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const mayReclaim: AllocTransition = {
  to: ['directReclaim', 'nopage'],
  does: 'Gives up if the task may not wait or reclaim.',
  step: (_k, memory, task) => {
    const may = (task.slow.gfp & GFP_DIRECT_RECLAIM) !== 0 && (task.flags & TASK_MEMALLOC) === 0;
    return allocSilent(memory, allocAt(task, may ? 'directReclaim' : 'nopage'));
  },
};

/**
 * The allocation failed, unless it cannot: then it is let into a part of the reserves, first within its cpuset.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath, __alloc_pages_cpuset_fallback
 */
export const nopage: AllocTransition = {
  to: ['getPageFromFreelist', 'done'],
  does: 'Reports that the allocation failed, or tries harder for one that cannot fail.',
  step: (_k, memory, task) => {
    const { gfp } = task.slow;
    if ((gfp & GFP_NOFAIL) === 0 || (gfp & GFP_DIRECT_RECLAIM) === 0) {
      return allocTraced(memory, allocAt(task, 'done'), { ev: 'alloc_failed' });
    }
    return allocSilent(memory, beginAttempt(task, gfp, ALLOC_HARDER | ALLOC_CPUSET, 'nofailAnywhere'));
  },
};

/**
 * A request that cannot fail tries a part of the reserves beyond its cpuset.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_cpuset_fallback
 */
export const nofailAnywhere: AllocTransition = {
  to: ['getPageFromFreelist'],
  does: 'Tries harder for a request that cannot fail, beyond its cpuset.',
  step: (_k, memory, task) => allocSilent(memory, beginAttempt(task, task.slow.gfp, ALLOC_HARDER, 'nofail')),
};

/**
 * A request that cannot fail lets others run, and begins another round.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const nofail: AllocTransition = {
  to: ['wait'],
  does: 'Lets others run before another round for a request that cannot fail.',
  step: (_k, memory, task) => waitFor(memory, task, 'nofail', 'retry'),
};

/**
 * The task waits: for writes to end, for another task that is in the OOM killer, or just a little.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath, should_reclaim_retry
 */
export const wait: AllocYield = {
  to: ['retry', 'oomDecided'],
  does: 'Waits before it goes on.',
  waitsFor: 'writes to end, or a moment to pass',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task) => allocSilent(memory, allocAt(task, task.slow.waited)),
};
