import type { LeftOut } from '../bug.ts';

/** Entries about tasks that allocate and reclaim. */
export const taskLeftOut: readonly LeftOut[] = [
  {
    id: '72853e2991a2',
    title: 'free pages are counted before they can be taken',
    landed: '2.6.36',
    kind: 'accounting',
    status: 'bug',
    story:
      'The counter of free pages was raised before the pages stood on a free list: a watermark check in between ' +
      'passed, and the take after it found nothing. The counter follows the lists since.',
    why:
      'Freeing is one step of the model, and its counter is the sum of the lists. That a counter lags behind is ' +
      'drawn; that it runs ahead of them for the length of a few instructions is not.',
  },
  {
    id: 'too-many-isolated-drift',
    title: 'reclaimers wait for pages that nobody has isolated',
    landed: '4.2',
    kind: 'throttling',
    status: 'bug',
    story:
      'Whether too many pages are isolated was told from counters that lag behind: on a machine at rest they could ' +
      'say so for seconds, and every reclaimer waited. When they do, the true numbers are read since.',
    why: 'The model counts no isolated pages: what reclaim takes off the lists is freed in the same step.',
  },
  {
    id: 'db73ee0d4637',
    title: 'reclaimers wait for isolated pages without end',
    landed: '4.14',
    kind: 'throttling',
    status: 'bug',
    story:
      'A reclaimer waited for as long as too many pages were isolated, also where those who had isolated them waited ' +
      'for a lock of its own. It sleeps once now, and goes on.',
    why: 'The model counts no isolated pages, and knows no locks that reclaimers hold.',
  },
  {
    id: 'f56ce412a59d',
    title: 'memory below low limits counts as gone where a limit only lessens the scan',
    landed: '5.14',
    kind: 'allocator',
    status: 'bug',
    story:
      'Since v5.4 a control group near its low limit is scanned in proportion to what it has beyond, instead of not ' +
      'at all. If that came to nothing it did not count as spared, and the pass below the limits was not made: tasks ' +
      'were killed beside memory that could have been had.',
    why:
      'The model has no control groups: whether some were spared in a pass is for the environment to say, and the ' +
      'fault is in what it says.',
  },
  {
    id: '1b4e3f26f9f7',
    title: 'tasks are held up for lack of progress where none is to be had',
    landed: '5.16',
    kind: 'throttling',
    status: 'bug',
    story:
      'v5.16 throttles reclaimers that get nowhere, in place of waits for congested devices. At first it did so on ' +
      'nodes past hope, and for a task alone on its node, and put the OOM killer off by minutes. Several exceptions ' +
      'were made in the same release.',
    why: 'The kernels of the model are older than that throttle.',
  },
  {
    id: '3d36424b3b58',
    title: 'an allocation fails while zonelists are built anew under it',
    landed: '6.0',
    kind: 'allocator',
    status: 'bug',
    story:
      'Memory that is added changes zonelists in place. A task that walked one at that moment could see it empty, or ' +
      'shifted, and turn to the OOM killer on a machine that had just become larger. It looks whether they changed ' +
      'before it gives up now.',
    why:
      'The zonelists of the model change in one step, between two steps of a task, and are never seen half made. A ' +
      'walk that stands still meanwhile misses a new zone in that attempt at most.',
  },
];
