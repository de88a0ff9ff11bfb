import type { Kernel } from '../kernel.ts';
import { PFMEMALLOC_WAKE, SILENT, type TraceRecord } from '../record.ts';
import type { Machine } from '../state/machine.ts';
import { releaseThrottled } from './pfmemalloc.ts';

/** Whether kswapd may sleep, and what the question itself did. */
export interface SleepAnswer {
  readonly sleep: boolean;
  readonly machine: Machine;
  readonly records: readonly TraceRecord[];
}

/**
 * kswapd may sleep when no one cut its short sleep short (`remaining` jiffies are 0) and the node is balanced for the
 * order and zone index that it last reclaimed at. Before the node is looked at, every throttled task is let go.
 * @kernel v4.0 mm/vmscan.c prepare_kswapd_sleep
 */
export function prepareKswapdSleep(
  k: Kernel,
  m: Machine,
  order: number,
  remaining: number,
  zoneIdx: number,
): SleepAnswer {
  if (remaining !== 0) return { sleep: false, machine: m, records: SILENT };
  const sleep = k.pgdatBalanced(k, m.system, m.node, order, zoneIdx);
  if (m.waits.throttled === 0) return { sleep, machine: m, records: SILENT };
  return { sleep, machine: releaseThrottled(m), records: [PFMEMALLOC_WAKE] };
}
