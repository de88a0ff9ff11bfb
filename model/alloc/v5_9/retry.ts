import type { Kernel } from '../../kernel.ts';
import type { Memory } from '../../state/memory.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { TASK_WQ_WORKER } from '../taskFlags.ts';
import type { AllocTask } from '../task.ts';
import type { CompactResult } from '../turn.ts';
import {
  countedSuccess,
  MAX_RECLAIM_RETRIES,
  raisePriority,
  shouldReclaimRetry as askedBefore,
  singlePageFits,
  withinRetries,
  type CompactRetry,
  type ReclaimRetry,
} from '../v4_19/retry.ts';

/**
 * Reclaim is worth another round as it was before. A worker of a queue sleeps a moment even if it is not, as long as
 * not too many rounds in a row brought nothing.
 * @kernel v5.9 mm/page_alloc.c should_reclaim_retry
 */
export function shouldReclaimRetry(k: Kernel, memory: Memory, task: AllocTask): ReclaimRetry {
  const asked = askedBefore(k, memory, task);
  const worker = (task.flags & TASK_WQ_WORKER) !== 0;
  if (asked.retry || !worker || asked.noProgressLoops > MAX_RECLAIM_RETRIES) return asked;
  const { noProgressLoops, records } = asked;
  return { memory: asked.memory, retry: false, noProgressLoops, wait: 'worker', records };
}

/** Compaction gave way, or was put off, before it could say more. */
const WITHDRAWN: ReadonlySet<CompactResult> = new Set(['deferred', 'inactive', 'contended', 'partial_skipped']);

/**
 * As long as compaction helps it may go on, 16 times, or 4 times for a costly order. If it ran to its end in vain or
 * withdrew, it shall try harder the next time; if it lacked free pages, it goes on as long as some zone would be
 * suitable with a part of its reclaimable pages free. Without compaction, orders that are not costly go on while a
 * single page could be had.
 * @kernel v5.9 mm/page_alloc.c should_compact_retry
 */
export function shouldCompactRetry(k: Kernel, memory: Memory, task: AllocTask): CompactRetry {
  const { order } = task.request;
  const { compactResult, compactPriority, compactionRetries } = task.slow;
  if (order === 0 || !memory.system.compaction) {
    const retry = order > 0 && order <= PAGE_ALLOC_COSTLY_ORDER && singlePageFits(k, memory, task);
    return { retry, compactPriority, compactionRetries };
  }
  const counted = countedSuccess(task);
  if (compactResult === 'complete' || WITHDRAWN.has(compactResult)) return raisePriority(task, counted);
  if (compactResult !== 'skipped') return withinRetries(task, counted);
  return { retry: k.compactionZonelistSuitable(k, memory, task), compactPriority, compactionRetries: counted };
}
