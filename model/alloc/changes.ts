import type { AllocFlags } from '../allocFlags.ts';
import type { Gfp } from './gfp.ts';
import type { TaskFlags } from './taskFlags.ts';
import type { AllocatedPage, AllocContext, AllocPoint, AllocTask, Attempt, SlowPath } from './task.ts';

/** The task at another point, all else as it was. */
export const allocAt = (t: AllocTask, at: AllocPoint): AllocTask => ({
  at,
  request: t.request,
  flags: t.flags,
  context: t.context,
  attempt: t.attempt,
  slow: t.slow,
  page: t.page,
});

/** The task at another point of its walk over the zonelist. */
export const withAttempt = (t: AllocTask, at: AllocPoint, changes: Partial<Attempt>): AllocTask => ({
  at,
  request: t.request,
  flags: t.flags,
  context: t.context,
  attempt: changedAttempt(t.attempt, changes),
  slow: t.slow,
  page: t.page,
});

const changedAttempt = (a: Attempt, to: Partial<Attempt>): Attempt => ({
  gfp: to.gfp ?? a.gfp,
  allocFlags: to.allocFlags ?? a.allocFlags,
  failed: to.failed ?? a.failed,
  position: to.position ?? a.position,
  mark: to.mark ?? a.mark,
  nrFairSkipped: to.nrFairSkipped ?? a.nrFairSkipped,
  zlcActive: to.zlcActive ?? a.zlcActive,
  didZlcSetup: to.didZlcSetup ?? a.didZlcSetup,
  lastDirtyNode: to.lastDirtyNode ?? a.lastDirtyNode,
  reclaimResult: to.reclaimResult ?? a.reclaimResult,
});

/** The task at another point of the slow path. */
export const withSlow = (t: AllocTask, at: AllocPoint, changes: Partial<SlowPath>): AllocTask => ({
  at,
  request: t.request,
  flags: t.flags,
  context: t.context,
  attempt: t.attempt,
  slow: changedSlow(t.slow, changes),
  page: t.page,
});

const changedSlow = (s: SlowPath, to: Partial<SlowPath>): SlowPath => ({
  gfp: to.gfp ?? s.gfp,
  allocFlags: to.allocFlags ?? s.allocFlags,
  pagesReclaimed: to.pagesReclaimed ?? s.pagesReclaimed,
  didSomeProgress: to.didSomeProgress ?? s.didSomeProgress,
  migrationMode: to.migrationMode ?? s.migrationMode,
  deferredCompaction: to.deferredCompaction ?? s.deferredCompaction,
  contendedCompaction: to.contendedCompaction ?? s.contendedCompaction,
  compactResult: to.compactResult ?? s.compactResult,
  compactPriority: to.compactPriority ?? s.compactPriority,
  compactionRetries: to.compactionRetries ?? s.compactionRetries,
  noProgressLoops: to.noProgressLoops ?? s.noProgressLoops,
  notCompacted: to.notCompacted ?? s.notCompacted,
  waited: to.waited ?? s.waited,
});

/** The task with another context. */
export const withContext = (t: AllocTask, context: AllocContext): AllocTask => ({
  at: t.at,
  request: t.request,
  flags: t.flags,
  context,
  attempt: t.attempt,
  slow: t.slow,
  page: t.page,
});

/** The task with other flags. */
export const withTaskFlags = (t: AllocTask, flags: TaskFlags): AllocTask => ({
  at: t.at,
  request: t.request,
  flags,
  context: t.context,
  attempt: t.attempt,
  slow: t.slow,
  page: t.page,
});

/** The task that has its page, and is done. */
export const withPage = (t: AllocTask, page: AllocatedPage): AllocTask => ({
  at: 'done',
  request: t.request,
  flags: t.flags,
  context: t.context,
  attempt: t.attempt,
  slow: t.slow,
  page,
});

/** The task at the entry of another walk over its zonelist; `failed` is where it goes on if that finds nothing. */
export const beginAttempt = (t: AllocTask, gfp: Gfp, allocFlags: AllocFlags, failed: Attempt['failed']): AllocTask =>
  withAttempt(t, 'getPageFromFreelist', {
    gfp,
    allocFlags,
    failed,
    position: -1,
    nrFairSkipped: 0,
    zlcActive: false,
    didZlcSetup: false,
    lastDirtyNode: -1,
  });

/** The context that passes over nodes beyond their dirty limit, or does so no longer. */
export const spreading = (c: AllocContext, spreadDirty: boolean): AllocContext => ({
  zonelist: c.zonelist,
  preferred: c.preferred,
  classzoneIdx: c.classzoneIdx,
  highZoneidx: c.highZoneidx,
  migratetype: c.migratetype,
  nodemask: c.nodemask,
  spreadDirty,
});
