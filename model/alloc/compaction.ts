import { ALLOC_NO_WATERMARKS } from '../allocFlags.ts';
import { mergeBlocks } from '../state/freeArea.ts';
import { withZoneAt, zoneAt } from '../state/memory.ts';
import { withFreeArea } from '../state/zone.ts';
import { allocAt, beginAttempt, withSlow } from './changes.ts';
import { GFP_TRANSHUGE } from './gfp.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from './program.ts';
import { TASK_KTHREAD } from './taskFlags.ts';

/**
 * A high order may be had by compaction, where that is built in.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_direct_compact
 */
export const directCompact: AllocTransition = {
  to: ['compact', 'judgeCompaction', 'nopage'],
  does: 'Compacts for a high order.',
  step: (_k, memory, task) => {
    const { notCompacted, migrationMode } = task.slow;
    if (task.request.order === 0 || !memory.system.compaction) return allocSilent(memory, allocAt(task, notCompacted));
    return allocTraced(memory, allocAt(task, 'compact'), { ev: 'compact', mode: migrationMode });
  },
};

/**
 * Compaction works on the zones of the request; what it merges is the environment's to say.
 * @kernel v4.0 mm/compaction.c try_to_compact_pages
 * @abstracts the migration of pages: only the free blocks that come of it are seen.
 */
export const compact: AllocYield = {
  to: ['compacted'],
  does: 'Compacts the zones that the request may use, while the rest of the machine goes on.',
  waitsFor: 'compaction to end',
  work: (_k, before, task, turn) => {
    let memory = before;
    for (const { node, zone, from, to, count } of turn.merge ?? []) {
      const here = zoneAt(memory, [node, zone]);
      const merged = withFreeArea(here, mergeBlocks(here.freeArea, from, to, count));
      memory = withZoneAt(memory, [node, zone], merged);
    }
    return allocSilent(memory, task);
  },
  resume: (_k, memory, task, turn) =>
    allocSilent(
      memory,
      withSlow(task, 'compacted', {
        compactResult: turn.compactResult ?? 'skipped',
        contendedCompaction: turn.contended ?? 'none',
      }),
    ),
};

/**
 * If some zone was compacted another attempt follows. That compaction was put off is kept in mind for good.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_direct_compact
 */
export const compacted: AllocTransition = {
  to: ['getPageFromFreelist', 'judgeCompaction', 'nopage'],
  does: 'Makes another attempt if compaction was neither skipped nor put off.',
  step: (_k, memory, task) => {
    const { gfp, allocFlags, compactResult, notCompacted } = task.slow;
    if (compactResult === 'deferred') {
      return allocSilent(memory, withSlow(task, notCompacted, { deferredCompaction: true }));
    }
    if (compactResult === 'skipped') return allocSilent(memory, allocAt(task, notCompacted));
    return allocSilent(memory, beginAttempt(task, gfp, allocFlags & ~ALLOC_NO_WATERMARKS, notCompacted));
  },
};

/**
 * A huge page is not worth the disturbance if compaction was put off or met with contention; a kernel thread goes on
 * although it should have given way. For anything but a huge page at fault, compaction will wait a little from now on.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const judgeCompaction: AllocTransition = {
  to: ['directReclaim', 'nopage'],
  does: 'Gives a huge page up if compaction was put off or contended.',
  step: (_k, memory, task) => {
    const { gfp, deferredCompaction, contendedCompaction, migrationMode } = task.slow;
    const huge = (gfp & GFP_TRANSHUGE) === GFP_TRANSHUGE;
    const kthread = (task.flags & TASK_KTHREAD) !== 0;
    const disturbs =
      deferredCompaction || contendedCompaction === 'lock' || (contendedCompaction === 'sched' && !kthread);
    if (huge && disturbs) return allocSilent(memory, allocAt(task, 'nopage'));
    const mode = !huge || kthread ? 'sync_light' : migrationMode;
    return allocSilent(memory, withSlow(task, 'directReclaim', { migrationMode: mode }));
  },
};
