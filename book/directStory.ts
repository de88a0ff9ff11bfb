import { v5_9, watchDirectCase, type DirectCase } from '../model/index.ts';
import { PLAIN, renderCase } from '../report/counterexample/index.ts';
import { fenced } from './markdown.ts';
import { SYSTEM, writtenNode } from './sketch.ts';

/** A task is throttled, is let go, and reclaims. */
const THROTTLED: DirectCase = {
  system: SYSTEM,
  nodes: [writtenNode([{ name: 'Normal', min: 160, low: 200, high: 240, free: 70, lru: { inactiveFile: 400 } }])],
  zonelist: [[0, 0]],
  args: { order: 0, gfpMask: ['IO', 'FS', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM'], nrToReclaim: 32, reclaimIdx: 0 },
  task: [],
  script: [
    { events: [{ give: { zone: 0, order: 0, count: 40 } }], wake: true },
    { scanned: 64, reclaimed: [20] },
    { scanned: 128, reclaimed: [30] },
  ],
};

/** A run of direct reclaim, for a reader who has not seen one. */
export function directStoryText(): string {
  const { end, task } = watchDirectCase(v5_9, THROTTLED);
  if (end !== 'returned' || task.result !== 50)
    throw new Error(`The direct reclaim of the book ends as ${end}, with ${task.result} pages, not 50`);
  return [
    '## One direct reclaim',
    'A node has 70 pages free, less than half of its min mark of 160, so the task is throttled. kswapd frees 40 ' +
      'pages and lets it go. At priority 12 it gets 20 pages, at priority 11 another 30: that makes 50, more than ' +
      'the 32 that it set out for, and it returns. Here it is in v5.9:',
    fenced('text', renderCase({ kernel: v5_9, kind: 'direct', given: THROTTLED }, PLAIN)),
  ].join('\n\n');
}
