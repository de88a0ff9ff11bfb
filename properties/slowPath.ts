import { ALLOC_NO_WATERMARKS, GFP_ATOMIC, LAYOUTS, zoneAt, type Kernel, type Zone } from '../model/index.ts';
import { allowedIndex, shownFree } from './independent/machine.ts';
import { watermarkMetIn } from './independent/watermark.ts';
import { attemptsOf, type Visit } from './machine/attempts.ts';
import { allocating } from './machine/steps.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Property } from './property.ts';

const WALK = 'v4.0 mm/page_alloc.c get_page_from_freelist';
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
    for (const [i, { step, task }] of allocating(run)) {
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

const keptPages = ({ reservedHighatomic, freeArea }: Zone): number => reservedHighatomic + freeArea.cmaPages;

/** Whether a zone has enough for an attempt by the reserve of a zone index, with the boost left out if it may be. */
function hasEnough(k: Kernel, { memory, at, task }: Visit, mark: number, zoneIdx: number): boolean {
  const zone = zoneAt(memory, at);
  const { order, gfp } = task.request;
  const least = order === 0 && (gfp & GFP_ATOMIC) !== 0 ? Math.min(mark, zone.watermark.min) : mark;
  const met = watermarkMetIn(k);
  return met(memory.system, zone, order, least, zoneIdx, task.attempt.allocFlags, shownFree(zone));
}

const BY_PREFERRED = knownToFail(
  'Reserves are kept by the index of the zone that the request prefers. Where the nodes at hand have no memory in ' +
    'the highest zone that the mask allows, that is a lower one, which less is kept from.',
  '3334a45eb9e2',
);

const keptByRequest = machineProperty({
  id: 'reserves-are-kept-by-what-the-request-may-use',
  family: 'machine',
  title: 'What a zone keeps from a request depends on the request alone',
  statement:
    'A zone has enough for a request only if it keeps the reserve that it has against the highest zone that the mask ' +
    'allows, on whatever node the request is made, and whichever zones these nodes have.',
  sources: [WALK, 'v5.9 mm/page_alloc.c prepare_alloc_pages'],
  verdicts: { 'v4.0': BY_PREFERRED, 'v4.19': BY_PREFERRED, 'v5.9': HOLDS },
  mustSee: { 'has enough': 0.3, 'a lower zone is preferred': 0.05 },
  check: (run, see) => {
    for (const { visits } of attemptsOf(run)) {
      for (const visit of visits) {
        const { memory, at, task, records, i } = visit;
        const record = records.find(({ ev }) => ev === 'watermark');
        if (record?.ev !== 'watermark' || !record.ok || (task.attempt.allocFlags & ALLOC_NO_WATERMARKS) !== 0) continue;
        // The fast check goes wrong by what is kept for others.
        if (keptPages(zoneAt(memory, at)) > 0) continue;
        const zoneIdx = allowedIndex(memory, task.request.gfp);
        see('has enough');
        if (task.context.preferred![1] < zoneIdx) see('a lower zone is preferred');
        if (hasEnough(run.kernel, visit, record.mark, zoneIdx)) continue;
        const name = LAYOUTS[memory.numa.layout][zoneIdx]!;
        const zone = zoneAt(memory, at);
        const kept = `${zone.name} keeps ${zone.lowmemReserve[zoneIdx]} pages from requests for ${name}`;
        return { clause: `${kept}, but not from this one`, step: i };
      }
    }
    return undefined;
  },
});

/** What a task may rely on in the slow path, and what zones keep from it. */
export const slowPathProperties: readonly Property[] = [emptiesLists, keptByRequest];
