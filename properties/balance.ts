import { giveBlocks, populatedZone, withZone, type Node, type Zone } from '../model/index.ts';
import { givenUp, nodeInBalance } from './independent/balance.ts';
import {
  EVERY_KERNEL,
  HOLDS,
  knownToFail,
  questionProperty,
  stepProperty,
  type AskedSubject,
  type Property,
} from './property.ts';

const PGDAT = 'v4.0 mm/vmscan.c pgdat_balanced';

const balanced = ({ kernel: k, system }: AskedSubject, node: Node, order: number, zoneIdx: number): boolean =>
  k.pgdatBalanced(k, system, node, order, zoneIdx);

const populatedUpTo = (node: Node, zoneIdx: number): readonly Zone[] =>
  node.zones.slice(0, zoneIdx + 1).filter(populatedZone);

const orderZeroIsAllZones = questionProperty({
  id: 'order-0-is-all-zones',
  family: 'balance',
  title: 'For order 0, every zone must be balanced',
  statement:
    'A node is balanced for order 0 exactly when each populated zone up to the index is balanced by itself or no ' +
    'longer worth ' +
    'scanning.',
  keptFor: 'It says one half of the rule for the node by itself, in the words of its comment.',
  sources: [PGDAT],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'one zone unbalanced among others': 0.05, 'all balanced': 0.05, 'a zone given up': 0.05 },
  check: (asked, see) => {
    const { kernel: k, system, node, args } = asked;
    const zones = populatedUpTo(node, args.zoneIdx);
    const up = zones.filter((zone) => givenUp(system, zone));
    const unbalanced = zones.filter(
      (zone) => !givenUp(system, zone) && !k.zoneBalanced(k, system, zone, 0, 0, node.zones.indexOf(zone)),
    );
    if (unbalanced.length === 1 && zones.length > 1) see('one zone unbalanced among others');
    if (unbalanced.length === 0) see('all balanced');
    if (up.length > 0) see('a zone given up');
    const got = balanced(asked, node, 0, args.zoneIdx);
    if (got === (unbalanced.length === 0)) return undefined;
    const names = unbalanced.map(({ name }) => name).join(', ') || 'no zone';
    return { clause: `${names} is unbalanced up to index ${args.zoneIdx}, and the node counts as balanced: ${got}` };
  },
});

const quarterRule = questionProperty({
  id: 'quarter-rule-is-exact',
  family: 'balance',
  title: 'For a high order, a quarter of the pages is enough',
  statement:
    'A node is balanced for an order above 0 exactly when its balanced or given-up zones hold at least a quarter ' +
    '(rounded ' +
    'down) of the managed pages of the populated zones up to the index.',
  keptFor: 'It says the other half of the rule by itself; what it implies is judged as a whole too.',
  sources: [PGDAT],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'exactly a quarter': 0.005, 'just short of a quarter': 0.0005, enough: 0.05, 'not enough': 0.05 },
  check: (asked, see) => {
    const { kernel: k, system, node, args } = asked;
    const order = Math.max(1, args.order);
    let managed = 0;
    let inOrder = 0;
    for (const zone of populatedUpTo(node, args.zoneIdx)) {
      managed += zone.managed;
      const own = k.zoneBalanced(k, system, zone, order, 0, node.zones.indexOf(zone));
      if (own || givenUp(system, zone)) inOrder += zone.managed;
    }
    const want = 4 * inOrder + 3 >= managed;
    see(want ? 'enough' : 'not enough');
    if (managed > 0 && inOrder > 0 && inOrder === Math.floor(managed / 4)) see('exactly a quarter');
    if (inOrder > 0 && inOrder === Math.floor(managed / 4) - 1) see('just short of a quarter');
    const got = balanced(asked, node, order, args.zoneIdx);
    if (got === want) return undefined;
    return { clause: `${inOrder} of ${managed} managed pages are in order, and the node counts as balanced: ${got}` };
  },
});

const agreesWithIndependent = questionProperty({
  id: 'balance-is-independent',
  family: 'balance',
  title: 'The balance of a node can be said another way',
  statement:
    'pgdat_balanced agrees with a formulation that uses none of the model’s rules, for any state and question.',
  keptFor: 'The whole rule, written a second time: the properties of its parts say which part is wrong.',
  sources: [PGDAT, 'v4.0 mm/vmscan.c zone_balanced', 'v4.0 mm/compaction.c compaction_suitable'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { balanced: 0.1, unbalanced: 0.1 },
  check: (asked, see) => {
    const { system, node, args } = asked;
    const want = nodeInBalance(system, node, args.order, args.zoneIdx);
    see(want ? 'balanced' : 'unbalanced');
    const got = balanced(asked, node, args.order, args.zoneIdx);
    return got === want ? undefined : { clause: `the node counts as balanced: ${got}; said another way: ${want}` };
  },
});

const givenUpCounts = questionProperty({
  id: 'given-up-zone-counts-as-balanced',
  family: 'balance',
  title: 'A zone that is given up counts as balanced, an unpopulated one not at all',
  statement:
    'Giving a zone up (six times its reclaimable pages scanned) never unbalances a node; what an unpopulated zone ' +
    'holds ' +
    'never matters.',
  keptFor: 'It names the clause that let kswapd burn a CPU when it was missing.',
  sources: [PGDAT],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'giving up balances the node': 0.02, 'an unpopulated zone': 0.01 },
  check: (asked, see) => {
    const { kernel: k, system, node, args } = asked;
    const before = balanced(asked, node, args.order, args.zoneIdx);
    const changed = populatedZone(asked.zone)
      ? { ...asked.zone, pagesScanned: 6 * k.zoneReclaimablePages(k, system, asked.zone) }
      : { ...asked.zone, managed: asked.zone.managed + 4096, watermark: { min: 1, low: 2, high: 3 } };
    const after = balanced(asked, withZone(node, args.zone, changed), args.order, args.zoneIdx);
    if (!populatedZone(asked.zone)) {
      see('an unpopulated zone');
      return before === after
        ? undefined
        : { clause: `an unpopulated zone turned the answer from ${before} to ${after}` };
    }
    if (!before && after) see('giving up balances the node');
    return before && !after ? { clause: `giving up zone ${args.zone} unbalanced the node` } : undefined;
  },
});

/** The state after more pages of a zone became free, without anything else changing. */
const withMoreFree = ({ node, zone, args }: AskedSubject, blocks: number): Node =>
  withZone(node, args.zone, { ...zone, freeArea: giveBlocks(zone.freeArea, args.order, blocks) });

const moreFreeNeverUnbalances = questionProperty({
  id: 'more-free-memory-never-unbalances',
  family: 'balance',
  title: 'More free memory never unbalances a node',
  statement:
    'With exact counters, and the count of scanned pages as it is, free blocks more of the order in question ' +
    'leave a balanced node balanced.',
  keptFor: 'A law of any sound rule: no fault of the tables breaks it, a rule written anew may.',
  sources: [PGDAT],
  verdicts: EVERY_KERNEL,
  mustSee: { 'more memory balances the node': 0.02, 'balanced before': 0.1 },
  check: (asked, see) => {
    const exact = {
      ...asked,
      zone: { ...asked.zone, vmstatDrift: 0 },
      node: { ...asked.node, zones: asked.node.zones.map((zone) => ({ ...zone, vmstatDrift: 0 })) },
    };
    const { args } = asked;
    const before = balanced(exact, exact.node, args.order, args.zoneIdx);
    if (before) see('balanced before');
    for (const blocks of [1, 64, 4096]) {
      const after = balanced(exact, withMoreFree(exact, blocks), args.order, args.zoneIdx);
      if (!before && after) see('more memory balances the node');
      if (before && !after) return { clause: `${blocks} more free blocks of order ${args.order} unbalanced the node` };
    }
    return undefined;
  },
});

const NO_LONGER_PRECISE = knownToFail(
  'The page may be the one that takes the cheap counter to the zone’s drift mark: from there on it is trusted, and ' +
    'it may show less than there is. Reserves and high orders lie beyond the high mark, which the drift mark is ' +
    'made for.',
);

/** The zone after a task freed so many pages of it. */
const withFreedPages = (zone: Zone, pages: number): Zone =>
  pages === 0 ? zone : { ...zone, freeArea: giveBlocks(zone.freeArea, 0, pages), pagesScanned: 0 };

/** Pages that tasks free until the cheap counter shows the drift mark; 1 if they cannot free so many. */
function pagesToDriftMark({ managed, freeArea, lru, vmstatDrift, percpuDriftMark }: Zone): number {
  const pages = percpuDriftMark - Math.max(0, freeArea.pages + vmstatDrift);
  const inUse = managed - freeArea.pages - lru.activeAnon - lru.inactiveAnon - lru.activeFile - lru.inactiveFile;
  return pages > 0 && pages <= inUse ? pages : 1;
}

const freeingNeverUnbalances = questionProperty({
  id: 'freeing-a-page-never-unbalances',
  family: 'balance',
  title: 'Freeing a page never unbalances a node',
  statement:
    'When tasks free pages of a node one by one, each leaves the node balanced if it was balanced: the first one, ' +
    'and the one with which the cheap counter comes to the zone’s drift mark.',
  sources: [PGDAT, 'v4.0 mm/page_alloc.c free_pcppages_bulk'],
  verdicts: {
    'v4.0': knownToFail(
      'Freeing a page resets the zone’s count of scanned pages: a zone that was given up, and so counted as ' +
        'balanced, is worth ' +
        'scanning again and counts as what it is.',
    ),
    'v4.19': NO_LONGER_PRECISE,
    'v5.9': NO_LONGER_PRECISE,
  },
  mustSee: { 'a zone given up': 0.05 },
  check: (asked, see) => {
    const { system, node, zone, args } = asked;
    if (populatedZone(zone) && givenUp(system, zone)) see('a zone given up');
    for (const pages of [1, pagesToDriftMark(zone)]) {
      const [before, after] = [pages - 1, pages].map((count) =>
        balanced(asked, withZone(node, args.zone, withFreedPages(zone, count)), args.order, args.zoneIdx),
      );
      if (before && !after) return { clause: `freeing page ${pages} of ${zone.name} unbalanced the node` };
    }
    return undefined;
  },
});

const widerIndexNeverBalances = questionProperty({
  id: 'wider-index-never-balances',
  family: 'balance',
  title: 'A wider zone index never balances an order-0 node',
  statement: 'A node that is unbalanced for order 0 up to some zone is unbalanced for order 0 up to every higher zone.',
  keptFor: 'A law that needs no second reading of the rule: it holds a new rule to less than exactness.',
  sources: [PGDAT],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'unbalanced by a lower zone': 0.1 },
  check: (asked, see) => {
    const answers = asked.node.zones.map((_zone, i) => balanced(asked, asked.node, 0, i));
    const first = answers.indexOf(false);
    if (first >= 0 && first < answers.length - 1) see('unbalanced by a lower zone');
    const again = answers.findIndex((answer, i) => first >= 0 && i > first && answer);
    return again < 0 ? undefined : { clause: `unbalanced up to zone ${first}, but balanced up to zone ${again}` };
  },
});

const decisionsAgree = stepProperty({
  id: 'balance-questions-agree',
  family: 'balance',
  title: 'Every place that asks “balanced?” gets the same answer',
  statement:
    'The first sleep check, the second one and the end of a round decide as pgdat_balanced answers in that state, ' +
    'for the order and zone index they ask about.',
  keptFor: 'It says that kswapd and its sleep ask alike, which no property of one rule does.',
  sources: [PGDAT, 'v4.0 mm/vmscan.c prepare_kswapd_sleep', 'v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'first check': 0.3, 'second check': 0.3, 'end of a round': 0.3 },
  check: ({ kernel: k, step }, see) => {
    const { system, node, thread, waits } = step.before;
    const { at } = step.after.thread;
    const ask = (order: number, zoneIdx: number) => k.pgdatBalanced(k, system, node, order, zoneIdx);
    let want: boolean;
    let got: boolean;
    if (step.at === 'kswapdTryToSleep' && !waits.freezing && !waits.shouldStop) {
      see('first check');
      want = ask(thread.balancedOrder, thread.balancedClasszoneIdx);
      got = at === 'shortSleep';
    } else if (step.at === 'recheckSleep' && thread.remaining === 0) {
      see('second check');
      want = ask(thread.balancedOrder, thread.balancedClasszoneIdx);
      got = step.records.some(({ ev }) => ev === 'sleep');
    } else if (step.at === 'nextRound' && step.after.thread.balance.priority >= 1) {
      see('end of a round');
      want = ask(thread.balance.order, thread.balancedClasszoneIdx);
      got = at === 'balanced';
    } else {
      return undefined;
    }
    return want === got ? undefined : { clause: `pgdat_balanced says ${want}, but ${step.at} decides as if ${got}` };
  },
});

/** What it means that a node is balanced. */
export const balanceProperties: readonly Property[] = [
  orderZeroIsAllZones,
  quarterRule,
  agreesWithIndependent,
  givenUpCounts,
  moreFreeNeverUnbalances,
  freeingNeverUnbalances,
  widerIndexNeverBalances,
  decisionsAgree,
];
