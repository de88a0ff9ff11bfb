import {
  GFP_IO,
  hasRule,
  zoneNormal,
  type DirectStep,
  type Kernel,
  type Memory,
  type Zone,
} from '../../model/index.ts';
import { reclaimable } from '../independent/balance.ts';
import { isHopeless } from '../independent/node.ts';
import { directProperty, EVERY_KERNEL, everywhere, knownToFail, type DirectProperty } from '../property.ts';
import { allowedZone } from './walks.ts';

const THROTTLE = 'v4.0 mm/vmscan.c throttle_direct_reclaim';
const PFMEMALLOC = 'v4.0 mm/vmscan.c pfmemalloc_watermark_ok';
const ALLOW = 'v4.19 mm/vmscan.c allow_direct_reclaim';

/** Free pages as the cheap counter shows them. */
const shown = ({ freeArea, vmstatDrift }: Zone): number => Math.max(0, freeArea.pages + vmstatDrift);

/** The zones of a node whose reserves the throttle looks at: up to Normal; later those with something to reclaim. */
function countedZones(k: Kernel, { system, pgdats }: Memory, n: number): readonly Zone[] {
  const { node } = pgdats[n]!;
  const low = node.zones.slice(0, zoneNormal(node) + 1);
  if (!hasRule(k, 'allowDirectReclaim')) return low.filter(({ present }) => present > 0);
  return low.filter((zone) => zone.managed > 0 && reclaimable(system, zone) > 0);
}

const sum = (zones: readonly Zone[], of: (zone: Zone) => number): number =>
  zones.reduce((pages, zone) => pages + of(zone), 0);

const minMark = ({ watermark, boost }: Zone): number => watermark.min + boost;

/** The position of the node whose reserves are asked about: that of the first zone up to Normal that may be used. */
function nodeAsked({ memory, task }: DirectStep['before'], gfp: readonly string[]): number | undefined {
  const { node } = memory.pgdats[0]!;
  const names: readonly string[] = node.zones.map(({ name }) => name);
  const highest = Math.min(Math.max(0, names.indexOf(allowedZone(names, gfp, false))), zoneNormal(node));
  return task.zonelist.find(([, zone]) => zone <= highest)?.[0];
}

const exactlyBelowHalf = directProperty({
  id: 'tasks-wait-exactly-below-half-of-the-reserves',
  family: 'direct',
  title: 'Tasks wait exactly for a node whose reserves are half used up, and that kswapd can help',
  statement:
    'The node that counts is that of the first zone up to Normal that the request may use. A task that may wait is ' +
    'throttled on it exactly if its zones up to Normal (later, those that have something to reclaim) keep a reserve ' +
    'at all and together show no more free pages than half of their min marks; later, unless the node is hopeless.',
  sources: [THROTTLE, PFMEMALLOC, ALLOW],
  verdicts: EVERY_KERNEL,
  mustSee: { throttled: 0.05, 'enough is free': 0.05, 'no such node': 0.02 },
  check: ({ kernel: k, steps, given }, see) => {
    const i = steps.findIndex(({ at }) => at === 'throttleDirectReclaim');
    const step = steps[i];
    if (step === undefined || step.before.task.kthread || step.before.task.fatalSignal) return undefined;
    const { memory } = step.before;
    const n = nodeAsked(step.before, given.args.gfpMask);
    const throttled = step.after.task.at === 'throttled';
    if (n === undefined) {
      see('no such node');
      return throttled ? { clause: 'a task waits, and no node has a zone up to Normal for it', step: i } : undefined;
    }
    const zones = countedZones(k, memory, n);
    const half = Math.floor(sum(zones, minMark) / 2);
    const free = sum(zones, shown);
    const kept = sum(zones, minMark) > 0;
    const rests = hasRule(k, 'allowDirectReclaim') && isHopeless(memory.pgdats[n]!.node);
    const due = kept && !rests && free <= half;
    if (kept) see(due ? 'throttled' : 'enough is free');
    if (throttled === due && (!due || step.after.task.node === n)) return undefined;
    const clause = `${free} pages are free, ${half} are half of the marks; a task waits: ${throttled}`;
    return { clause, step: i };
  },
});

const LAGGING = knownToFail(
  'The throttle reads the cheap counter, which lags behind by what processors have not added to it yet, and may do ' +
    'so for ever on isolated ones; kswapd reads the true one near its marks, finds enough free, and sleeps.',
  '501b26510ae3',
);

const onlyIfTrulyShort = directProperty({
  id: 'tasks-wait-only-if-pages-are-truly-short',
  family: 'direct',
  title: 'Tasks are throttled only where pages are short indeed',
  statement:
    'A task is throttled only if the zones that the throttle looks at really have no more pages free than half of ' +
    'their min marks, whatever the counters show that processors update now and then.',
  sources: [PFMEMALLOC, ALLOW],
  verdicts: everywhere(LAGGING),
  mustSee: { throttled: 0.03, 'counters lag behind': 0.01 },
  check: ({ kernel: k, steps }, see) => {
    const i = steps.findIndex(({ at, after }) => at === 'throttleDirectReclaim' && after.task.at === 'throttled');
    const step = steps[i];
    if (step === undefined) return undefined;
    see('throttled');
    const zones = countedZones(k, step.before.memory, step.after.task.node);
    if (zones.some(({ vmstatDrift }) => vmstatDrift < 0)) see('counters lag behind');
    const half = Math.floor(sum(zones, minMark) / 2);
    const free = sum(zones, ({ freeArea }) => freeArea.pages);
    if (free <= half) return undefined;
    return { clause: `a task waits, though ${free} pages are free and ${half} are half of the marks`, step: i };
  },
});

const whoNeverWaitedReclaims = directProperty({
  id: 'who-never-waited-reclaims',
  family: 'direct',
  title: 'A task that was not throttled reclaims, even if it is about to die',
  statement:
    'A direct reclaim returns without a walk over the zonelist only if the task was throttled before: a signal that ' +
    'came earlier is no reason to claim progress that nobody made.',
  keptFor: 'It tells a signal that came before the wait from one that came in it.',
  sources: [THROTTLE, 'v4.0 mm/vmscan.c try_to_free_pages'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a fatal signal before': 0.02, 'never waited': 0.3 },
  check: ({ end, steps, task }, see) => {
    if (end !== 'returned' || steps.some(({ at }) => at === 'throttled')) return undefined;
    if (task.fatalSignal) see('a fatal signal before');
    see('never waited');
    if (steps.some(({ at }) => at === 'shrinkZones')) return undefined;
    return { clause: `a task that never waited returns ${task.result} and walks over no zone`, step: steps.length - 1 };
  },
});

const COMPACTS_NOT = knownToFail(
  'Whether the mask allows compaction is not looked at. Without input and output compaction refuses to run, the ' +
    'progress that reclaim claims for it is none, and a costly request that wants to retry goes round for ever.',
  '803de9000f33',
);

const leftToCompactionThatMayRun = directProperty({
  id: 'zones-are-left-to-compaction-only-where-it-may-run',
  family: 'direct',
  title: 'Zones are left to compaction only for requests that may compact',
  statement: 'A walk leaves a zone to compaction only if the mask allows input and output, without which none runs.',
  sources: ['v4.0 mm/vmscan.c shrink_zones', 'v4.19 mm/vmscan.c compaction_ready'],
  verdicts: everywhere(COMPACTS_NOT),
  mustSee: { 'left to compaction': 0.05, 'costly, may not compact': 0.01 },
  check: ({ steps }, see) => {
    for (const [i, { at, before, after }] of steps.entries()) {
      if (at !== 'nextZone') continue;
      const may = (before.task.gfpMask & GFP_IO) !== 0;
      if (before.task.order > 3 && !may) see('costly, may not compact');
      if (!after.task.sc.compactionReady || before.task.sc.compactionReady) continue;
      see('left to compaction');
      if (!may) return { clause: 'a zone is left to compaction, which the mask does not allow', step: i };
    }
    return undefined;
  },
});

/** When reserves and masks have a task wait, reclaim, or leave a zone alone. */
export const reserveProperties: readonly DirectProperty[] = [
  exactlyBelowHalf,
  onlyIfTrulyShort,
  whoNeverWaitedReclaims,
  leftToCompactionThatMayRun,
];
