import { makeMachine, type Kernel, type Machine } from '../../model/index.ts';
import type { LaterPredicateArgs, LaterPredicateName } from './laterArgs.ts';
import { withWaiting, zoneOf } from './asked.ts';
import { answerBalanceNode, answerKswapdShrinkNode, answerNodeTryToSleep } from './laterProcedures.ts';

type Answerers = {
  readonly [F in LaterPredicateName]: (k: Kernel, m: Machine, args: LaterPredicateArgs<F>) => unknown;
};

/** How each function of the vectors is asked of a kernel that balances nodes. */
const answerers: Answerers = {
  __zone_watermark_ok: (k, m, a) =>
    k.__zoneWatermarkOk(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, a.allocFlags, a.freePages),
  zone_watermark_ok: (k, m, a) =>
    k.zoneWatermarkOk(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, a.allocFlags),
  zone_watermark_ok_safe: (k, m, a) => k.zoneWatermarkOkSafe(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, 0),
  zone_reclaimable_pages: (k, m, a) => k.zoneReclaimablePages(k, m.system, zoneOf(m, a)),
  fill_contig_page_info: (k, m, a) => k.fillContigPageInfo(k, zoneOf(m, a), a.order),
  __fragmentation_index: (k, _m, { order, ...info }) => k.__fragmentationIndex(k, order, info),
  fragmentation_index: (k, m, a) => k.fragmentationIndex(k, zoneOf(m, a), a.order),
  __compaction_suitable: (k, m, a) =>
    k.__compactionSuitable(k, m.system, zoneOf(m, a), a.order, a.allocFlags, a.zoneIdx, a.wmarkTarget),
  compaction_suitable: (k, m, a) => k.compactionSuitable(k, m.system, zoneOf(m, a), a.order, a.allocFlags, a.zoneIdx),
  compaction_ready: (k, m, a) => k.compactionReady(k, m.system, zoneOf(m, a), a.order, a.reclaimIdx),
  pgdat_balanced: (k, m, a) => k.pgdatBalanced(k, m.system, m.node, a.order, a.zoneIdx),
  pgdat_watermark_boosted: (k, m, a) => k.pgdatWatermarkBoosted(k, m.node, a.zoneIdx),
  kswapd_classzone_idx: (k, m, a) => k.kswapdClasszoneIdx(k, m.node, a.zoneIdx),
  kswapd_highest_zoneidx: (k, m, a) => k.kswapdHighestZoneidx(k, m.node, a.zoneIdx),
  allow_direct_reclaim: (k, m, a) => {
    const { ok, machine } = k.allowDirectReclaim(k, withWaiting(m, a.kswapdWaiting));
    return { ok, woken: machine.waits.woken, zoneIdx: machine.node.kswapd.zoneIdx };
  },
  prepare_kswapd_sleep: (k, m, a) => {
    const waiting = { ...m, waits: { ...m.waits, throttled: a.throttled ? 1 : 0 } };
    const { sleep, records } = k.prepareKswapdSleep(k, waiting, a.order, 0, a.zoneIdx);
    return { sleep, pfmemallocWake: records.length > 0 };
  },
  wakeup_kswapd: (k, m, a) => {
    const waiting = withWaiting(m, a.kswapdWaiting);
    const { machine, records } = k.wakeupKswapd(k, waiting, a.zone, a.order, a.zoneIdx, a.directReclaim);
    const { order, zoneIdx } = machine.node.kswapd;
    return { woken: machine.waits.woken, order, zoneIdx, trace: records };
  },
  kswapd_shrink_node: answerKswapdShrinkNode,
  balance_pgdat: answerBalanceNode,
  kswapd_try_to_sleep: answerNodeTryToSleep,
};

/** What a kernel that balances nodes answers when one of its functions is asked about a node. */
export function answerLaterPredicate<F extends LaterPredicateName>(
  k: Kernel,
  fn: F,
  { system, node }: Pick<Machine, 'system' | 'node'>,
  args: LaterPredicateArgs<F>,
): unknown {
  return answerers[fn](k, makeMachine(k, system, node), args);
}
