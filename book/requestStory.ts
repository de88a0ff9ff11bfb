import { bootMemory, gfpOf, runAllocation, startAllocation, taskFlagsOf, type Kernel } from '../model/index.ts';
import { fenced } from './markdown.ts';
import { shownRecords } from './records.ts';
import { SYSTEM, writtenMemory, type ZoneSketch } from './sketch.ts';
import { KERNELS } from './versions.ts';

const ZONES: readonly ZoneSketch[] = [
  { name: 'DMA', managed: 0 },
  { name: 'DMA32', min: 40, low: 50, high: 60, free: 45 },
  { name: 'Normal', min: 80, low: 100, high: 120, free: 100 },
  { name: 'Movable', managed: 0 },
];

/** A mask that says the same in all kernels: v4.0 reads WAIT, the later ones the two that took its place. */
const MASK = gfpOf(['MOVABLE', 'IO', 'FS', 'WAIT', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM']);

/** What a tracer sees of one request for a page. */
function traceOf(k: Kernel): readonly string[] {
  const nothingAsked = { order: 0, zoneIdx: ZONES.length, failures: 0 };
  const memory = bootMemory(k, writtenMemory(SYSTEM, ZONES, nothingAsked));
  const request = { gfp: MASK, order: 0, preferredNode: 0, localNode: 0, nodemask: null };
  const task = startAllocation(request, taskFlagsOf([]));
  const { trace, task: after } = runAllocation(k, { memory, task }, { script: [] });
  if (after.page === null) throw new Error(`The request of the book is not served in ${k.name}`);
  return shownRecords(trace);
}

/** One request, as each kernel serves it. */
export const requestStoryText = (): string =>
  [
    '## One request in three kernels',
    'A node has 100 pages free in its Normal zone, just its low mark, and 45 in DMA32, less than its low mark of 50. ' +
      'A task asks for one page that can be moved. No zone is above its low mark, so kswapd is woken; at the min ' +
      'marks, 80 and 40, Normal has enough. v4.0 makes the first pass a fair one and asks kswapd once for each zone; ' +
      'v4.19 asks once for the node; v5.9 would rather go to DMA32 than mix kinds of pages in Normal, and goes round ' +
      'once more without minding.',
    ...KERNELS.flatMap((k) => [`In ${k.name}:`, fenced('text', traceOf(k).join('\n'))]),
  ].join('\n\n');
