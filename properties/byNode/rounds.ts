import type { Node } from '../../model/index.ts';
import { boostedHigh, managedUpTo } from '../independent/node.ts';
import { stepProperty, watchProperty, type Property } from '../property.ts';
import { freedPages, reclaimedIn, recordOf, runOf } from './steps.ts';
import { LATER } from './verdicts.ts';

const BALANCE = 'v4.19 mm/vmscan.c balance_pgdat';
const SHRINK_NODE = 'v4.19 mm/vmscan.c kswapd_shrink_node';

const priorityWalksDown = stepProperty({
  id: 'node-priority-walks-down',
  family: 'rounds',
  title: 'A run starts at priority 12 and walks down to 1, step by step',
  statement:
    'A balancing run starts at priority 12; after a round the number stays or falls by one, and at 0 the run is ' +
    'over: the node is shrunk at 12 to 1 only. Only a run that forgets its boosts starts over at 12.',
  keptFor: 'It says of the whole run what the steps of its rounds say one at a time.',
  sources: [BALANCE],
  verdicts: LATER,
  mustSee: { 'a run': 0.3, 'priority falls': 0.2, 'priority stays': 0.1, 'below 10': 0.05, 'runs out': 0.03 },
  check: ({ step }, see) => {
    const before = runOf(step.before).priority;
    const after = runOf(step.after).priority;
    if (step.at === 'balancePgdat') {
      see('a run');
      return after === 12 ? undefined : { clause: `the run starts at priority ${after}` };
    }
    const shrunk = recordOf(step, 'shrink');
    if (shrunk !== undefined) {
      if (shrunk.priority < 10) see('below 10');
      if (shrunk.priority !== after || after < 1 || after > 12) {
        return { clause: `the node is shrunk at priority ${shrunk.priority}, and the run is at ${after}` };
      }
    }
    if (step.at === 'nextRound') {
      see(after < before ? 'priority falls' : 'priority stays');
      if (after === 0) see('runs out');
      if (after === 0 && step.after.thread.at === 'checkNode') return { clause: 'the run goes on at priority 0' };
    }
    const forgets = step.at === 'checkNode' && runOf(step.before).nrBoostReclaim > runOf(step.after).nrBoostReclaim;
    const fall = before - after;
    const allowed = step.at === 'nextRound' ? fall === 0 || fall === 1 : forgets ? after === 12 : fall === 0;
    return allowed ? undefined : { clause: `priority goes from ${before} to ${after} at ${step.at}` };
  },
});

const fallsForLack = watchProperty({
  id: 'node-priority-falls-only-for-lack',
  family: 'rounds',
  title: 'The priority of a node falls exactly for lack of scanning or progress',
  statement:
    'After a round the priority number falls exactly if fewer pages were scanned than were asked of the node, or ' +
    'none was reclaimed. Reclaim for boosts does not go beyond priority 10 for lack of scanning, and for lack of ' +
    'progress it ends the run.',
  sources: [BALANCE, SHRINK_NODE],
  verdicts: LATER,
  mustSee: { 'scanned exactly enough': 0.02, 'nothing reclaimed': 0.1, 'too little scanned': 0.05, stays: 0.1 },
  watch: {
    begin: () => ({ asked: 0, scanned: 0, reclaimed: 0 }),
    next: (seen, step, see) => {
      seen.asked = recordOf(step, 'shrink')?.nrToReclaim ?? seen.asked;
      if (step.at === 'shrink' && step.kind === 'work') {
        seen.reclaimed = reclaimedIn(step);
        seen.scanned = Math.max(step.input.scanned ?? 0, seen.reclaimed);
      }
      if (step.at !== 'nextRound') return undefined;
      const { priority, nrBoostReclaim } = runOf(step.before);
      if (seen.scanned === seen.asked) see('scanned exactly enough');
      see(seen.reclaimed === 0 ? 'nothing reclaimed' : seen.scanned < seen.asked ? 'too little scanned' : 'stays');
      const gentle = nrBoostReclaim > 0 && priority === 10;
      const givesUp = nrBoostReclaim > 0 && seen.reclaimed === 0;
      const want = !givesUp && ((seen.scanned < seen.asked && !gentle) || seen.reclaimed === 0);
      const fell = runOf(step.after).priority < priority;
      if (givesUp && step.after.thread.at === 'checkNode') return { clause: 'a boosted run goes on in vain' };
      if (fell === want) return undefined;
      const found = `${seen.scanned} of ${seen.asked} pages were scanned and ${seen.reclaimed} reclaimed`;
      return { clause: `the priority ${fell ? 'fell' : 'stayed'} after ${found}` };
    },
  },
});

const orderFalls = watchProperty({
  id: 'node-order-falls-after-twice-its-size',
  family: 'rounds',
  title: 'A run gives a high order up once it reclaimed twice its size',
  statement:
    'Within a run the order changes only after the node was shrunk, only to 0, and exactly when at least 2 << order ' +
    'pages were reclaimed since the run began; the run returns the order that it ended at.',
  sources: [SHRINK_NODE, BALANCE],
  verdicts: LATER,
  mustSee: { 'given up': 0.05, 'exactly twice': 0.003, kept: 0.1, 'in a later round': 0.005 },
  watch: {
    begin: () => ({ total: 0, rounds: 0 }),
    next: (seen, step, see) => {
      const before = runOf(step.before);
      const { order } = runOf(step.after);
      if (step.at === 'balancePgdat') {
        seen.total = 0;
        seen.rounds = 0;
        if (order !== step.before.thread.order) return { clause: `a run for order ${order} begins` };
        return undefined;
      }
      // One page more than is asked about says it all, in a run that may never end.
      seen.total = Math.min(seen.total + reclaimedIn(step), 2 * 2 ** before.order + 1);
      if (step.at === 'kswapdShrinkNode') seen.rounds = Math.min(2, seen.rounds + 1);
      const enough = step.at === 'finishShrink' && before.order > 0 && seen.total >= 2 * 2 ** before.order;
      if (step.at === 'finishShrink' && before.order > 0) {
        see(enough ? 'given up' : 'kept');
        if (seen.total === 2 * 2 ** before.order) see('exactly twice');
        if (enough && seen.rounds > 1) see('in a later round');
      }
      const want = enough ? 0 : before.order;
      if (order !== want) return { clause: `order ${before.order} became ${order}, ${seen.total} pages reclaimed` };
      if (step.at === 'balanced' && step.after.thread.balancedOrder !== order) {
        return { clause: `the run ended at order ${order} and returns ${step.after.thread.balancedOrder}` };
      }
      return undefined;
    },
  },
});

/** The highest zone of which the buddy allocator manages pages. */
const highestManaged = ({ zones }: Node): number => zones.findLastIndex(({ managed }) => managed > 0);

const askedForHighMarks = stepProperty({
  id: 'a-node-is-asked-for-its-high-marks',
  family: 'rounds',
  title: 'A node is asked for the high marks of its zones',
  statement:
    'Every time the node is shrunk, what is asked for is the sum over its managed zones, up to the highest that is ' +
    'shrunk, of the high mark and boost, each 32 pages at least. That zone is the one of the request, or the highest ' +
    'managed one while there are too many buffer heads.',
  sources: [SHRINK_NODE, BALANCE],
  verdicts: LATER,
  mustSee: { 'several zones': 0.1, 'the least': 0.05, 'buffer heads': 0.03, 'not all zones': 0.03 },
  check: ({ step }, see) => {
    const { system, node, thread } = step.before;
    if (step.at === 'checkNode' && step.after.thread.at === 'kswapdShrinkNode') {
      const highest = highestManaged(node);
      const pressed = system.bufferHeadsOverLimit && highest >= 0;
      if (pressed) see('buffer heads');
      const want = pressed ? highest : thread.classzoneIdx;
      if (want < highest) see('not all zones');
      const got = runOf(step.after).reclaimIdx;
      return got === want ? undefined : { clause: `zones up to ${got} are shrunk, and should be up to ${want}` };
    }
    const shrunk = recordOf(step, 'shrink');
    if (shrunk === undefined) return undefined;
    const zones = managedUpTo(node, shrunk.zone);
    if (zones.length > 1) see('several zones');
    if (zones.some((zone) => boostedHigh(zone) <= 32)) see('the least');
    const want = zones.reduce((sum, zone) => sum + Math.max(32, boostedHigh(zone)), 0);
    const got = shrunk.nrToReclaim;
    return got === want ? undefined : { clause: `${got} pages are asked for instead of ${want}` };
  },
});

const shrinksWhatItMay = stepProperty({
  id: 'only-what-may-be-reclaimed-is',
  family: 'rounds',
  title: 'Only zones up to the index are reclaimed from, and anonymous pages only if they may be swapped',
  statement:
    'What the node gives comes off the lists of zones up to the highest that is shrunk, file pages first; anonymous ' +
    'pages only while there is swap and the round may use it. Every page that leaves its list is free, and no more ' +
    'than were asked for.',
  sources: ['v4.19 mm/vmscan.c shrink_node'],
  verdicts: LATER,
  mustSee: { 'anonymous pages': 0.05, 'cut to what there is': 0.02, 'kept above the index': 0.001 },
  check: ({ step }, see) => {
    if (step.kind !== 'work' || step.at !== 'shrink') return undefined;
    const { system, node } = step.before;
    const { reclaimIdx, maySwap } = runOf(step.before);
    const freed = freedPages(step);
    for (const [i, zone] of node.zones.entries()) {
      const { lru } = zone;
      const file = lru.inactiveFile + lru.activeFile;
      const anon = system.swapPages > 0 && maySwap ? lru.inactiveAnon + lru.activeAnon : 0;
      const wanted = step.input.reclaimed?.[i] ?? 0;
      if (i > reclaimIdx && wanted > 0) see('kept above the index');
      const want = i > reclaimIdx ? 0 : Math.min(wanted, file + anon);
      if (i <= reclaimIdx && wanted > want) see('cut to what there is');
      if (want > file) see('anonymous pages');
      if (freed[i] !== want) return { clause: `${zone.name} gives ${freed[i]} pages instead of ${want}` };
      const after = step.after.node.zones[i]!.lru;
      const anonLeft = after.inactiveAnon + after.activeAnon;
      const lost = lru.inactiveAnon + lru.activeAnon - anonLeft;
      if (lost !== Math.max(0, want - file)) return { clause: `${zone.name} gives ${lost} anonymous pages` };
    }
    return undefined;
  },
});

/** How a balancing run over a node goes from round to round. */
export const nodeRoundProperties: readonly Property[] = [
  priorityWalksDown,
  fallsForLack,
  orderFalls,
  askedForHighMarks,
  shrinksWhatItMay,
];
