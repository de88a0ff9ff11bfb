import { ALLOC_CPUSET, ALLOC_WMARK_HIGH } from '../allocFlags.ts';
import { LAYOUTS, type Memory } from '../state/memory.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../units.ts';
import { allocAt, beginAttempt, withSlow } from './changes.ts';
import { GFP_FS, GFP_HARDWALL, GFP_NOFAIL, GFP_THISNODE } from './gfp.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from './program.ts';
import { waitFor } from './slow.ts';
import { TASK_DUMPCORE } from './taskFlags.ts';
import type { AllocTask } from './task.ts';

/**
 * One task at a time turns to the OOM killer. Another one waits a moment, and takes it for progress; the one that has
 * the lock first makes sure at the high marks that nothing came free meanwhile.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_may_oom
 */
export const oomTrylock: AllocYield = {
  to: ['wait', 'getPageFromFreelist'],
  does: 'Tries to be the one who turns to the OOM killer, and makes an attempt at the high marks.',
  waitsFor: 'the answer of the lock',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, turn) => {
    if (turn.busy === true) {
      return waitFor(memory, withSlow(task, task.at, { didSomeProgress: 1 }), 'oom_lock', 'oomDecided');
    }
    const high = ALLOC_WMARK_HIGH | ALLOC_CPUSET;
    return allocSilent(memory, beginAttempt(task, task.slow.gfp | GFP_HARDWALL, high, 'considerOom'));
  },
};

/** What comes of not killing: no progress, or for requests that keep out of file systems a pretended one. */
function spared(memory: Memory, task: AllocTask): number | undefined {
  const { gfp } = task.slow;
  if ((gfp & GFP_NOFAIL) !== 0) return undefined;
  if ((task.flags & TASK_DUMPCORE) !== 0) return 0;
  if (task.request.order > PAGE_ALLOC_COSTLY_ORDER) return 0;
  if (task.context.highZoneidx < LAYOUTS[memory.numa.layout].findIndex((name) => name === 'Normal')) return 0;
  if ((gfp & GFP_FS) === 0) return 1;
  return (gfp & GFP_THISNODE) !== 0 ? 0 : undefined;
}

/**
 * No one is killed for a core dump, a costly order, low memory or one node alone. A request that keeps out of file
 * systems is not worth a life either, but tries again. For a request that cannot fail none of this counts.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_may_oom
 */
export const considerOom: AllocTransition = {
  to: ['oom', 'oomDecided'],
  does: 'Decides whether the request is worth killing a task for.',
  step: (_k, memory, task) => {
    const didSomeProgress = spared(memory, task);
    if (didSomeProgress === undefined) return allocTraced(memory, allocAt(task, 'oom'), { ev: 'oom' });
    return allocSilent(memory, withSlow(task, 'oomDecided', { didSomeProgress }));
  },
};

/**
 * The OOM killer chooses a task and kills it; whether it did is the environment's to say.
 * @kernel v4.0 mm/oom_kill.c out_of_memory
 */
export const oom: AllocYield = {
  to: ['oomDecided'],
  does: 'Has the OOM killer choose a task, while the rest of the machine goes on.',
  waitsFor: 'the OOM killer to choose',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, { killed = false }) => {
    const progress = killed || (task.slow.gfp & GFP_NOFAIL) !== 0;
    return allocSilent(memory, withSlow(task, 'oomDecided', { didSomeProgress: progress ? 1 : 0 }));
  },
};

/**
 * As long as tasks are killed, or others see to it, the slow path begins anew after a wait.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export const oomDecided: AllocTransition = {
  to: ['wait', 'nopage'],
  does: 'Begins anew if the OOM killer is at work, and gives up if not.',
  step: (_k, memory, task) =>
    task.slow.didSomeProgress !== 0
      ? waitFor(memory, task, 'congestion', 'wakeAllKswapds')
      : allocSilent(memory, allocAt(task, 'nopage')),
};
