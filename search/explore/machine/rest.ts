import type { AnyScope } from '../../../kernel/schema/wholeScope.ts';
import {
  MAX_RECLAIM_RETRIES,
  NO_BALANCE,
  NO_NODE_BALANCE,
  type Kernel,
  type Machine,
  type Node,
  type NodeBalance,
  type Thread,
  type Zone,
} from '../../../model/index.ts';
import { listsGrowIn, mostScannedIn, type MostScanned } from './scanned.ts';

/** How far what is counted is told apart in a scope. */
export interface Traces {
  readonly mostScanned: MostScanned;
  /** Whether pages come to the lists, so that a run may reclaim without end. */
  readonly listsGrow: boolean;
}

/** How far states are told apart that a kernel comes to in a scope. */
export const tracesIn = (kernel: Kernel, scope: AnyScope): Traces => ({
  mostScanned: mostScannedIn(kernel, scope),
  listsGrow: listsGrowIn(scope),
});

/**
 * The machine without what makes no difference any more, so that states are told apart only by what may still show:
 * what a balancing run leaves behind until the next one begins, what was left of a short sleep after the check that
 * followed it, and pages scanned, or runs in vain, beyond what any rule asks for.
 */
export function withoutTraces(m: Machine, traces: Traces): Machine {
  const thread = restedThread(m.thread, traces);
  const node = cappedNode(m.node, traces);
  return thread === m.thread && node === m.node ? m : { system: m.system, node, thread, waits: m.waits };
}

function restedThread(t: Thread, { listsGrow }: Traces): Thread {
  const resting = t.at === 'sleep' || t.at === 'shortSleep' || t.at === 'stopped';
  const balance = resting ? NO_BALANCE : t.balance;
  const nodeBalance = resting ? NO_NODE_BALANCE : listsGrow ? restedRun(t.nodeBalance) : t.nodeBalance;
  if (balance === t.balance && nodeBalance === t.nodeBalance && t.remaining === 0) return t;
  return {
    at: t.at,
    order: t.order,
    newOrder: t.newOrder,
    balancedOrder: t.balancedOrder,
    classzoneIdx: t.classzoneIdx,
    newClasszoneIdx: t.newClasszoneIdx,
    balancedClasszoneIdx: t.balancedClasszoneIdx,
    remaining: 0,
    balance,
    nodeBalance,
  };
}

/** A run in which pages were reclaimed beyond what any rule asks for; what its last round reclaimed is kept. */
function restedRun(run: NodeBalance): NodeBalance {
  const { order, nrReclaimed, nrReclaimedBefore } = run;
  // Twice the size of an order is the most that is asked for.
  const most = 2 << order;
  if (nrReclaimedBefore <= most) return run;
  return { ...run, nrReclaimed: nrReclaimed - nrReclaimedBefore + most, nrReclaimedBefore: most };
}

function cappedNode(node: Node, { mostScanned }: Traces): Node {
  const { order, zoneIdx, failures } = node.kswapd;
  const tooMany = failures > MAX_RECLAIM_RETRIES;
  if (!tooMany && !node.zones.some((zone) => zone.pagesScanned > 0 && zone.pagesScanned > mostScanned(zone)))
    return node;
  return {
    id: node.id,
    zones: node.zones.map((zone) => capped(zone, mostScanned(zone))),
    kswapd: tooMany ? { order, zoneIdx, failures: MAX_RECLAIM_RETRIES } : node.kswapd,
    dirtyOk: node.dirtyOk,
  };
}

const capped = (zone: Zone, most: number): Zone =>
  zone.pagesScanned <= most
    ? zone
    : {
        name: zone.name,
        present: zone.present,
        managed: zone.managed,
        watermark: zone.watermark,
        lowmemReserve: zone.lowmemReserve,
        freeArea: zone.freeArea,
        vmstatDrift: zone.vmstatDrift,
        percpuDriftMark: zone.percpuDriftMark,
        lru: zone.lru,
        pagesScanned: most,
        flags: zone.flags,
        boost: zone.boost,
        reservedHighatomic: zone.reservedHighatomic,
        alloc: zone.alloc,
      };
