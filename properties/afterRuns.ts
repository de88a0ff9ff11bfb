import { ZONE_CONGESTED, ZONE_DIRTY, type Step, type Zone } from '../model/index.ts';
import { trustedFreePages } from './independent/watermark.ts';
import { EVERY_KERNEL, HOLDS, stepProperty, watchProperty, type Property } from './property.ts';

/** What a run that ended was found in balance for. */
interface Found {
  readonly order: number;
  /** The highest zone that was looked at; undefined: all were, each by itself. */
  readonly zoneIdx: number | undefined;
}

/** What a step that ends a run finds in balance; undefined if it ends none, or for another reason. */
function foundBy({ at, before, after }: Step): Found | undefined {
  const { balance, nodeBalance, balancedClasszoneIdx, classzoneIdx } = before.thread;
  if (after.thread.at !== 'balanced') return undefined;
  if (at === 'findEndZone') return { order: balance.order, zoneIdx: undefined };
  if (at === 'checkNode') return { order: nodeBalance.order, zoneIdx: classzoneIdx };
  const judged = at === 'nextRound' && after.thread.balance.priority >= 1;
  return judged ? { order: balance.order, zoneIdx: balancedClasszoneIdx } : undefined;
}

/** The same until another run begins, or something else than kswapd acts. */
function foundSince(found: Found | undefined, step: Step): Found | undefined {
  if (step.kind !== 'transition' || step.at === 'balancePgdat') return undefined;
  return foundBy(step) ?? found;
}

const balanceIsSleptOn = watchProperty({
  id: 'what-a-run-calls-balanced-is-slept-on',
  family: 'sleep',
  title: 'What a run calls balanced is slept on',
  statement:
    'When a run ends because it finds the node, or each of its zones, in balance, and kswapd then tries to sleep ' +
    'on the same zone index and the same order, or a lower one, it dozes off: the sleep check finds no fault with ' +
    'a node that balancing leaves alone.',
  sources: [
    'v4.0 mm/vmscan.c prepare_kswapd_sleep',
    'v4.0 mm/vmscan.c balance_pgdat',
    'v4.19 mm/vmscan.c prepare_kswapd_sleep',
  ],
  verdicts: EVERY_KERNEL,
  mustSee: {
    'sleep after balance': 0.1,
    'after a run for a high order': 0.008,
    'with a zone at its high mark or below': 0.02,
  },
  watch: {
    begin: () => ({ found: undefined as Found | undefined }),
    next: (seen, step, see) => {
      seen.found = foundSince(seen.found, step);
      const { waits, thread, node } = step.before;
      if (seen.found === undefined || step.at !== 'kswapdTryToSleep' || waits.freezing || waits.shouldStop)
        return undefined;
      const { balancedOrder: order, balancedClasszoneIdx: zoneIdx } = thread;
      if (order > seen.found.order || (seen.found.zoneIdx !== undefined && seen.found.zoneIdx !== zoneIdx))
        return undefined;
      see('sleep after balance');
      if (seen.found.order > 0) see('after a run for a high order');
      if (node.zones.some((zone) => zone.present > 0 && trustedFreePages(zone) <= zone.watermark.high)) {
        see('with a zone at its high mark or below');
      }
      if (step.after.thread.at === 'shortSleep') return undefined;
      return {
        clause: `a run for order ${order} up to zone ${zoneIdx} ended in balance, and sleep is refused`,
      };
    },
  },
});

/** Above its high mark, for a request of its own. */
const isAboveHigh = (zone: Zone, cma: boolean): boolean =>
  trustedFreePages(zone) - (cma ? zone.freeArea.cmaPages : 0) > zone.watermark.high;

const flagsFollowBalance = stepProperty({
  id: 'congestion-ends-above-the-high-mark',
  family: 'loop',
  title: 'Congestion ends above the high mark',
  statement:
    'A zone that is marked congested, or full of dirty pages, loses the mark only while it has more pages free ' +
    'than its high mark.',
  sources: ['v4.0 mm/vmscan.c kswapd_shrink_zone', 'v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a flag goes': 0.05, 'a flag stays': 0.1 },
  check: ({ step: { before, after, at } }, see) => {
    for (const [i, zone] of before.node.zones.entries()) {
      const flags = zone.flags & (ZONE_CONGESTED | ZONE_DIRTY);
      if (flags === 0) continue;
      if ((flags & ~after.node.zones[i]!.flags) === 0) {
        see('a flag stays');
        continue;
      }
      see('a flag goes');
      if (isAboveHigh(zone, before.system.cma)) continue;
      const free = trustedFreePages(zone);
      return {
        clause: `${zone.name} is no longer congested at ${at}, with ${free} pages free of ${zone.watermark.high}`,
      };
    }
    return undefined;
  },
});

/** What a balancing run leaves behind. */
export const afterRunProperties: readonly Property[] = [balanceIsSleptOn, flagsFollowBalance];
