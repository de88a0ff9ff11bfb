import { ALLOC_NO_WATERMARKS } from '../../allocFlags.ts';
import { takeOneBlock } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt } from '../../state/memory.ts';
import { withFreeArea } from '../../state/zone.ts';
import { beginAttempt, withPage, withSlow } from '../changes.ts';
import { allocSilent, type AllocTransition, type AllocYield } from '../program.ts';
import { merged } from '../v4_19/compaction.ts';

/**
 * Compaction works on the zones of the request. A block of the order that it makes may be captured for the task before
 * any other can take it.
 * @kernel v5.9 mm/compaction.c try_to_compact_pages, compact_zone_order
 * @abstracts the migration of pages: only the free blocks that come of it are seen.
 */
export const compact: AllocYield = {
  to: ['compacted'],
  does: 'Compacts the zones that the request may use, while the rest of the machine goes on.',
  waitsFor: 'compaction to end',
  work: (_k, before, task, turn) => {
    const memory = merged(before, turn);
    if (turn.capture === undefined) return allocSilent(memory, task);
    const { node, zone } = turn.capture;
    const here = zoneAt(memory, [node, zone]);
    const taken = takeOneBlock(here.freeArea, task.request.order);
    if (taken === undefined) return allocSilent(memory, task);
    const pfmemalloc = (task.slow.allocFlags & ALLOC_NO_WATERMARKS) !== 0;
    const captured = { ...withPage(task, { node, zone, pfmemalloc }), at: task.at };
    return allocSilent(withZoneAt(memory, [node, zone], withFreeArea(here, taken.area)), captured);
  },
  resume: (_k, memory, task, turn) =>
    allocSilent(memory, withSlow(task, 'compacted', { compactResult: turn.compactResult ?? 'skipped' })),
};

/**
 * The task is done if a block was captured for it. Otherwise another attempt follows, even if compaction did not run.
 * @kernel v5.9 mm/page_alloc.c __alloc_pages_direct_compact
 */
export const compacted: AllocTransition = {
  to: ['getPageFromFreelist', 'done'],
  does: 'Takes the block that was captured, or makes another attempt.',
  step: (_k, memory, task) => {
    if (task.page !== null) return allocSilent(memory, withPage(task, task.page));
    const { gfp, allocFlags, notCompacted } = task.slow;
    return allocSilent(memory, beginAttempt(task, gfp, allocFlags, notCompacted));
  },
};
