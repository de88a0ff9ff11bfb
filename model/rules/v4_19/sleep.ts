import type { Kernel } from '../../kernel.ts';
import { PFMEMALLOC_WAKE, SILENT } from '../../record.ts';
import type { Machine } from '../../state/machine.ts';
import { MAX_RECLAIM_RETRIES } from '../../units.ts';
import { releaseThrottled } from '../pfmemalloc.ts';
import type { SleepAnswer } from '../sleep.ts';

/**
 * kswapd may sleep when the node is balanced for the order that the last run ended at, or when the node is past hope
 * after 16 runs in vain: direct reclaim has to revive it. Before the node is looked at, every throttled task is let go.
 * What was left of a short sleep is no longer asked here, but by who asks.
 * @kernel v4.19 mm/vmscan.c prepare_kswapd_sleep
 * @abstracts PGDAT_CONGESTED, PGDAT_DIRTY and PGDAT_WRITEBACK, which no decision of kswapd reads.
 */
export function prepareKswapdSleep(
  k: Kernel,
  m: Machine,
  order: number,
  _remaining: number,
  zoneIdx: number,
): SleepAnswer {
  const hopeless = m.node.kswapd.failures >= MAX_RECLAIM_RETRIES;
  const sleep = hopeless || k.pgdatBalanced(k, m.system, m.node, order, zoneIdx);
  if (m.waits.throttled === 0) return { sleep, machine: m, records: SILENT };
  return { sleep, machine: releaseThrottled(m), records: [PFMEMALLOC_WAKE] };
}
