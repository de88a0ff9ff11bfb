import { managedUpTo } from '../independent/node.ts';
import { knownToFail, runProperty, stepProperty, type Property } from '../property.ts';
import { balancingRuns, reclaimedIn, recordOf, runOf } from './steps.ts';
import { BOOSTING, LATER } from './verdicts.ts';

const BALANCE = 'v5.9 mm/vmscan.c balance_pgdat';

const writesWhenPressed = stepProperty({
  id: 'laptops-write-from-priority-9-on',
  family: 'rounds',
  title: 'Pages are written at once, or from priority 9 on',
  statement:
    'A round writes pages unless the machine is a laptop saving power (as the run began, up to v4.20; later as the ' +
    'round begins) or boosts are left to make up for, and from priority 9 on in any case. It swaps unless boosts are ' +
    'left.',
  keptFor: 'It says the rule in the terms of the setting, not of a round.',
  sources: ['v4.19 mm/vmscan.c balance_pgdat', BALANCE],
  verdicts: LATER,
  mustSee: { 'a laptop': 0.05, 'a laptop, pressed': 0.01, 'no laptop': 0.3 },
  check: ({ step }, see) => {
    const shrunk = recordOf(step, 'shrink');
    if (shrunk === undefined || !('maySwap' in shrunk)) return undefined;
    const { system } = step.before;
    const boosted = runOf(step.before).nrBoostReclaim > 0;
    const pressed = shrunk.priority <= 9;
    see(system.laptopMode ? (pressed ? 'a laptop, pressed' : 'a laptop') : 'no laptop');
    const want = pressed || (!system.laptopMode && !boosted);
    if (shrunk.mayWritepage !== want) return { clause: `at priority ${shrunk.priority} pages are written: ${!want}` };
    return shrunk.maySwap === !boosted ? undefined : { clause: `boosted: ${boosted}, swaps: ${shrunk.maySwap}` };
  },
});

const boostsAreGentle = stepProperty({
  id: 'reclaim-for-boosts-is-gentle',
  family: 'rounds',
  title: 'Reclaim for boosts is gentle',
  statement:
    'While boosts are left to make up for, the node is balanced, and it is shrunk at priority 10 at most, without ' +
    'writing and without swapping.',
  keptFor: 'It says in one place what reclaim for boosts may not do.',
  sources: [BALANCE],
  verdicts: BOOSTING,
  mustSee: { 'a boosted round': 0.02, 'at priority 10': 0.001 },
  check: ({ step }, see) => {
    const shrunk = recordOf(step, 'shrink');
    if (shrunk === undefined || !('maySwap' in shrunk) || runOf(step.before).nrBoostReclaim === 0) return undefined;
    see('a boosted round');
    if (shrunk.priority === 10) see('at priority 10');
    if (shrunk.priority < 10) return { clause: `the node is shrunk for boosts at priority ${shrunk.priority}` };
    return shrunk.mayWritepage || shrunk.maySwap ? { clause: 'reclaim for boosts writes or swaps' } : undefined;
  },
});

const boostsAddUp = runProperty({
  id: 'a-run-makes-up-for-the-boosts-it-finds',
  family: 'rounds',
  title: 'A run makes up for the boosts that it finds, and ends them',
  statement:
    'A run begins with as many pages to reclaim as the managed zones up to its index are boosted by. What is ' +
    'reclaimed counts towards them, until the node is found out of balance and they are forgotten. When the run ' +
    'ends, each boost is less by what the run found of it, and no other boost is changed.',
  sources: [BALANCE],
  verdicts: BOOSTING,
  spans: 'a balancing run',
  mustSee: { 'boosts found': 0.05, 'none found': 0.3, 'a boost above the index': 0.005, 'changed meanwhile': 0.001 },
  check: (run, see) => {
    for (const { first, last } of balancingRuns(run)) {
      const { node, thread } = run.steps[first]!.before;
      const own = managedUpTo(node, thread.classzoneIdx);
      const found = node.zones.map((zone) => (own.includes(zone) ? zone.boost : 0));
      let left = found.reduce((sum, boost) => sum + boost, 0);
      see(left > 0 ? 'boosts found' : 'none found');
      if (managedUpTo(node, node.zones.length).some((zone) => zone.boost > 0 && !own.includes(zone))) {
        see('a boost above the index');
      }
      for (const [at, step] of run.steps.slice(first, last).entries()) {
        left = Math.max(0, left - reclaimedIn(step));
        if (step.at === 'checkNode' && step.after.thread.at === 'checkNode') left = 0;
        const judged = step.at === 'balancePgdat' || step.at === 'checkNode' || step.at === 'nextRound';
        const { nrBoostReclaim } = runOf(step.after);
        if (!judged || nrBoostReclaim === left) continue;
        return { clause: `${nrBoostReclaim} pages are left to make up for, and should be ${left}`, step: first + at };
      }
      const { before, after } = run.steps[last]!;
      for (const [i, { boost, name }] of before.node.zones.entries()) {
        if (found[i]! > 0 && boost !== found[i]) see('changed meanwhile');
        const want = Math.max(0, boost - found[i]!);
        const got = after.node.zones[i]!.boost;
        if (got !== want) return { clause: `${name} was boosted by ${boost} pages, and is by ${got}`, step: last };
      }
    }
    return undefined;
  },
});

const boostEndsWhenMadeUpFor = runProperty({
  id: 'a-boost-ends-when-it-is-made-up-for',
  family: 'rounds',
  title: 'A boost ends when its pages were reclaimed',
  statement: 'A run that ends the boosts of zones has reclaimed as many pages as they were boosted by.',
  sources: [BALANCE],
  verdicts: {
    'v5.9': knownToFail(
      'Whatever ends the run ends the boosts: a round in vain, the freezer, or a node out of balance, for which ' +
        'they are forgotten.',
    ),
  },
  spans: 'a balancing run',
  mustSee: { 'made up for': 0.01 },
  check: (run, see) => {
    for (const { first, last } of balancingRuns(run)) {
      const reclaimed = run.steps.slice(first, last).reduce((sum, step) => sum + reclaimedIn(step), 0);
      const { before, after } = run.steps[last]!;
      const boostOf = (zones: typeof before.node.zones) => zones.reduce((sum, { boost }) => sum + boost, 0);
      const ended = boostOf(before.node.zones) - boostOf(after.node.zones);
      if (ended === 0) continue;
      if (ended > reclaimed) return { clause: `boosts of ${ended} pages end after ${reclaimed} reclaimed`, step: last };
      see('made up for');
    }
    return undefined;
  },
});

/** How a run reclaims on account of boosts, and when it writes and swaps. */
export const boostProperties: readonly Property[] = [
  writesWhenPressed,
  boostsAreGentle,
  boostsAddUp,
  boostEndsWhenMadeUpFor,
];
