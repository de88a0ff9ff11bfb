import { ALLOC_NOFRAGMENT } from '../../allocFlags.ts';
import { allocAt, withAttempt } from '../changes.ts';
import { allocSilent, type AllocTransition } from '../program.ts';
import { zonerefAtHand } from '../task.ts';
import { AFTER_ATTEMPTS, checkDirtyThen } from '../v4_19/walk.ts';

/**
 * In the first attempt, a page that will be written to is not taken from a node that holds its share of dirty pages.
 * The node is judged once, at its first zone.
 * @kernel v5.9 mm/page_alloc.c get_page_from_freelist
 */
export const checkDirty: AllocTransition = checkDirtyThen('checkLocality');

/**
 * An attempt that shuns mixing kinds of pages does not leave the preferred node for that: it begins again without
 * shunning, at the head of the zonelist. Which node was last found dirty is not forgotten.
 * @kernel v5.9 mm/page_alloc.c get_page_from_freelist
 */
export const checkLocality: AllocTransition = {
  to: ['zonelistScan', 'checkWatermark'],
  does: 'Mixes kinds of pages in a block rather than leave the preferred node.',
  step: (_k, memory, task) => {
    const { attempt, context } = task;
    const { preferred } = context;
    const shuns = (attempt.allocFlags & ALLOC_NOFRAGMENT) !== 0;
    if (!shuns || preferred === null || zonerefAtHand(memory, task)[0] === preferred[0]) {
      return allocSilent(memory, allocAt(task, 'checkWatermark'));
    }
    return allocSilent(
      memory,
      withAttempt(task, 'zonelistScan', { allocFlags: attempt.allocFlags & ~ALLOC_NOFRAGMENT }),
    );
  },
};

/**
 * The walk found nothing. One that shunned mixing kinds of pages begins again without; else the attempt failed.
 * @kernel v5.9 mm/page_alloc.c get_page_from_freelist
 */
export const endOfScan: AllocTransition = {
  to: ['zonelistScan', ...AFTER_ATTEMPTS],
  does: 'Begins another pass that may mix kinds of pages, or gives the attempt up.',
  step: (_k, memory, task) => {
    const { allocFlags, failed } = task.attempt;
    if ((allocFlags & ALLOC_NOFRAGMENT) === 0) return allocSilent(memory, allocAt(task, failed));
    return allocSilent(memory, withAttempt(task, 'zonelistScan', { allocFlags: allocFlags & ~ALLOC_NOFRAGMENT }));
  },
};
