import { mergeBlocks } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt, type Memory } from '../../state/memory.ts';
import { withFreeArea } from '../../state/zone.ts';
import { allocAt, beginAttempt, withSlow } from '../changes.ts';
import { allocSilent, allocTraced, type AllocTransition } from '../program.ts';
import type { MigrateMode } from '../record.ts';
import type { AllocTurn, CompactResult } from '../turn.ts';

/**
 * How hard compaction tries: it gives way to whoever is in its way.
 * @kernel v4.19 include/linux/compaction.h INIT_COMPACT_PRIORITY
 */
export const INIT_COMPACT_PRIORITY = 2;
/**
 * It waits a little.
 * @kernel v4.19 include/linux/compaction.h DEF_COMPACT_PRIORITY, MIN_COMPACT_COSTLY_PRIORITY
 */
export const DEF_COMPACT_PRIORITY = 1;
/**
 * It does all it can.
 * @kernel v4.19 include/linux/compaction.h MIN_COMPACT_PRIORITY
 */
export const MIN_COMPACT_PRIORITY = 0;

/** How compaction works at each priority. */
export const MODES: readonly MigrateMode[] = ['sync_full', 'sync_light', 'async'];

/** Compaction did not run. */
const NOT_RUN: ReadonlySet<CompactResult> = new Set(['not_suitable_zone', 'skipped', 'deferred', 'inactive']);

/**
 * A high order may be had by compaction, where that is built in; where not, it counts as skipped.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_direct_compact
 */
export const directCompact: AllocTransition = {
  to: ['compact', 'judgeCompaction', 'considerRetry'],
  does: 'Compacts for a high order.',
  step: (_k, memory, task) => {
    const { notCompacted, migrationMode } = task.slow;
    if (task.request.order === 0) return allocSilent(memory, allocAt(task, notCompacted));
    if (!memory.system.compaction) {
      return allocSilent(memory, withSlow(task, notCompacted, { compactResult: 'skipped' }));
    }
    return allocTraced(memory, allocAt(task, 'compact'), { ev: 'compact', mode: migrationMode });
  },
};

/** The memory after compaction merged what the turn says. */
export function merged(before: Memory, turn: AllocTurn): Memory {
  let memory = before;
  for (const { node, zone, from, to, count } of turn.merge ?? []) {
    const here = zoneAt(memory, [node, zone]);
    memory = withZoneAt(memory, [node, zone], withFreeArea(here, mergeBlocks(here.freeArea, from, to, count)));
  }
  return memory;
}

/**
 * If some zone was compacted another attempt follows.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_direct_compact
 */
export const compacted: AllocTransition = {
  to: ['getPageFromFreelist', 'judgeCompaction', 'considerRetry'],
  does: 'Makes another attempt if compaction was neither skipped nor put off.',
  step: (_k, memory, task) => {
    const { gfp, allocFlags, compactResult, notCompacted } = task.slow;
    if (NOT_RUN.has(compactResult)) return allocSilent(memory, allocAt(task, notCompacted));
    return allocSilent(memory, beginAttempt(task, gfp, allocFlags, notCompacted));
  },
};
