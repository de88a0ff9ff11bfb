import { HOLDS, directProperty, knownToFail, type DirectProperty } from '../property.ts';
import { passesOf, reclaimedBy, shrinkOf, TRY_TO_FREE } from './walks.ts';

const V4_0_RECLAIMABLE = knownToFail(
  'A zone that was not given up yet counted as progress, so that the out-of-memory killer could be put off for as ' +
    'long as something trickled in. v4.7 moved the decision to the allocator, which counts its retries.',
);

const returnsProgress = directProperty({
  id: 'direct-reclaim-returns-its-progress',
  family: 'direct',
  title: 'Direct reclaim returns its progress',
  statement:
    'What is returned is the number of pages reclaimed; if there are none, 1 if a zone was left to compaction, and 0 ' +
    'otherwise.',
  sources: [TRY_TO_FREE, 'v5.9 mm/vmscan.c do_try_to_free_pages'],
  verdicts: { 'v4.0': V4_0_RECLAIMABLE, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { progress: 0.2, 'left to compaction': 0.02, 'no progress': 0.1 },
  check: (run, see) => {
    const killed = run.steps.some(({ at, after }) => at === 'checkPending' && after.task.at === 'done');
    if (run.end !== 'returned' || killed) return undefined;
    const { sc, result } = run.task;
    const pages = reclaimedBy(run);
    see(pages > 0 ? 'progress' : sc.compactionReady ? 'left to compaction' : 'no progress');
    const want = pages > 0 ? pages : sc.compactionReady ? 1 : 0;
    if (result === want) return undefined;
    return { clause: `${result} is returned for ${pages} pages reclaimed`, step: run.steps.length - 1 };
  },
});

const priorityWalksDown = directProperty({
  id: 'direct-reclaim-walks-the-priorities-down',
  family: 'direct',
  title: 'The priority goes from 12 down to 0, one by one',
  statement:
    'A pass walks over the zonelist at priority 12 and then at each lower one, until as many pages as wanted (32 for ' +
    'an allocation) have been reclaimed, or a zone was left to compaction, or priority 0 is done.',
  sources: [TRY_TO_FREE],
  verdicts: { 'v4.0': HOLDS, 'v4.19': HOLDS, 'v5.9': HOLDS },
  target: 'walks over the zonelist',
  mustSee: { 'down to 0': 0.1, enough: 0.1, 'left to compaction': 0.02 },
  check: (run, see, reach) => {
    const wanted = run.given.task === undefined ? run.given.args.nrToReclaim : 32;
    let walked = 0;
    for (const walks of passesOf(run)) {
      let expected = 12;
      let over = false;
      for (const { first, last, steps } of walks) {
        reach?.(++walked);
        const { sc } = steps[0]!.after.task;
        if (over)
          return { clause: `a walk at priority ${sc.priority} follows although the pass was over`, step: first };
        if (sc.priority !== expected) {
          return { clause: `a walk at priority ${sc.priority} where ${expected} is due`, step: first };
        }
        const end = steps.at(-1)!;
        const enough = reclaimedBy(run, last + 1) >= wanted;
        over = enough || end.before.task.sc.compactionReady || expected === 0;
        if (over) see(enough ? 'enough' : expected === 0 ? 'down to 0' : 'left to compaction');
        if (!over && end.after.task.at !== 'shrinkZones') {
          return { clause: `the pass ends at priority ${expected} with neither`, step: last };
        }
        expected--;
      }
    }
    return undefined;
  },
});

const V4_0_SCANNED = knownToFail(
  'Up to v4.10 a task also began to write once it had scanned half as many pages again as it wanted, clean ones ' +
    'included: on a laptop that spins the disk up at the first priority.',
);

const writesLate = directProperty({
  id: 'laptops-write-late',
  family: 'direct',
  title: 'In laptop mode pages are written below priority 10 only',
  statement:
    'Pages may be written from the start, but in laptop mode only after a walk at priority 9 or below, ' +
    'and from then on.',
  sources: [TRY_TO_FREE],
  verdicts: { 'v4.0': V4_0_SCANNED, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'laptop mode, late': 0.02, 'laptop mode, early': 0.05, 'no laptop mode': 0.2 },
  check: (run, see) => {
    const { laptopMode } = run.given.system;
    let late = false;
    for (const { first, steps } of passesOf(run).flat()) {
      for (const [i, one] of steps.entries()) {
        const record = shrinkOf(one);
        if (record === undefined) continue;
        see(!laptopMode ? 'no laptop mode' : late ? 'laptop mode, late' : 'laptop mode, early');
        const { priority, mayWritepage } = record;
        if (mayWritepage === (!laptopMode || late)) continue;
        const may = mayWritepage ? 'may' : 'may not';
        return { clause: `pages ${may} be written at priority ${priority}`, step: first + i };
      }
      late ||= steps[0]!.after.task.sc.priority <= 9;
    }
    return undefined;
  },
});

/** What a direct reclaim returns, and how far it goes. */
export const returnProperties: readonly DirectProperty[] = [returnsProgress, priorityWalksDown, writesLate];
