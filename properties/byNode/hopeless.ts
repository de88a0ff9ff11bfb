import { makeMachine, type Machine, type Node, type Step, type Zone } from '../../model/index.ts';
import { reclaimable } from '../independent/balance.ts';
import { anyZoneInBalance, isHopeless } from '../independent/node.ts';
import { knownToFail, questionProperty, stepProperty, watchProperty, type Property } from '../property.ts';
import { reclaimedIn, runOf, saw } from './steps.ts';
import { everyLater, LATER } from './verdicts.ts';

const BALANCE = 'v4.19 mm/vmscan.c balance_pgdat';
const WAKEUP = 'v4.19 mm/vmscan.c wakeup_kswapd';

const failuresOf = ({ node }: Machine): number => node.kswapd.failures;

const withFailures = (node: Node, failures: number): Node => ({ ...node, kswapd: { ...node.kswapd, failures } });

const countedOnce = watchProperty({
  id: 'a-fruitless-run-counts-once',
  family: 'accounting',
  title: 'A run that reclaims nothing counts once, and any page starts over',
  statement:
    'The count of fruitless runs grows by one exactly when a run ends, otherwise than by finding the node balanced, ' +
    'without having reclaimed a page; it falls to 0 exactly when a page of the node is reclaimed; nothing else ' +
    'changes it.',
  keptFor: 'It counts over a whole run, where others look at the step that counts.',
  sources: [BALANCE, 'v4.19 mm/vmscan.c shrink_node'],
  verdicts: LATER,
  mustSee: { 'one more': 0.1, 'starts over': 0.05, 'up to 16': 0.02, 'a page reclaimed': 0.2 },
  watch: {
    begin: () => ({ reclaimed: false }),
    next: (seen, step, see) => {
      if (step.at === 'balancePgdat') seen.reclaimed = false;
      const pages = reclaimedIn(step);
      seen.reclaimed ||= pages > 0;
      const before = failuresOf(step.before);
      const failed = step.at === 'countFailure' && !seen.reclaimed;
      const want = failed ? before + 1 : pages > 0 ? 0 : before;
      const got = failuresOf(step.after);
      if (failed) see('one more');
      if (failed && got === 16) see('up to 16');
      if (pages > 0) see('a page reclaimed');
      if (pages > 0 && before > 0) see('starts over');
      if (got !== want) return { clause: `${before} fruitless runs became ${got} instead of ${want}` };
      const { at } = step.after.thread;
      const over = step.at === 'nextRound' && runOf(step.after).priority < 1;
      if (over && at !== 'countFailure') return { clause: `after priority 1 kswapd is at ${at}` };
      return undefined;
    },
  },
});

const hopelessRests = questionProperty({
  id: 'a-hopeless-node-is-left-alone',
  family: 'liveness',
  title: 'After 16 fruitless runs a node is left alone',
  statement:
    'With 16 fruitless runs or more kswapd may sleep, no wake-up wakes it, and no task waits for it; with 15 each of ' +
    'these is as the node’s memory has it.',
  keptFor: 'It says in one place what hopeless means, for sleep, wake-ups and throttling.',
  sources: [BALANCE, WAKEUP, 'v4.19 mm/vmscan.c prepare_kswapd_sleep', 'v4.19 mm/vmscan.c allow_direct_reclaim'],
  verdicts: LATER,
  mustSee: { 'out of balance': 0.1, throttled: 0.02 },
  check: ({ kernel: k, system, node, args }, see) => {
    const { order, zoneIdx } = args;
    for (const failures of [15, 16, 17]) {
      const fresh = makeMachine(k, system, withFailures(node, failures));
      const m = { ...fresh, waits: { ...fresh.waits, queued: true } };
      const hopeless = failures > 15;
      const balanced = anyZoneInBalance(system, node, order, zoneIdx);
      if (!balanced) see('out of balance');
      const { sleep } = k.prepareKswapdSleep(k, m, order, 0, zoneIdx);
      if (sleep !== (hopeless || balanced))
        return { clause: `after ${failures} fruitless runs it may sleep: ${sleep}` };
      const { woken } = k.wakeupKswapd(k, m, args.zone, order, zoneIdx).machine.waits;
      if (hopeless && woken) return { clause: `after ${failures} fruitless runs a wake-up wakes kswapd` };
      const { ok } = k.allowDirectReclaim(k, m);
      if (!hopeless && !ok) see('throttled');
      if (hopeless && !ok) return { clause: `after ${failures} fruitless runs a task waits for kswapd` };
    }
    return undefined;
  },
});

const progressRevives = questionProperty({
  id: 'progress-brings-a-node-back',
  family: 'liveness',
  title: 'Any page that is reclaimed brings a hopeless node back',
  statement:
    'Of a hopeless node, whoever reclaims a page that is eligible starts the count of fruitless runs over, so that ' +
    'the next wake-up that finds the node out of balance wakes kswapd; reclaim that frees none leaves it hopeless.',
  keptFor: 'It says what ends hopelessness; others only see a node that stays hopeless.',
  sources: ['v4.19 mm/vmscan.c shrink_node', WAKEUP],
  verdicts: LATER,
  mustSee: { 'brought back and woken': 0.03, 'nothing to reclaim': 0.05 },
  check: ({ kernel: k, system, node, zone, args }, see) => {
    const wanted = node.zones.map((_zone, i) => (i === args.zone ? 1 : 0));
    const there = reclaimable(system, zone) > 0;
    if (!there) see('nothing to reclaim');
    const given = withFailures(node, 16);
    for (const pages of [wanted, []]) {
      const shrunk = k.shrinkNode(k, system, given, args.zone, true, 64, pages).node;
      const back = there && pages.length > 0;
      const { failures } = shrunk.kswapd;
      if (failures !== (back ? 0 : 16))
        return { clause: `${pages.length > 0 ? 1 : 0} pages leave ${failures} failures` };
      const fresh = makeMachine(k, system, shrunk);
      const m = { ...fresh, waits: { ...fresh.waits, queued: true } };
      const { woken } = k.wakeupKswapd(k, m, args.zone, args.order, args.zoneIdx).machine.waits;
      const needed = zone.managed > 0 && !anyZoneInBalance(system, shrunk, args.order, args.zoneIdx);
      if (back && needed) see('brought back and woken');
      if (needed && woken !== back) return { clause: `brought back: ${back}, woken: ${woken}` };
    }
    return undefined;
  },
});

const inARow = stepProperty({
  id: 'only-runs-in-a-row-make-a-node-hopeless',
  family: 'liveness',
  title: 'Only fruitless runs in a row make a node hopeless',
  statement: 'A run that ends because the node is balanced leaves no fruitless runs counted.',
  sources: [BALANCE],
  verdicts: everyLater(
    knownToFail(
      'Only a page that is reclaimed starts the count over. Runs that find the node balanced, because tasks freed ' +
        'memory meanwhile, do not: sixteen failures over any length of time make a node hopeless.',
      'e7a5f249e6db',
    ),
  ),
  mustSee: { 'ends in balance': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'checkNode' || step.after.thread.at !== 'balanced') return undefined;
    see('ends in balance');
    const failures = failuresOf(step.after);
    return failures === 0 ? undefined : { clause: `the node is balanced, and ${failures} fruitless runs stay counted` };
  },
});

const freezeIsNoFailure = watchProperty({
  id: 'a-freeze-is-no-failure',
  family: 'liveness',
  title: 'A run that the freezer ended is no failure',
  statement: 'When the freezer ends a run, it is not counted as fruitless.',
  sources: [BALANCE],
  verdicts: everyLater(
    knownToFail('Whatever ends a run before its node is balanced, one without a page reclaimed so far is counted.'),
  ),
  mustSee: { 'a run frozen': 0.02 },
  watch: {
    begin: () => ({ frozen: false }),
    next: (seen, step, see) => {
      const wasFrozen = seen.frozen;
      seen.frozen = step.at === 'endRound' && saw(step, 'frozen');
      if (seen.frozen) see('a run frozen');
      if (!wasFrozen || failuresOf(step.after) <= failuresOf(step.before)) return undefined;
      return { clause: `the freezer ends a run, and it is the ${failuresOf(step.after)}th failure` };
    },
  },
});

const boostIsNoFailure = stepProperty({
  id: 'a-run-for-boosts-is-no-failure',
  family: 'liveness',
  title: 'A run for boosts alone is no failure',
  statement: 'A run over a node that is balanced, with boosts left to make up for, is not counted as fruitless.',
  sources: ['v5.9 mm/vmscan.c balance_pgdat'],
  verdicts: {
    'v5.9': knownToFail(
      'Reclaim for boosts ends with its first round in vain, and that counts like a run through all priorities: 16 ' +
        'boosts of a node with nothing easy to reclaim make it hopeless, though it has all the memory it needs.',
    ),
  },
  mustSee: { 'boosts given up': 0.005 },
  check: ({ step }, see) => {
    const { system, node, thread } = step.before;
    const { nrBoostReclaim, order } = thread.nodeBalance;
    if (step.at !== 'countFailure' || nrBoostReclaim === 0) return undefined;
    if (!anyZoneInBalance(system, node, order, thread.classzoneIdx)) return undefined;
    see('boosts given up');
    const failures = failuresOf(step.after);
    if (failures <= failuresOf(step.before)) return undefined;
    return { clause: `${nrBoostReclaim} pages of boosts are left, and failure ${failures} is counted` };
  },
});

const isLow = ({ system, node }: Machine, { order, zoneIdx }: { readonly order: number; readonly zoneIdx: number }) =>
  !anyZoneInBalance(system, node, order, zoneIdx);

/** Whether the node has enough for order 0, with every reserve kept. */
const isBalanced = ({ system, node }: Machine): boolean => anyZoneInBalance(system, node, 0, node.zones.length - 1);

/** Whether a zone up to an index has something to reclaim. */
const hasSomething = ({ system, node }: Machine, zoneIdx: number): boolean =>
  node.zones.some((zone: Zone, i) => i <= zoneIdx && reclaimable(system, zone) > 0);

/** The request of a wake-up that finds kswapd waiting on a managed zone. */
function askedOf(step: Step) {
  if (step.kind !== 'event' || !('wakeup' in step.event) || !step.before.waits.queued) return undefined;
  const { wakeup } = step.event;
  return step.before.node.zones[wakeup.zone]!.managed > 0 ? wakeup : undefined;
}

const freedMemoryRevives = watchProperty({
  id: 'memory-that-is-freed-brings-a-node-back',
  family: 'liveness',
  title: 'A hopeless node whose memory was freed is looked after again',
  statement:
    'Once tasks have freed so much memory of a hopeless node that it is balanced, the next wake-up that finds it ' +
    'out of balance, with something to reclaim, wakes kswapd.',
  sources: [WAKEUP],
  verdicts: everyLater(
    knownToFail(
      'Only a page that is reclaimed brings the node back. Where no task has to reclaim, as when all can turn to ' +
        'other nodes, kswapd never looks at it again.',
      'e7a5f249e6db',
    ),
  ),
  mustSee: { 'balanced though hopeless': 0.01 },
  watch: {
    begin: () => ({ recovered: false }),
    next: (seen, step, see) => {
      if (!isHopeless(step.after.node)) seen.recovered = false;
      else if (step.kind === 'event' && 'give' in step.event && isBalanced(step.after) && !isBalanced(step.before)) {
        see('balanced though hopeless');
        seen.recovered = true;
      }
      const asked = askedOf(step);
      if (asked === undefined || !seen.recovered || !isLow(step.before, asked)) return undefined;
      if (!hasSomething(step.before, asked.zoneIdx) || step.after.waits.woken) return undefined;
      return { clause: `a wake-up up to zone ${asked.zoneIdx} finds a node out of balance, and wakes no one` };
    },
  },
});

/** When a node is given up, and how it comes back. */
export const hopelessProperties: readonly Property[] = [
  countedOnce,
  hopelessRests,
  progressRevives,
  inARow,
  freezeIsNoFailure,
  boostIsNoFailure,
  freedMemoryRevives,
];
