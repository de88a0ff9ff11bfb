import { hasRule, withZone, type Node } from '../../model/index.ts';
import { anyZoneInBalance, isHopeless, managedUpTo, zoneServes } from '../independent/node.ts';
import { questionProperty, stepProperty, type Property } from '../property.ts';
import { runOf, saw } from './steps.ts';
import { LATER } from './verdicts.ts';

const PGDAT = 'v4.19 mm/vmscan.c pgdat_balanced';

const anyZoneBalances = questionProperty({
  id: 'any-zone-balances-the-node',
  family: 'balance',
  title: 'One zone that the request may use is enough',
  statement:
    'A node is balanced for a request exactly when some managed zone up to its index would be above its high mark ' +
    'and boost afterwards, with the reserve for the index of the request kept, or when there is no managed zone.',
  keptFor: 'The rule, written a second time: steps that ask it only meet it in passing.',
  sources: [PGDAT],
  verdicts: LATER,
  mustSee: {
    'one zone of several': 0.05,
    'no managed zone': 0.005,
    unbalanced: 0.1,
    'the reserve decides': 0.01,
    'only a higher zone': 0.01,
  },
  check: ({ kernel: k, system, node, args }, see) => {
    const { order, zoneIdx } = args;
    const zones = managedUpTo(node, zoneIdx);
    const serving = zones.filter((zone) => zoneServes(system, zone, order, zoneIdx));
    const want = anyZoneInBalance(system, node, order, zoneIdx);
    if (serving.length === 1 && zones.length > 1) see('one zone of several');
    if (zones.length === 0) see('no managed zone');
    if (!want) see('unbalanced');
    const ownIndex = zones.some((zone) => zoneServes(system, zone, order, node.zones.indexOf(zone)));
    if (!want && ownIndex) see('the reserve decides');
    if (!want && anyZoneInBalance(system, node, order, node.zones.length - 1)) see('only a higher zone');
    const got = k.pgdatBalanced(k, system, node, order, zoneIdx);
    if (got === want) return undefined;
    const names = serving.map(({ name }) => name).join(', ') || 'no zone';
    return { clause: `${names} would do for order ${order} up to index ${zoneIdx}, and the node is balanced: ${got}` };
  },
});

/** The node without reserves of any zone. */
const withoutReserves = (node: Node): Node => ({
  ...node,
  zones: node.zones.map((zone) => ({ ...zone, lowmemReserve: zone.lowmemReserve.map(() => 0) })),
});

const wideIndexHelps = questionProperty({
  id: 'a-wider-index-only-adds-zones',
  family: 'balance',
  title: 'Without reserves, a wider index only adds zones',
  statement:
    'Where no zone keeps a reserve, a node with managed zones up to some index that is balanced up to it is balanced ' +
    'up to every higher index.',
  keptFor: 'A law that needs no second reading of the rule: it holds a new rule to less than exactness.',
  sources: [PGDAT],
  verdicts: LATER,
  mustSee: { 'balanced by a higher zone only': 0.05 },
  check: ({ kernel: k, system, node, args }, see) => {
    const bare = withoutReserves(node);
    const answers = bare.zones.map(
      (_zone, i) => managedUpTo(bare, i).length > 0 && k.pgdatBalanced(k, system, bare, args.order, i),
    );
    const first = answers.indexOf(true);
    if (first > 0) see('balanced by a higher zone only');
    const lost = answers.findIndex((answer, i) => first >= 0 && i > first && !answer);
    return lost < 0 ? undefined : { clause: `balanced up to zone ${first}, but not up to zone ${lost}` };
  },
});

const unmanagedIsIgnored = questionProperty({
  id: 'an-unmanaged-zone-does-not-count',
  family: 'balance',
  title: 'A zone of which no page is managed does not count',
  statement: 'Whatever a zone that the buddy allocator manages no page of seems to hold never matters.',
  keptFor: 'It names a clause on its own, for zones that a machine may have and a reader forgets.',
  sources: [PGDAT],
  verdicts: LATER,
  mustSee: { 'an unmanaged zone': 0.01 },
  check: ({ kernel: k, system, node, zone, args }, see) => {
    if (zone.managed > 0) return undefined;
    see('an unmanaged zone');
    const marked = (high: number) =>
      withZone(node, args.zone, { ...zone, present: zone.present + 1, watermark: { min: 0, low: 0, high } });
    const answers = [0, 5000].map((high) => k.pgdatBalanced(k, system, marked(high), args.order, args.zoneIdx));
    return answers[0] === answers[1] ? undefined : { clause: `the high mark of ${zone.name} changes the answer` };
  },
});

const decisionsAgree = stepProperty({
  id: 'sleep-and-runs-ask-the-same',
  family: 'balance',
  title: 'Sleep and balancing runs ask the same question',
  statement:
    'Both sleep checks let kswapd sleep exactly if the node is hopeless or balanced for the order the last run ended ' +
    'at and the index at hand; a round begins exactly if the node is not balanced, or has boosts left to make up for.',
  keptFor: 'It says that kswapd and its sleep ask alike, which no property of one rule does.',
  sources: [PGDAT, 'v4.19 mm/vmscan.c prepare_kswapd_sleep', 'v4.19 mm/vmscan.c balance_pgdat'],
  verdicts: LATER,
  mustSee: { 'first check': 0.3, 'second check': 0.3, 'head of a round': 0.3, 'a hopeless node': 0.05 },
  check: ({ step }, see) => {
    const { system, node, thread, waits } = step.before;
    const { at } = step.after.thread;
    const balanced = (order: number) => anyZoneInBalance(system, node, order, thread.classzoneIdx);
    let want: boolean;
    let got: boolean;
    if (step.at === 'kswapdTryToSleep' && !waits.freezing && !waits.shouldStop) {
      see('first check');
      want = isHopeless(node) || balanced(thread.balancedOrder);
      got = at === 'shortSleep';
    } else if (step.at === 'recheckSleep' && thread.remaining === 0) {
      see('second check');
      if (isHopeless(node)) see('a hopeless node');
      want = isHopeless(node) || balanced(thread.balancedOrder);
      got = saw(step, 'sleep');
    } else if (step.at === 'checkNode') {
      see('head of a round');
      const { order, nrBoostReclaim } = runOf(step.before);
      const isBalanced = balanced(order);
      want = isBalanced && nrBoostReclaim === 0;
      got = at === 'balanced';
      if (!isBalanced && nrBoostReclaim > 0 && at !== 'checkNode') {
        return { clause: 'a node out of balance is reclaimed for its boosts only' };
      }
    } else {
      return undefined;
    }
    return want === got ? undefined : { clause: `${step.at} decides as if the node may rest: ${got}; it may: ${want}` };
  },
});

const boostedFilter = questionProperty({
  id: 'boosted-is-said-of-managed-zones',
  family: 'balance',
  title: 'A node is boosted if a managed zone of it is',
  statement: 'pgdat_watermark_boosted says whether some managed zone up to the index has its marks boosted.',
  keptFor: 'It names the clause of the rule; its callers’ properties only tell that something is wrong.',
  sources: ['v5.9 mm/vmscan.c pgdat_watermark_boosted'],
  verdicts: { 'v5.9': LATER['v5.9']! },
  mustSee: { boosted: 0.1, 'not boosted': 0.1, 'boosted above the index': 0.02 },
  check: ({ kernel: k, node, args }, see) => {
    const want = managedUpTo(node, args.zoneIdx).some(({ boost }) => boost > 0);
    see(want ? 'boosted' : 'not boosted');
    if (!want && managedUpTo(node, node.zones.length - 1).some(({ boost }) => boost > 0))
      see('boosted above the index');
    const got = hasRule(k, 'pgdatWatermarkBoosted') && k.pgdatWatermarkBoosted(k, node, args.zoneIdx);
    return got === want ? undefined : { clause: `boosted up to index ${args.zoneIdx}: ${want}, but said: ${got}` };
  },
});

/** What it means from v4.8 on that a node is balanced. */
export const nodeBalanceProperties: readonly Property[] = [
  anyZoneBalances,
  wideIndexHelps,
  unmanagedIsIgnored,
  decisionsAgree,
  boostedFilter,
];
