import { EVERY_KERNEL, machineProperty, type Property } from './property.ts';

const DIRECT = 'v4.0 mm/page_alloc.c __alloc_pages_direct_reclaim';

const emptiesLists = machineProperty({
  id: 'progress-is-not-given-up-before-lists-are-emptied',
  family: 'machine',
  title: 'What reclaim freed is looked for on the lists of all processors before it is given up',
  statement:
    'If direct reclaim made progress and the attempt that follows finds no page, the lists of all processors are ' +
    'emptied and another attempt is made, before compaction or the OOM killer has its turn.',
  sources: [DIRECT, 'v4.19 mm/page_alloc.c __alloc_pages_direct_reclaim'],
  verdicts: EVERY_KERNEL,
  mustSee: { progress: 0.05, 'in vain': 0.01 },
  check: (run, see) => {
    const due = new Set<number>();
    for (const [i, one] of run.steps.entries()) {
      if (one.of !== 'allocation') continue;
      const { step, task } = one;
      if (step.at === 'reclaimed' && step.before.task.slow.didSomeProgress > 0) {
        see('progress');
        due.add(task);
      }
      if (step.at === 'drain' || step.after.task.at === 'done') due.delete(task);
      const { at } = step.after.task;
      if (at === 'drainPages' && due.has(task)) see('in vain');
      if (at !== 'considerRetry' && at !== 'directCompact') continue;
      if (due.has(task)) return { clause: `reclaim made progress, and the task goes on at ${at}`, step: i };
    }
    return undefined;
  },
});

/** What a task may rely on in the slow path, and what zones keep from it. */
export const slowPathProperties: readonly Property[] = [emptiesLists];
