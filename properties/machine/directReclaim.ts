import { zoneAt, type Memory, type WholeRun } from '../../model/index.ts';
import { givenUp } from '../independent/balance.ts';
import { isLater } from '../independent/machine.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Property } from '../property.ts';
import { shrinkOf } from '../direct/walks.ts';
import { reclaiming, type Placed, type Reclaiming } from './steps.ts';

const TRY_TO_FREE = 'v4.19 mm/vmscan.c do_try_to_free_pages';
const V4_0_TRY_TO_FREE = 'v4.0 mm/vmscan.c do_try_to_free_pages';

/** Pages on the lists of all nodes. */
function listedPages({ pgdats }: Memory): number {
  let pages = 0;
  for (const { node } of pgdats) {
    for (const { lru } of node.zones) pages += lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;
  }
  return pages;
}

/** One direct reclaim of a task: its steps, from the entry on. */
type Reclaim = Placed<Reclaiming>;

/** The direct reclaims of a run, each by itself, though tasks take turns. */
function reclaimsOf(run: WholeRun): readonly Reclaim[] {
  const found: (readonly [number, Reclaiming])[][] = [];
  const open = new Map<number, (readonly [number, Reclaiming])[]>();
  for (const placed of reclaiming(run)) {
    const [, { task, step }] = placed;
    if (step.at === 'tryToFreePages') {
      const begun: (readonly [number, Reclaiming])[] = [];
      open.set(task, begun);
      found.push(begun);
    }
    open.get(task)?.push(placed);
  }
  return found;
}

/** Pages that a direct reclaim takes off lists in a step. */
const takenIn = ({ step }: Reclaiming): number =>
  step.at === 'shrink' && step.kind === 'work' ? listedPages(step.before.memory) - listedPages(step.after.memory) : 0;

/** Whether a step of shrinking leaves the zone at hand worth another try, in v4.0. */
function leavesWorth({ step }: Reclaiming): boolean {
  if (step.at !== 'shrink' || step.kind !== 'resume') return false;
  const { memory, task } = step.after;
  return !givenUp(memory.system, zoneAt(memory, task.zonelist[task.position - 1]!));
}

const saysWhatItDid = machineProperty({
  id: 'a-task-goes-on-exactly-if-it-made-progress',
  family: 'machine',
  title: 'Direct reclaim says that it made progress exactly if it did',
  statement:
    'A direct reclaim returns something other than 0 exactly if it took pages off lists itself, whatever others ' +
    'did meanwhile, or left a zone to compaction, or was killed as it waited; in v4.0 also if some zone that its ' +
    'last walk shrank is not given up.',
  sources: [V4_0_TRY_TO_FREE, TRY_TO_FREE],
  verdicts: EVERY_KERNEL,
  spans: 'a direct reclaim',
  mustSee: { progress: 0.03, 'left to compaction': 0.003, 'no progress': 0.05 },
  check: (run, see) => {
    const later = isLater(run.kernel);
    for (const reclaim of reclaimsOf(run)) {
      const [i, { step: last }] = reclaim.at(-1)!;
      if (last.after.task.at !== 'done') continue;
      let pages = 0;
      let ready = false;
      let killed = false;
      let worth = false;
      for (const [, one] of reclaim) {
        const { before, after, at } = one.step;
        pages += takenIn(one);
        ready ||= at === 'nextZone' && after.task.sc.compactionReady && !before.task.sc.compactionReady;
        killed ||= at === 'checkPending' && before.task.fatalSignal;
        worth = at !== 'shrinkZones' && (worth || (!later && leavesWorth(one)));
      }
      if (ready) see('left to compaction');
      else see(pages > 0 ? 'progress' : 'no progress');
      const { result } = last.after.task;
      if ((pages > 0 || ready || killed || worth) === result > 0) continue;
      return { clause: `${pages} pages are reclaimed, and ${result} is returned`, step: i };
    }
    return undefined;
  },
});

const walksDown = machineProperty({
  id: 'a-task-walks-the-priorities-down',
  family: 'machine',
  title: 'A task reclaims at priorities from 12 down to 0, and goes through them again at most so often',
  statement:
    'Every pass of a direct reclaim begins at priority 12 and goes on with the next lower one, until 32 pages were ' +
    'reclaimed, a zone was left to compaction or 0 is done. Without a page there is one more pass below the low ' +
    'limits of control groups, at most: in v4.0 always, later if one was spared; in v5.9 each of the two may be ' +
    'followed by one that forces active lists.',
  keptFor: 'It says on machines, between other tasks’ turns, what direct reclaim says of a task alone.',
  sources: [V4_0_TRY_TO_FREE, TRY_TO_FREE, 'v5.9 mm/vmscan.c do_try_to_free_pages'],
  verdicts: EVERY_KERNEL,
  spans: 'a direct reclaim',
  mustSee: { 'down to 0': 0.03, 'enough before': 0.01, 'another pass': 0.004 },
  check: (run, see) => {
    const most = run.kernel.base === 'v5.9' ? 4 : 2;
    for (const reclaim of reclaimsOf(run)) {
      let passes = 0;
      let due = 12;
      let pages = 0;
      let below = false;
      for (const [i, one] of reclaim) {
        const { at, before, after } = one.step;
        pages += takenIn(one);
        const { priority, memcgLowReclaim } = after.task.sc;
        if (at === 'doTryToFreePages') {
          passes++;
          due = 12;
          if (passes > 1) see('another pass');
          if (passes > most) return { clause: `pass ${passes} begins`, step: i };
          if (passes > 1 && pages > 0) return { clause: `another pass begins after ${pages} pages`, step: i };
        }
        if (below && !memcgLowReclaim) return { clause: 'low limits are heeded again', step: i };
        below = memcgLowReclaim;
        if (at === 'shrinkZones') {
          if (priority !== due) return { clause: `a walk at priority ${priority}, and ${due} is due`, step: i };
          due--;
        }
        const record = shrinkOf(one.step);
        if (record !== undefined && record.priority !== due + 1) {
          return { clause: `node ${record.node} is shrunk at priority ${record.priority} of ${due + 1}`, step: i };
        }
        if (at !== 'nextPriority') continue;
        const over = pages >= 32 || before.task.sc.compactionReady || due < 0;
        if (over) see(due < 0 ? 'down to 0' : 'enough before');
        if (over !== (after.task.at === 'returnOrRetry')) {
          return { clause: `after priority ${due + 1} and ${pages} pages the pass ends: ${!over}`, step: i };
        }
      }
    }
    return undefined;
  },
});

const overrunsLowLimits = machineProperty({
  id: 'low-limits-are-overrun-for-a-reason',
  family: 'machine',
  title: 'Low limits are overrun only if a control group was spared for them',
  statement:
    'A direct reclaim takes from control groups below their low limits only if, in an earlier pass of its own, some ' +
    'were spared.',
  keptFor: 'It says on machines what direct reclaim says of a task alone; it fails in v4.0.',
  sources: [V4_0_TRY_TO_FREE, TRY_TO_FREE],
  verdicts: {
    'v4.0': knownToFail(
      'Whenever nothing was reclaimed the pass below the low limits is made, also where no control group has any: ' +
        'all the work is done twice before a task is killed.',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  spans: 'a direct reclaim',
  mustSee: { overrun: 0.004, 'nothing reclaimed': 0.03 },
  check: (run, see) => {
    for (const reclaim of reclaimsOf(run)) {
      let spared = false;
      for (const [i, { step }] of reclaim) {
        if (step.kind === 'work' && step.at === 'shrink') spared ||= step.input.memcgLowSkipped === true;
        const { before, after } = step;
        if (step.at === 'returnOrRetry' && before.task.sc.nrReclaimed === 0) see('nothing reclaimed');
        if (!after.task.sc.memcgLowReclaim || before.task.sc.memcgLowReclaim) continue;
        see('overrun');
        if (!spared) return { clause: 'low limits are overrun, and no control group was spared', step: i };
      }
    }
    return undefined;
  },
});

const nodeOnceInARow = machineProperty({
  id: 'a-task-shrinks-a-node-once-in-a-row',
  family: 'machine',
  title: 'A task shrinks a node once for all of its zones that follow one another',
  statement:
    'In a walk over the zonelist a task shrinks no node twice in a row (in v4.0, no zone), only such as its request ' +
    'may use, and none of them while it only comes by a zone that is left to compaction.',
  keptFor: 'It says on machines, between other tasks’ turns, what direct reclaim says of a task alone.',
  sources: ['v4.19 mm/vmscan.c shrink_zones', 'v4.0 mm/vmscan.c shrink_zones'],
  verdicts: EVERY_KERNEL,
  spans: 'a direct reclaim',
  mustSee: { 'several nodes': 0.05, 'the first': 0.1 },
  check: (run, see) => {
    const later = isLater(run.kernel);
    for (const reclaim of reclaimsOf(run)) {
      let last = '';
      for (const [i, { step }] of reclaim) {
        if (step.at === 'shrinkZones') last = '';
        const record = shrinkOf(step);
        if (record === undefined) continue;
        const place = later ? `node ${record.node}` : `zone ${record.zone} of node ${record.node}`;
        see(last === '' ? 'the first' : 'several nodes');
        if (place === last) return { clause: `${place} is shrunk twice in a row`, step: i };
        last = place;
        const { nodemask } = step.before.task;
        const at = step.before.memory.pgdats.findIndex(({ node }) => node.id === record.node);
        if (nodemask !== null && !nodemask.includes(at)) return { clause: `${place} is not allowed`, step: i };
      }
    }
    return undefined;
  },
});

/** What a task that has to reclaim does among others. */
export const directReclaimProperties: readonly Property[] = [
  saysWhatItDid,
  walksDown,
  overrunsLowLimits,
  nodeOnceInARow,
];
