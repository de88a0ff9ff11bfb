import type { Kernel, Machine } from '../model/index.ts';
import { reclaimable } from './independent/balance.ts';
import { anyZoneInBalance, managedUpTo } from './independent/node.ts';
import { trustedFreePages, watermarkMetIn } from './independent/watermark.ts';
import { recordOf, runOf, saw } from './byNode/steps.ts';
import { everyLater, LATER } from './byNode/verdicts.ts';
import { HOLDS, knownToFail, questionProperty, watchProperty, type Property } from './property.ts';

const BALANCE = 'v4.19 mm/vmscan.c balance_pgdat';

interface GivenUp {
  readonly order: number;
  readonly zoneIdx: number;
  /** kswapd has dozed off since. */
  readonly dozed: boolean;
}

/** Whether some zone up to an index could serve an order at its low mark. */
const isServed = (k: Kernel, { system, node }: Machine, { order, zoneIdx }: GivenUp): boolean =>
  managedUpTo(node, zoneIdx).some((zone) =>
    watermarkMetIn(k)(system, zone, order, zone.watermark.low + zone.boost, zoneIdx, 0, trustedFreePages(zone)),
  );

const givenUpIsCompacted = watchProperty({
  id: 'an-order-given-up-is-compacted-for',
  family: 'compaction',
  title: 'An order that kswapd gives up is compacted for',
  statement:
    'With compaction built in, when a run gives a high order up that no zone of the request could serve, and kswapd ' +
    'dozes off, compaction is asked for that order before kswapd sleeps or turns to another request: kswapd ' +
    'compacts, or kcompactd is woken.',
  sources: ['v4.0 mm/vmscan.c balance_pgdat', 'v4.19 mm/vmscan.c kswapd_try_to_sleep'],
  verdicts: {
    'v4.0': knownToFail(
      'kswapd compacts for the order that is left when a round is over: once the order is given up that is 0, and ' +
        'compaction for order 0 does nothing.',
      'accf62422b3a',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  mustSee: { 'given up': 0.02, 'and no zone serves it': 0.005 },
  watch: {
    begin: () => ({ compacted: 0, open: undefined as GivenUp | undefined }),
    next: (seen, step, see, k) => {
      if (step.at === 'balancePgdat') seen.compacted = 0;
      seen.compacted = Math.max(
        seen.compacted,
        recordOf(step, 'compact')?.order ?? 0,
        recordOf(step, 'kcompactd')?.order ?? 0,
      );
      const { thread, system } = step.after;
      if (step.at === 'balanced') {
        const { order, balancedOrder, classzoneIdx: zoneIdx } = thread;
        seen.open = system.compaction && balancedOrder < order ? { order, zoneIdx, dozed: false } : undefined;
        if (seen.open !== undefined) see('given up');
      }
      if (seen.open === undefined) return undefined;
      if (saw(step, 'short_sleep')) {
        const { order, zoneIdx } = seen.open;
        seen.open = isServed(k, step.after, seen.open) ? undefined : { order, zoneIdx, dozed: true };
        if (seen.open !== undefined) see('and no zone serves it');
      }
      if (step.at !== 'takeRequest' && !saw(step, 'sleep')) return undefined;
      if (seen.open?.dozed === true && seen.compacted < seen.open.order) {
        return { clause: `order ${seen.open.order} was given up, and compaction not asked for it` };
      }
      seen.open = undefined;
      return undefined;
    },
  },
});

const freeableIsNoFailure = watchProperty({
  id: 'a-run-that-could-free-a-page-is-no-failure',
  family: 'liveness',
  title: 'A run that could free a page is no failure',
  statement:
    'A run is not counted as fruitless if in one of its rounds reclaim came upon pages that it can free, file pages ' +
    'or anonymous ones with swap to go to; reclaim for boosts aside, which does not swap.',
  keptFor: 'It says what a failure means to users: that there was nothing to reclaim.',
  sources: [BALANCE, 'v4.19 mm/vmscan.c shrink_node'],
  verdicts: LATER,
  mustSee: { 'one more in vain': 0.1, 'pages to free': 0.2, 'anonymous pages only': 0.02 },
  watch: {
    begin: () => ({ freeable: false }),
    next: (seen, step, see) => {
      if (step.at === 'balancePgdat') seen.freeable = false;
      if (step.kind === 'work' && step.at === 'shrink' && runOf(step.before).maySwap) {
        const { system, node } = step.before;
        const { reclaimIdx } = runOf(step.before);
        const found = node.zones.filter(
          (zone, z) => z <= reclaimIdx && (step.input.reclaimed?.[z] ?? 0) > 0 && reclaimable(system, zone) > 0,
        );
        if (found.length === 0) return undefined;
        seen.freeable = true;
        see('pages to free');
        if (found.every(({ lru }) => lru.activeFile + lru.inactiveFile === 0)) see('anonymous pages only');
      }
      if (step.at !== 'countFailure' || step.after.node.kswapd.failures <= step.before.node.kswapd.failures)
        return undefined;
      see('one more in vain');
      if (seen.freeable) return { clause: 'a run is counted as fruitless that came upon pages to free' };
      return undefined;
    },
  },
});

const balanceRevives = questionProperty({
  id: 'only-balance-brings-a-node-back',
  family: 'liveness',
  title: 'Only balance brings a hopeless node back',
  statement:
    'A page that is reclaimed of a hopeless node, by whomever, leaves it hopeless as long as no zone that was ' +
    'reclaimed from up to is balanced for order 0.',
  sources: ['v4.19 mm/vmscan.c shrink_node'],
  verdicts: everyLater(
    knownToFail(
      'Any page starts the count of fruitless runs over. Tasks that reclaim a page now and then, for the limit of ' +
        'their control group, keep kswapd at work on a node that never comes into balance.',
      'dc9fe9b7056a',
    ),
  ),
  mustSee: { 'a page of a node out of balance': 0.05 },
  check: ({ kernel: k, system, node, zone, args }, see) => {
    if (reclaimable(system, zone) === 0) return undefined;
    const given = { ...node, kswapd: { ...node.kswapd, failures: 16 } };
    const wanted = node.zones.map((_zone, i) => (i === args.zone ? 1 : 0));
    const { node: after } = k.shrinkNode(k, system, given, args.zone, true, 1, wanted);
    if (anyZoneInBalance(system, after, 0, args.zone)) return undefined;
    see('a page of a node out of balance');
    const { failures } = after.kswapd;
    return failures === 16 ? undefined : { clause: `the node is out of balance, and ${failures} failures are counted` };
  },
});

/** What kswapd owes to what it gives up: an order, a node. */
export const givingUpProperties: readonly Property[] = [givenUpIsCompacted, freeableIsNoFailure, balanceRevives];
