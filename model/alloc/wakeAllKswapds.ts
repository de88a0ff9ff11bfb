import type { Kernel } from '../kernel.ts';
import type { TraceRecord } from '../record.ts';
import { machineOf, withMachine, type Memory, type ZoneRef } from '../state/memory.ts';
import type { Gfp } from './gfp.ts';
import { eligibleZones, type Nodemask } from './zonelistWalk.ts';

/** Where a request looks for memory, and for what. */
export interface ZonelistRequest {
  readonly zonelist: readonly ZoneRef[];
  readonly highZoneidx: number;
  readonly nodemask: Nodemask;
  /** The first zone of the list that the request may use. */
  readonly preferred: ZoneRef | undefined;
  readonly order: number;
  readonly gfp: Gfp;
}

/** kswapd of a node was asked, whether it heard or not; or it left a record of its own. */
export type WakeRecord =
  | {
      readonly ev: 'wakeup_kswapd';
      readonly node: number;
      readonly zone: number;
      readonly order: number;
      readonly zoneIdx: number;
    }
  | (TraceRecord & { readonly node: number });

/** What the walk over the zonelist left behind. */
export interface Woken {
  readonly memory: Memory;
  readonly records: readonly WakeRecord[];
}

/**
 * The kswapd of every zone that the request may use is asked, once for each of the zones, in the zonelist's order. The
 * request's zone index is that of its preferred zone, in all nodes.
 * @kernel v4.0 mm/page_alloc.c wake_all_kswapds
 */
export function wakeAllKswapds(k: Kernel, memory: Memory, request: ZonelistRequest): Woken {
  const { zonelist, highZoneidx, nodemask, preferred } = request;
  const zones = eligibleZones(zonelist, highZoneidx, nodemask);
  return wakeKswapdOf(k, memory, zones, request.order, preferred === undefined ? highZoneidx : preferred[1], true);
}

/** Asks the kswapds of some zones, one after the other. */
export function wakeKswapdOf(
  k: Kernel,
  before: Memory,
  zones: readonly ZoneRef[],
  order: number,
  zoneIdx: number,
  directReclaim: boolean,
): Woken {
  let memory = before;
  const records: WakeRecord[] = [];
  for (const [node, zone] of zones) {
    records.push({ ev: 'wakeup_kswapd', node, zone, order, zoneIdx });
    const woken = k.wakeupKswapd(k, machineOf(memory, node), zone, order, zoneIdx, directReclaim);
    memory = withMachine(memory, node, woken.machine);
    for (const record of woken.records) records.push({ ...record, node });
  }
  return { memory, records };
}
