import { silent, traced } from '../../outcome.ts';
import { countAttempted, countShrunk, judgeZone } from '../../state/balance.ts';
import { withNodeAndThread, withThread } from '../../state/machine.ts';
import { withZone } from '../../state/node.ts';
import { threadAt, withBalance } from '../../state/thread.ts';
import { clearFlags, isHighmem, ZONE_CONGESTED, ZONE_DIRTY, ZONE_WRITEBACK, type Zone } from '../../state/zone.ts';
import { KSWAPD_ZONE_BALANCE_GAP_RATIO, SWAP_CLUSTER_MAX } from '../../units.ts';
import type { Transition, Yield } from '../transition.ts';

/**
 * How far above its high mark a zone must be to be passed over, in pages: its low mark, or 1 % of what it manages if
 * that is less.
 * @kernel v4.0 mm/vmscan.c kswapd_shrink_zone
 */
export const balanceGap = (zone: Zone): number =>
  Math.min(zone.watermark.low, Math.ceil(zone.managed / KSWAPD_ZONE_BALANCE_GAP_RATIO));

/**
 * A zone is shrunk by its high mark, and by 32 pages at least, unless it is balanced with its gap: then it counts as
 * scanned enough. With compaction at hand a high order is judged as order 0, since reclaim only has to make room for
 * compaction. Buffer heads over their limit press on high memory whatever its balance.
 * @kernel v4.0 mm/vmscan.c kswapd_shrink_zone
 */
export const kswapdShrinkZone: Transition = {
  to: ['shrink', 'nextZone'],
  does: 'Decides whether the zone at hand is shrunk, and by how much.',
  step: (k, m) => {
    const { system, thread } = m;
    const { balance } = thread;
    const zone = m.node.zones[balance.zone]!;
    const compactable =
      system.compaction &&
      balance.order !== 0 &&
      k.compactionSuitable(k, system, zone, balance.order, 0, balance.endZone) !== 'COMPACT_SKIPPED';
    const testorder = compactable ? 0 : balance.order;
    const nrToReclaim = Math.max(SWAP_CLUSTER_MAX, k.highWmarkPages(k, zone));

    const lowmemPressure = system.bufferHeadsOverLimit && isHighmem(zone);
    if (!lowmemPressure && k.zoneBalanced(k, system, zone, testorder, balanceGap(zone), balance.endZone)) {
      const passed = judgeZone(balance, testorder, nrToReclaim, false);
      return silent(withThread(m, withBalance(thread, 'nextZone', passed)));
    }
    const judged = judgeZone(balance, testorder, nrToReclaim, balance.raisePriority);
    return traced(withThread(m, withBalance(thread, 'shrink', judged)), {
      ev: 'shrink',
      zone: balance.zone,
      priority: balance.priority,
      order: balance.order,
      nrToReclaim,
    });
  },
};

/**
 * Reclaim works on the zone; how much it scans and frees is the environment's to say.
 * @kernel v4.0 mm/vmscan.c shrink_zone
 */
export const shrink: Yield = {
  to: ['finishShrink'],
  does: 'Scans the zone and frees what it can, while the rest of the machine goes on.',
  waitsFor: 'reclaim to end',
  work: (k, m, turn) => {
    const { balance } = m.thread;
    const before = m.node.zones[balance.zone]!;
    const wanted = turn.reclaimed?.[balance.zone] ?? 0;
    const { zone, scanned, reclaimed } = k.shrinkZone(k, m.system, before, turn.scanned ?? 0, wanted);
    const thread = withBalance(m.thread, 'shrink', countShrunk(balance, scanned, reclaimed));
    return withNodeAndThread(m, withZone(m.node, balance.zone, zone), thread);
  },
  resume: (_k, m) => withThread(m, threadAt(m.thread, 'finishShrink')),
};

/**
 * The zone is no longer under writeback, and no longer congested or full of dirty pages if it is balanced now.
 * Scanning as many pages as were asked for keeps the priority from rising.
 * @kernel v4.0 mm/vmscan.c kswapd_shrink_zone
 */
export const finishShrink: Transition = {
  to: ['nextZone'],
  does: 'Accounts for what was asked, and clears the zone’s flags as far as it recovered.',
  step: (k, m) => {
    const { system, thread } = m;
    const { balance } = thread;
    const zone = m.node.zones[balance.zone]!;
    const recovered =
      k.zoneReclaimable(k, system, zone) && k.zoneBalanced(k, system, zone, balance.testorder, 0, balance.endZone);
    const cleared = clearFlags(zone, recovered ? ZONE_WRITEBACK | ZONE_CONGESTED | ZONE_DIRTY : ZONE_WRITEBACK);
    const raisePriority = balance.raisePriority && balance.nrScanned < balance.nrToReclaim;
    const next = withBalance(thread, 'nextZone', countAttempted(balance, raisePriority));
    return silent(withNodeAndThread(m, withZone(m.node, balance.zone, cleared), next));
  },
};
