import type { AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import { zoneAt, type Memory, type ZoneRef } from '../../state/memory.ts';
import { zonePageStateSnapshot, type Zone } from '../../state/zone.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { TASK_WQ_WORKER } from '../taskFlags.ts';
import type { AllocTraceRecord } from '../record.ts';
import { zonelistAt, type AllocTask } from '../task.ts';
import type { CompactResult } from '../turn.ts';
import { eligibleZones } from '../zonelistWalk.ts';
import { DEF_COMPACT_PRIORITY, MIN_COMPACT_PRIORITY } from './compaction.ts';

/**
 * Rounds of reclaim in a row that may bring nothing.
 * @kernel v4.19 mm/internal.h MAX_RECLAIM_RETRIES
 */
export const MAX_RECLAIM_RETRIES = 16;

/**
 * How often compaction may help without being enough, at one priority.
 * @kernel v4.19 mm/page_alloc.c MAX_COMPACT_RETRIES
 */
const MAX_COMPACT_RETRIES = 16;

/** Whether to reclaim again. */
export interface ReclaimRetry {
  readonly memory: Memory;
  readonly retry: boolean;
  readonly noProgressLoops: number;
  /** What the task waits for first. */
  readonly wait?: 'write_pending' | 'worker';
  readonly records: readonly AllocTraceRecord[];
}

const zonesOf = (memory: Memory, { context }: AllocTask): readonly ZoneRef[] =>
  eligibleZones(zonelistAt(memory, context.zonelist), context.highZoneidx, context.nodemask);

/**
 * Reclaim is worth another round as long as some zone would stay above its min mark if all that is left of it were
 * reclaimed. Costly orders count every round as one without progress. After 16 of these in a row only a block that is
 * set aside is reason to go on. Without progress, a zone that mostly waits for writes has the task wait for them.
 * @kernel v4.19 mm/page_alloc.c should_reclaim_retry
 */
export function shouldReclaimRetry(k: Kernel, memory: Memory, task: AllocTask): ReclaimRetry {
  const { order } = task.request;
  const { didSomeProgress, allocFlags } = task.slow;
  const counts = didSomeProgress > 0 && order <= PAGE_ALLOC_COSTLY_ORDER;
  const noProgressLoops = counts ? 0 : task.slow.noProgressLoops + 1;
  if (noProgressLoops > MAX_RECLAIM_RETRIES) {
    const { memory: after, ok } = k.unreserveHighatomicPageblock(k, memory, task.context, true);
    return { memory: after, retry: ok, noProgressLoops, records: [{ ev: 'unreserve_highatomic', force: true, ok }] };
  }
  const worker = (task.flags & TASK_WQ_WORKER) !== 0;
  for (const at of zonesOf(memory, task)) {
    const zone = zoneAt(memory, at);
    if (!wouldSuffice(k, memory, zone, order, task.context.classzoneIdx, allocFlags)) continue;
    const reclaimable = k.zoneReclaimablePages(k, memory.system, zone);
    if (didSomeProgress === 0 && 2 * zone.alloc.writePending > reclaimable) {
      return { memory, retry: true, noProgressLoops, wait: 'write_pending', records: [] };
    }
    return { memory, retry: true, noProgressLoops, ...(worker ? { wait: 'worker' } : {}), records: [] };
  }
  return { memory, retry: false, noProgressLoops, records: [] };
}

/** The zone would stay above its min mark with all its reclaimable pages free. */
function wouldSuffice(
  k: Kernel,
  { system }: Memory,
  zone: Zone,
  order: number,
  classzoneIdx: number,
  allocFlags: AllocFlags,
): boolean {
  const available = k.zoneReclaimablePages(k, system, zone) + zonePageStateSnapshot(zone);
  return k.__zoneWatermarkOk(k, system, zone, order, k.minWmarkPages(k, zone), classzoneIdx, allocFlags, available);
}

/** Whether to go round again for the sake of compaction. */
export interface CompactRetry {
  readonly retry: boolean;
  readonly compactPriority: number;
  readonly compactionRetries: number;
}

/** It did not come to compacting, or not to its end. */
const WITHDRAWN: ReadonlySet<CompactResult> = new Set([
  'skipped',
  'deferred',
  'inactive',
  'contended',
  'partial_skipped',
]);

/**
 * As long as compaction helps it may go on, 16 times, or 4 times for a costly order; if it ran to its end in vain, it
 * shall try harder the next time. If it withdrew, it goes on as long as some zone would be suitable with a part of its
 * reclaimable pages free. Without compaction, orders that are not costly go on while a single page could be had.
 * @kernel v4.19 mm/page_alloc.c should_compact_retry
 */
export function shouldCompactRetry(k: Kernel, memory: Memory, task: AllocTask): CompactRetry {
  const { order } = task.request;
  if (order === 0) return asItIs(task, false);
  if (!memory.system.compaction) {
    return asItIs(task, order <= PAGE_ALLOC_COSTLY_ORDER && singlePageFits(k, memory, task));
  }
  const counted = countedSuccess(task);
  const { compactResult } = task.slow;
  if (compactResult === 'complete') return raisePriority(task, counted);
  if (WITHDRAWN.has(compactResult)) {
    const retry = k.compactionZonelistSuitable(k, memory, task);
    return { retry, compactPriority: task.slow.compactPriority, compactionRetries: counted };
  }
  return withinRetries(task, counted);
}

const asItIs = ({ slow }: AllocTask, retry: boolean): CompactRetry => ({
  retry,
  compactPriority: slow.compactPriority,
  compactionRetries: slow.compactionRetries,
});

/** The times that compaction helped, with the last one. */
export const countedSuccess = ({ slow }: AllocTask): number =>
  slow.compactResult === 'success' ? slow.compactionRetries + 1 : slow.compactionRetries;

/** Goes on at the same priority while there are retries left, and then at a higher one. */
export function withinRetries(task: AllocTask, compactionRetries: number): CompactRetry {
  const costly = task.request.order > PAGE_ALLOC_COSTLY_ORDER;
  const most = costly ? MAX_COMPACT_RETRIES / 4 : MAX_COMPACT_RETRIES;
  if (compactionRetries > most) return raisePriority(task, compactionRetries);
  return { retry: true, compactPriority: task.slow.compactPriority, compactionRetries };
}

/** Goes on at the next higher priority, if there is one for the order. */
export function raisePriority(task: AllocTask, compactionRetries: number): CompactRetry {
  const { compactPriority } = task.slow;
  const highest = task.request.order > PAGE_ALLOC_COSTLY_ORDER ? DEF_COMPACT_PRIORITY : MIN_COMPACT_PRIORITY;
  if (compactPriority <= highest) return { retry: false, compactPriority, compactionRetries };
  return { retry: true, compactPriority: compactPriority - 1, compactionRetries: 0 };
}

/** Some zone has a single page above its min mark. */
export const singlePageFits = (k: Kernel, memory: Memory, task: AllocTask): boolean =>
  zonesOf(memory, task).some((at) => {
    const zone = zoneAt(memory, at);
    const { classzoneIdx } = task.context;
    return k.zoneWatermarkOk(k, memory.system, zone, 0, k.minWmarkPages(k, zone), classzoneIdx, task.slow.allocFlags);
  });

/**
 * Whether compaction would be possible, or not needed, in some zone, if one part in `order` of its reclaimable pages
 * were free.
 * @kernel v4.19 mm/compaction.c compaction_zonelist_suitable
 */
export function compactionZonelistSuitable(k: Kernel, memory: Memory, task: AllocTask): boolean {
  const { order } = task.request;
  const { classzoneIdx } = task.context;
  return zonesOf(memory, task).some((at) => {
    const zone = zoneAt(memory, at);
    const reclaimable = Math.trunc(k.zoneReclaimablePages(k, memory.system, zone) / order);
    const available = reclaimable + zonePageStateSnapshot(zone);
    const { allocFlags } = task.slow;
    const result = k.__compactionSuitable(k, memory.system, zone, order, allocFlags, classzoneIdx, available);
    return result !== 'COMPACT_SKIPPED';
  });
}
