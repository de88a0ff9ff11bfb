import type { Machine, Turn } from '../../model/index.ts';
import { anyZoneInBalance } from '../independent/node.ts';
import { knownToFail, type Property } from '../property.ts';
import { isAwake, productiveTurns, quietProperty, sleepBound } from '../quiet.ts';
import { everyLater, LATER } from './verdicts.ts';

const BALANCE = 'v4.19 mm/vmscan.c balance_pgdat';
const LOOP = 'v4.19 mm/vmscan.c kswapd';

/** Each zone gives what is asked of the node. */
const productiveTurn = productiveTurns(({ nodeBalance }) => nodeBalance.nrToReclaim);

/** Turns that 16 fruitless runs take, each through all priorities. */
const GIVING_UP = 16 * 12;

/** Whether kswapd has work: the node is out of balance for what it holds. */
const hasWork = ({ system, node, thread }: Machine): boolean =>
  !anyZoneInBalance(system, node, thread.order, thread.classzoneIdx);

const productiveSleeps = quietProperty({
  id: 'productive-reclaim-balances-a-node',
  family: 'liveness',
  title: 'When reclaim succeeds and nothing more is asked, kswapd sleeps on a node in balance or given up',
  statement:
    'From wherever a run has led, with no further event and an environment that reclaims what is asked of the node, ' +
    'or half of what there is if that is more, kswapd is fully asleep (or was stopped) within the turns that its ' +
    'pages can be halved and given up in.',
  keptFor: 'What everyone expects of kswapd, over a whole run and from any start.',
  sources: [BALANCE, LOOP],
  verdicts: LATER,
  mustSee: { 'awake at the end': 0.05, 'work left at the end': 0.1 },
  environment: {
    like: 'productive reclaim',
    turnOf: productiveTurn,
    bound: (node) => sleepBound(node) + GIVING_UP,
  },
  seeEnd: (run, see) => {
    if (isAwake(run)) see('awake at the end');
    if (hasWork(run.machine)) see('work left at the end');
  },
});

/** A trickle: in each run that would be the sixteenth in vain one page is reclaimed, and a task takes it at once. */
function trickleTurn({ node, thread }: Machine): Turn {
  const zone = node.zones.findLastIndex(({ lru }, i) => i <= thread.nodeBalance.reclaimIdx && lru.inactiveFile > 0);
  if (thread.at !== 'shrink' || node.kswapd.failures !== 15 || zone < 0) return {};
  const reclaimed = node.zones.map((_zone, i) => (i === zone ? 1 : 0));
  return { scanned: 1, reclaimed, events: [{ take: { zone, order: 0, count: 1 } }] };
}

/** More turns than sixteen runs through all priorities take, twice over. */
const TRICKLE_BOUND = 512;

const trickleSleeps = quietProperty({
  id: 'a-trickle-of-pages-lets-kswapd-sleep',
  family: 'liveness',
  title: 'A node that never gets anywhere is given up',
  statement:
    'In an environment where fifteen runs in a row reclaim nothing and the sixteenth a single page, which a task ' +
    'takes at once, kswapd is asleep within 512 turns.',
  sources: [BALANCE, 'v4.19 mm/vmscan.c shrink_node'],
  verdicts: everyLater(
    knownToFail(
      'A single page starts the count of fruitless runs over, whether the node comes into balance or not: kswapd ' +
        'runs for ever for one page at a time.',
      'dc9fe9b7056a',
    ),
  ),
  mustSee: { 'work left at the end': 0.1 },
  environment: { like: 'a page now and then', turnOf: trickleTurn, bound: () => TRICKLE_BOUND },
  seeEnd: ({ machine }, see) => {
    if (hasWork(machine)) see('work left at the end');
  },
});

/** That kswapd comes to rest from v4.8 on. */
export const nodeLivenessProperties: readonly Property[] = [productiveSleeps, trickleSleeps];
