import {
  ALLOC_CMA,
  ALLOC_CPUSET,
  ALLOC_FAIR,
  ALLOC_WMARK_LOW,
  ALLOC_WMARK_MIN,
  type AllocFlags,
} from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import { LAYOUTS, type Memory } from '../state/memory.ts';
import { allocAt, beginAttempt, withContext, withSlow } from './changes.ts';
import { GFP_FS, GFP_HARDWALL, GFP_IO, GFP_THISNODE, type Gfp } from './gfp.ts';
import { allocSilent, type AllocTransition } from './program.ts';
import type { TaskFlags } from './taskFlags.ts';
import {
  zonelistAt,
  type AllocContext,
  type AllocRequest,
  type AllocTask,
  type Attempt,
  type SlowPath,
} from './task.ts';
import { firstZonesZonelist } from './zonelistWalk.ts';

const NO_CONTEXT: AllocContext = {
  zonelist: { node: 0, thisNode: false },
  preferred: null,
  classzoneIdx: 0,
  highZoneidx: 0,
  migratetype: 'unmovable',
  nodemask: null,
  spreadDirty: false,
};

const NO_ATTEMPT: Attempt = {
  gfp: 0,
  allocFlags: ALLOC_WMARK_MIN,
  failed: 'done',
  position: -1,
  mark: 0,
  nrFairSkipped: 0,
  zlcActive: false,
  didZlcSetup: false,
  lastDirtyNode: -1,
  reclaimResult: 'noscan',
};

const NO_SLOW_PATH: SlowPath = {
  gfp: 0,
  allocFlags: ALLOC_WMARK_MIN,
  pagesReclaimed: 0,
  didSomeProgress: 0,
  migrationMode: 'async',
  deferredCompaction: false,
  contendedCompaction: 'none',
  compactResult: 'skipped',
  compactPriority: 2,
  compactionRetries: 0,
  noProgressLoops: 0,
  notCompacted: 'nopage',
  waited: 'nopage',
};

/** A task that is about to allocate. */
export const startAllocation = (request: AllocRequest, flags: TaskFlags): AllocTask => ({
  at: 'allocPagesNodemask',
  request,
  flags,
  context: NO_CONTEXT,
  attempt: NO_ATTEMPT,
  slow: NO_SLOW_PATH,
  page: null,
});

/** A task that is about to walk over the zonelist once, and no more than that. */
export function startSingleAttempt(
  k: Kernel,
  memory: Memory,
  request: AllocRequest,
  flags: TaskFlags,
  allocFlags: AllocFlags,
  spreadDirty = false,
): AllocTask {
  const task = withContext(startAllocation(request, flags), contextOf(k, memory, request, spreadDirty));
  return beginAttempt(task, request.gfp, allocFlags, 'done');
}

/** The list that requests on a node walk: that of the node alone, if they may not leave it. */
export const zonelistNamed = (node: number, gfp: Gfp) => ({ node, thisNode: (gfp & GFP_THISNODE) !== 0 });

/** What a request allows, looked up once. */
export function contextOf(
  k: Kernel,
  memory: Memory,
  { gfp, preferredNode, nodemask }: AllocRequest,
  spreadDirty = false,
): AllocContext {
  const zonelist = zonelistNamed(preferredNode, gfp);
  const highZoneidx = k.gfpZone(k, LAYOUTS[memory.numa.layout], gfp);
  const preferred = firstZonesZonelist(zonelistAt(memory, zonelist), highZoneidx, nodemask) ?? null;
  return {
    zonelist,
    preferred,
    classzoneIdx: k.acClasszoneIdx(k, preferred, highZoneidx),
    highZoneidx,
    migratetype: k.gfpflagsToMigratetype(k, gfp),
    nodemask,
    spreadDirty,
  };
}

/** While the storage is suspended, no request may start input or output. */
export const allowedGfp = ({ numa }: Memory, gfp: Gfp): Gfp => (numa.suspendedStorage ? gfp & ~(GFP_IO | GFP_FS) : gfp);

/**
 * The first attempt looks for a zone that stays above its low mark, and spreads fresh pages over the zones of the
 * local node. A request that no zone may serve fails at once, without a trace.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_nodemask
 * @abstracts cpusets: every node is allowed.
 */
export const allocPagesNodemask: AllocTransition = {
  to: ['getPageFromFreelist', 'done'],
  does: 'Finds the zone that the request prefers, and makes the first attempt at the low marks.',
  step: (k, memory, task) => {
    const { request } = task;
    const gfp = allowedGfp(memory, request.gfp);
    const context = contextOf(k, memory, request);
    if (context.preferred === null) return allocSilent(memory, allocAt(withContext(task, context), 'done'));
    const cma = memory.system.cma && context.migratetype === 'movable' ? ALLOC_CMA : 0;
    const entered = withSlow(withContext(task, context), task.at, { gfp });
    const allocFlags = ALLOC_WMARK_LOW | ALLOC_CPUSET | ALLOC_FAIR | cma;
    return allocSilent(memory, beginAttempt(entered, gfp | GFP_HARDWALL, allocFlags, 'allocPagesSlowpath'));
  },
};
