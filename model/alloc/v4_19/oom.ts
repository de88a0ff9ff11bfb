import { ALLOC_CPUSET, ALLOC_NO_WATERMARKS, ALLOC_OOM, ALLOC_WMARK_HIGH, type AllocFlags } from '../../allocFlags.ts';
import { LAYOUTS, type LayoutName } from '../../state/memory.ts';
import { PAGE_ALLOC_COSTLY_ORDER } from '../../units.ts';
import { allocAt, beginAttempt, withSlow } from '../changes.ts';
import {
  GFP_DIRECT_RECLAIM,
  GFP_HARDWALL,
  GFP_NOFAIL,
  GFP_NOMEMALLOC,
  GFP_RETRY_MAYFAIL,
  GFP_THISNODE,
} from '../gfp.ts';
import { allocSilent, allocTraced, type AllocTransition, type AllocYield } from '../program.ts';
import { waitFor } from '../slow.ts';
import { TASK_DUMPCORE, TASK_OOM_VICTIM } from '../taskFlags.ts';

/**
 * One task at a time turns to the OOM killer. Another one waits a moment, and takes it for progress; the one that has
 * the lock first makes sure at the high marks that nothing came free meanwhile, without its own flags.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_may_oom
 */
export const oomTrylock: AllocYield = {
  to: ['wait', 'getPageFromFreelist'],
  does: 'Tries to be the one who turns to the OOM killer, and makes an attempt at the high marks.',
  waitsFor: 'the answer of the lock',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, { busy = false }) => {
    if (busy) return waitFor(memory, withSlow(task, task.at, { didSomeProgress: 1 }), 'oom_lock', 'oomDecided');
    const gfp = (task.slow.gfp | GFP_HARDWALL) & ~GFP_DIRECT_RECLAIM;
    const alone = withSlow(task, task.at, { didSomeProgress: 0 });
    return allocSilent(memory, beginAttempt(alone, gfp, ALLOC_WMARK_HIGH | ALLOC_CPUSET, 'outOfMemory'));
  },
};

const normalIdx = (layout: LayoutName): number => LAYOUTS[layout].findIndex((name) => name === 'Normal');

/**
 * No one is killed for a core dump, a costly order, a caller that copes with failure, low memory, or one node alone,
 * nor while the storage is suspended. That holds for a request that cannot fail as well.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_may_oom
 */
export const outOfMemory: AllocTransition = {
  to: ['oom', 'oomDecided'],
  does: 'Decides whether the request is worth killing a task for.',
  step: (_k, memory, task) => {
    const { numa } = memory;
    const spared =
      (task.flags & TASK_DUMPCORE) !== 0 ||
      task.request.order > PAGE_ALLOC_COSTLY_ORDER ||
      (task.slow.gfp & (GFP_RETRY_MAYFAIL | GFP_THISNODE)) !== 0 ||
      task.context.highZoneidx < normalIdx(numa.layout) ||
      numa.suspendedStorage;
    if (spared) return allocSilent(memory, allocAt(task, 'oomDecided'));
    return allocTraced(memory, allocAt(task, 'oom'), { ev: 'oom' });
  },
};

/**
 * The OOM killer chooses a task and kills it; whether it did is the environment's to say. A request that cannot fail
 * counts on it either way, and is let into all reserves, first within its cpuset.
 * @kernel v4.19 mm/oom_kill.c out_of_memory
 */
export const oom: AllocYield = {
  to: ['getPageFromFreelist', 'oomDecided'],
  does: 'Has the OOM killer choose a task, while the rest of the machine goes on.',
  waitsFor: 'the OOM killer to choose',
  work: (_k, memory, task) => allocSilent(memory, task),
  resume: (_k, memory, task, { killed = false }) => {
    const nofail = (task.slow.gfp & GFP_NOFAIL) !== 0;
    const decided = withSlow(task, 'oomDecided', { didSomeProgress: killed || nofail ? 1 : 0 });
    if (!nofail) return allocSilent(memory, decided);
    const reserves = ALLOC_NO_WATERMARKS | ALLOC_CPUSET;
    return allocSilent(memory, beginAttempt(decided, task.slow.gfp, reserves, 'oomAllReserves'));
  },
};

/**
 * A request that cannot fail tries all reserves beyond its cpuset.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_cpuset_fallback
 */
export const oomAllReserves: AllocTransition = {
  to: ['getPageFromFreelist'],
  does: 'Tries all reserves for a request that cannot fail, beyond its cpuset.',
  step: (_k, memory, task) => allocSilent(memory, beginAttempt(task, task.slow.gfp, ALLOC_NO_WATERMARKS, 'oomDecided')),
};

/** What comes of the OOM killer, for a kernel in which flags tell who had a victim's reserves. */
export const decidedBy = (hadReserves: (allocFlags: AllocFlags) => boolean): AllocTransition => ({
  to: ['retry', 'nopage'],
  does: 'Begins another round if the OOM killer is at work, and gives up if not, or if the task itself was chosen.',
  step: (_k, memory, task) => {
    const { gfp, allocFlags, didSomeProgress } = task.slow;
    const victim = (task.flags & TASK_OOM_VICTIM) !== 0;
    const enough = victim && (hadReserves(allocFlags) || (gfp & GFP_NOMEMALLOC) !== 0);
    if (enough || didSomeProgress === 0) return allocSilent(memory, allocAt(task, 'nopage'));
    return allocSilent(memory, withSlow(task, 'retry', { noProgressLoops: 0 }));
  },
});

/**
 * As long as tasks are killed, or others see to it, another round follows. A task that was chosen itself fails, once
 * it has had its reserves in vain.
 * @kernel v4.19 mm/page_alloc.c __alloc_pages_slowpath
 */
export const oomDecided: AllocTransition = decidedBy((allocFlags) => allocFlags === ALLOC_OOM);
