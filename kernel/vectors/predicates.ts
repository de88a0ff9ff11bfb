import { makeMachine, type Kernel, type Machine } from '../../model/index.ts';
import type { PredicateArgs, PredicateName } from './args.ts';
import { withWaiting, zoneOf } from './asked.ts';
import { answerBalancePgdat, answerKswapdShrinkZone, answerKswapdTryToSleep } from './procedures.ts';

type Answerers = { readonly [F in PredicateName]: (k: Kernel, m: Machine, args: PredicateArgs<F>) => unknown };

/** How each function of the vectors is asked of the model. */
const answerers: Answerers = {
  __zone_watermark_ok: (k, m, a) =>
    k.__zoneWatermarkOk(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, a.allocFlags, a.freePages),
  zone_watermark_ok: (k, m, a) =>
    k.zoneWatermarkOk(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, a.allocFlags),
  zone_watermark_ok_safe: (k, m, a) =>
    k.zoneWatermarkOkSafe(k, m.system, zoneOf(m, a), a.order, a.mark, a.zoneIdx, a.allocFlags),
  zone_reclaimable_pages: (k, m, a) => k.zoneReclaimablePages(k, m.system, zoneOf(m, a)),
  zone_reclaimable: (k, m, a) => k.zoneReclaimable(k, m.system, zoneOf(m, a)),
  fill_contig_page_info: (k, m, a) => k.fillContigPageInfo(k, zoneOf(m, a), a.order),
  __fragmentation_index: (k, _m, { order, ...info }) => k.__fragmentationIndex(k, order, info),
  fragmentation_index: (k, m, a) => k.fragmentationIndex(k, zoneOf(m, a), a.order),
  __compaction_suitable: (k, m, a) =>
    k.__compactionSuitable(k, m.system, zoneOf(m, a), a.order, a.allocFlags, a.zoneIdx),
  compaction_suitable: (k, m, a) => k.compactionSuitable(k, m.system, zoneOf(m, a), a.order, a.allocFlags, a.zoneIdx),
  zone_balanced: (k, m, a) => k.zoneBalanced(k, m.system, zoneOf(m, a), a.order, a.balanceGap, a.zoneIdx),
  pgdat_balanced: (k, m, a) => k.pgdatBalanced(k, m.system, m.node, a.order, a.zoneIdx),
  pfmemalloc_watermark_ok: (k, m, a) => {
    const { ok, machine } = k.pfmemallocWatermarkOk(k, withWaiting(m, a.kswapdWaiting));
    return { ok, woken: machine.waits.woken, zoneIdx: machine.node.kswapd.zoneIdx };
  },
  prepare_kswapd_sleep: (k, m, a) => {
    const waiting = { ...m, waits: { ...m.waits, throttled: a.throttled ? 1 : 0 } };
    const { sleep, records } = k.prepareKswapdSleep(k, waiting, a.order, a.remaining, a.zoneIdx);
    return { sleep, pfmemallocWake: records.length > 0 };
  },
  wakeup_kswapd: (k, m, a) => {
    const { machine } = k.wakeupKswapd(k, withWaiting(m, a.kswapdWaiting), a.zone, a.order, a.zoneIdx);
    const { order, zoneIdx } = machine.node.kswapd;
    return { woken: machine.waits.woken, order, zoneIdx };
  },
  kswapd_shrink_zone: answerKswapdShrinkZone,
  balance_pgdat: answerBalancePgdat,
  kswapd_try_to_sleep: answerKswapdTryToSleep,
};

/** What the model answers when one of its functions is asked about a node. */
export function answerPredicate<F extends PredicateName>(
  k: Kernel,
  fn: F,
  { system, node }: Pick<Machine, 'system' | 'node'>,
  args: PredicateArgs<F>,
): unknown {
  return answerers[fn](k, makeMachine(k, system, node), args);
}
