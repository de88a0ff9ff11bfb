import { giveBlocks } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt } from '../../state/memory.ts';
import { withFreed } from '../../state/zone.ts';
import { takeFromLru } from '../../rules/reclaim.ts';
import { allocAt, beginAttempt, withSlow } from '../changes.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from '../program.ts';
import * as earlier from '../reclaim.ts';
import { MODES } from './compaction.ts';

/**
 * Direct reclaim works for the request; what it frees, and what it returns, is the environment's to say.
 * @kernel v4.19 mm/vmscan.c try_to_free_pages
 * @abstracts how it comes about, which is a program of its own.
 */
export const reclaim: AllocYield = {
  ...earlier.reclaim,
  work: (k, before, task, turn) => {
    let memory = before;
    for (const { node, zone, pages } of turn.reclaimed ?? []) {
      const here = zoneAt(memory, [node, zone]);
      const freed = Math.min(pages, k.zoneReclaimablePages(k, memory.system, here));
      if (freed === 0) continue;
      const after = withFreed(here, giveBlocks(here.freeArea, 0, freed), takeFromLru(here.lru, freed));
      memory = withZoneAt(memory, [node, zone], after);
    }
    return allocSilent(memory, task);
  },
};

/**
 * With progress another attempt follows. If that fails, or there was none, compaction is next.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_direct_reclaim
 */
export const reclaimed: AllocTransition = {
  to: ['getPageFromFreelist', 'directCompact'],
  does: 'Makes another attempt if reclaim made progress.',
  step: (_k, memory, before) => {
    const { gfp, allocFlags, didSomeProgress, compactPriority } = before.slow;
    const migrationMode = MODES[compactPriority]!;
    const task = withSlow(before, 'directCompact', { migrationMode, notCompacted: 'considerRetry' });
    return allocSilent(memory, didSomeProgress === 0 ? task : beginAttempt(task, gfp, allocFlags, 'drainPages'));
  },
};

/**
 * The pages may be set aside for atomic requests, or stand on the lists of some processor: a block is given back, and
 * the lists are emptied, once.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_direct_reclaim
 */
export const drainPages: AllocTransition = {
  to: ['drain'],
  does: 'Gives back a block that is set aside, and empties the lists of all processors.',
  step: (k, before, task) => {
    const { memory, ok } = k.unreserveHighatomicPageblock(k, before, task.context, false);
    const record = { ev: 'unreserve_highatomic', force: false, ok } as const;
    return allocTraced(memory, allocAt(task, 'drain'), record, { ev: 'drain' });
  },
};

/**
 * The lists of all processors are emptied, while the rest of the machine goes on; then another attempt follows.
 * @kernel v4.19 mm/page_alloc.c drain_all_pages
 */
export const drain: AllocYield = {
  ...earlier.drain,
  resume: (_k, memory, task) =>
    allocSilent(memory, beginAttempt(task, task.slow.gfp, task.slow.allocFlags, 'directCompact')),
};
