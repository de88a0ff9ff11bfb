import {
  ALLOC_HARDER,
  ALLOC_HIGH,
  ALLOC_NO_WATERMARKS,
  ALLOC_OOM,
  GFP_ATOMIC,
  GFP_DIRECT_RECLAIM,
  GFP_WAIT,
  TASK_MEMALLOC,
  TASK_OOM_VICTIM,
  WMARK_MASK,
  zoneAt,
  zonerefAtHand,
  type Kernel,
  type Zone,
} from '../../model/index.ts';
import { allowedIndex, isLater, shownFree } from '../independent/machine.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Property } from '../property.ts';
import { attemptsOf, type Attempt } from './attempts.ts';
import { allocating } from './steps.ts';

const WALK = 'v4.0 mm/page_alloc.c get_page_from_freelist';
const SLOW = 'v4.0 mm/page_alloc.c __alloc_pages_slowpath';

/** Whether a mask lets its caller wait for memory. */
const mayWait = (gfp: number): boolean => (gfp & (GFP_WAIT | GFP_DIRECT_RECLAIM)) !== 0;

/** The mark that an attempt names, boosted as the zone is; an atomic request at the min mark is let off the boost. */
function markOf(zone: Zone, allocFlags: number, gfp: number): number {
  const { min, low, high } = zone.watermark;
  const named = [min, low, high][allocFlags & WMARK_MASK]!;
  return named === min && (gfp & GFP_ATOMIC) !== 0 ? named : named + zone.boost;
}

/** How low a request may go: half the mark if it is of high priority; three quarters, or half, of that beyond. */
function lowered(mark: number, allocFlags: number): number {
  const least = (allocFlags & ALLOC_HIGH) !== 0 ? Math.ceil(mark / 2) : mark;
  if ((allocFlags & ALLOC_OOM) !== 0) return Math.ceil(least / 2);
  return (allocFlags & ALLOC_HARDER) !== 0 ? Math.ceil((least * 3) / 4) : least;
}

const takenAboveItsMark = machineProperty({
  id: 'page-only-from-above-its-mark',
  family: 'machine',
  title: 'A page comes from a zone above the mark that its request demands',
  statement:
    'Whoever takes a page from a zone and may not ignore the marks leaves it, as its counter shows, above the ' +
    'mark of the attempt plus the reserve for the request’s zone index. Requests of high priority are let down to ' +
    'half the mark, those that try harder to three quarters of that, and tasks that are being killed to half of ' +
    'it.',
  sources: [WALK, 'v4.0 mm/page_alloc.c __zone_watermark_ok'],
  verdicts: {
    'v4.0': HOLDS,
    'v4.19': HOLDS,
    'v5.9': knownToFail(
      'The fast check subtracts what is kept for atomic requests of a high order from an unsigned count: a zone that ' +
        'has less than that free passes for one that has no end of pages.',
      '9282012fc0aa',
    ),
  },
  mustSee: { 'page taken': 0.4, 'deeper than the mark': 0.004, 'marks ignored': 0.012 },
  check: (run, see) => {
    for (const [i, { step, before }] of allocating(run, 'rmqueue')) {
      if (step.after.task.page === null) continue;
      see('page taken');
      const { task } = step.before;
      const { allocFlags } = task.attempt;
      if ((allocFlags & ALLOC_NO_WATERMARKS) !== 0) {
        see('marks ignored');
        continue;
      }
      const at = zonerefAtHand(before.memory, task);
      const zone = zoneAt(before.memory, at);
      // The mark was read before a reclaim on the way, and may have been derived anew meanwhile.
      const mark = Math.min(task.attempt.mark, markOf(zone, allocFlags, task.request.gfp));
      const least = lowered(mark, allocFlags);
      const reserve = zone.lowmemReserve[task.context.classzoneIdx]!;
      const left = shownFree(zone) - 2 ** task.request.order + 1;
      if (left <= mark + reserve) see('deeper than the mark');
      if (left > least + reserve) continue;
      return {
        clause: `a page leaves ${left} pages in ${zone.name}, not above ${least} + reserve ${reserve}`,
        step: i,
      };
    }
    return undefined;
  },
});

/**
 * Whether an attempt may use all nodes by now: from its first further round on, one that is in a hurry, frees memory
 * or was chosen to die.
 */
const isLetOff = (k: Kernel, { task }: Attempt): boolean => {
  const { failed } = task.attempt;
  const round = isLater(k) && failed !== 'allocPagesSlowpath' && failed !== 'compactFirst';
  const privileged = (task.flags & (TASK_MEMALLOC | TASK_OOM_VICTIM)) !== 0;
  return round && ((task.request.gfp & GFP_ATOMIC) !== 0 || privileged);
};

const zonesInOrder = machineProperty({
  id: 'zones-in-zonelist-order',
  family: 'machine',
  title: 'Zones are tried in the zonelist’s order, and none that the request may not use',
  statement:
    'A pass of an attempt comes to the zones of its zonelist one after the other; none of them is above the highest ' +
    'zone that the mask allows, and none lies in a node outside the request’s nodes, which bind those with a right ' +
    'to reserves only in their first attempts.',
  sources: [WALK, 'v4.19 mm/page_alloc.c __alloc_pages_slowpath'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'second zone tried': 0.2, 'other node tried': 0.1, 'not all nodes allowed': 0.15 },
  check: (run, see) => {
    for (const attempt of attemptsOf(run)) {
      const { request } = attempt.task;
      const highest = allowedIndex(attempt.memory, request.gfp);
      if (request.nodemask !== null) see('not all nodes allowed');
      for (const [v, { at, task, pass, i }] of attempt.visits.entries()) {
        const [node, zone] = at;
        const last = attempt.visits[v - 1];
        const again = last?.pass === pass && !last.shifted ? last : undefined;
        if (again !== undefined) see('second zone tried');
        if (node !== task.context.zonelist.node) see('other node tried');
        if (again !== undefined && task.attempt.position <= again.task.attempt.position) {
          return { clause: 'a zone is tried out of order', step: i };
        }
        if (zone > highest) return { clause: `zone ${zone} is tried for a request up to zone ${highest}`, step: i };
        if (request.nodemask?.includes(node) !== false || isLetOff(run.kernel, attempt)) continue;
        return { clause: `node ${node} is not allowed`, step: i };
      }
    }
    return undefined;
  },
});

const atomicNeverWaits = machineProperty({
  id: 'atomic-never-waits',
  family: 'machine',
  title: 'A request that may not wait never waits',
  statement: 'A request whose mask does not allow its caller to wait passes no compaction, reclaim, OOM or other wait.',
  sources: [SLOW],
  verdicts: EVERY_KERNEL,
  mustSee: { 'request that may not wait': 0.3, 'request that waits': 0.15 },
  check: (run, see) => {
    for (const [i, { step }] of allocating(run)) {
      const waits = mayWait(step.before.task.request.gfp);
      if (step.before.task.at === 'allocPagesNodemask' && !waits) see('request that may not wait');
      // Reclaim on the walk itself is the zonelist walker's choice, and is judged elsewhere.
      if (step.kind !== 'work' || step.at === 'zoneReclaim' || step.at === 'nodeReclaim') continue;
      if (waits) see('request that waits');
      else return { clause: `a request that may not wait is at ${step.at}`, step: i };
    }
    return undefined;
  },
});

const reservesOnlyByRight = machineProperty({
  id: 'reserves-only-by-right',
  family: 'machine',
  title: 'Only those who may ignore the marks are given a page from the reserves',
  statement: 'A page is marked as coming from the reserves exactly if the attempt that took it ignores the marks.',
  sources: ['v4.0 mm/page_alloc.c prep_new_page'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'page taken': 0.4, 'page from the reserves': 0.005 },
  check: (run, see) => {
    for (const [i, { step }] of allocating(run, 'rmqueue')) {
      const { page } = step.after.task;
      if (page === null) continue;
      see('page taken');
      if (page.pfmemalloc) see('page from the reserves');
      const ignores = (step.before.task.attempt.allocFlags & ALLOC_NO_WATERMARKS) !== 0;
      if (ignores !== page.pfmemalloc)
        return { clause: `a page is marked ${page.pfmemalloc}, ignoring ${ignores}`, step: i };
    }
    return undefined;
  },
});

/** What a task may rely on in the page allocator. */
export const allocationProperties: readonly Property[] = [
  takenAboveItsMark,
  zonesInOrder,
  atomicNeverWaits,
  reservesOnlyByRight,
];
