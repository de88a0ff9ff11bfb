import { nrZones, zonePageState, type Kernel, type Node, type System, type Zone } from '../../model/index.ts';
import { balancedClauses, populatedClause, reclaimableClause, type Clause } from './clauses.ts';
import { leastChange, type LeastChange } from './leastChange.ts';

/**
 * What kswapd makes of a zone: it does not count, counts as balanced because it is not worth scanning, is balanced, or
 * is not.
 */
export type ZoneVerdict = 'unpopulated' | 'unreclaimable' | 'balanced' | 'unbalanced';

export interface ZoneAnswer {
  readonly index: number;
  readonly zone: Zone;
  /** The cheap counter of free pages. */
  readonly freePages: number;
  readonly verdict: ZoneVerdict;
  readonly clauses: readonly Clause[];
}

/** The sum for a high order: zones that hold a quarter of the managed pages must count as balanced. In pages. */
export interface Share {
  readonly balancedPages: number;
  readonly managedPages: number;
  readonly needed: number;
  readonly holds: boolean;
}

/** Whether kswapd of a node would sleep, and why. */
export interface NodeAnswer {
  readonly id: number;
  readonly order: number;
  readonly zoneIdx: number;
  readonly sleeps: boolean;
  readonly zones: readonly ZoneAnswer[];
  /** Absent for order 0, where every zone must be balanced. */
  readonly share: Share | undefined;
  readonly change: LeastChange | undefined;
}

/** Asks the kernel's rules whether kswapd would sleep, and takes the answer apart. */
export function explainNode(
  k: Kernel,
  system: System,
  node: Node,
  order: number,
  zoneIdx = nrZones(node) - 1,
): NodeAnswer {
  const zones = node.zones.slice(0, zoneIdx + 1).map((zone, index) => explainZone(k, system, zone, order, index));
  return {
    id: node.id,
    order,
    zoneIdx,
    sleeps: k.pgdatBalanced(k, system, node, order, zoneIdx),
    zones,
    share: order === 0 ? undefined : shareOf(zones),
    change: leastChange(k, system, node, order, zoneIdx),
  };
}

function explainZone(k: Kernel, system: System, zone: Zone, order: number, index: number): ZoneAnswer {
  const populated = populatedClause(zone);
  const rest = [reclaimableClause(k, system, zone), ...balancedClauses(k, system, zone, order, index)];
  return {
    index,
    zone,
    freePages: zonePageState(zone),
    verdict: populated.holds ? verdictOf(k, system, zone, order, index) : 'unpopulated',
    clauses: populated.holds ? [populated, ...rest] : [populated],
  };
}

function verdictOf(k: Kernel, system: System, zone: Zone, order: number, index: number): ZoneVerdict {
  if (!k.zoneReclaimable(k, system, zone)) return 'unreclaimable';
  return k.zoneBalanced(k, system, zone, order, 0, index) ? 'balanced' : 'unbalanced';
}

function shareOf(zones: readonly ZoneAnswer[]): Share {
  let balancedPages = 0;
  let managedPages = 0;
  for (const { zone, verdict } of zones) {
    if (verdict === 'unpopulated') continue;
    managedPages += zone.managed;
    if (verdict !== 'unbalanced') balancedPages += zone.managed;
  }
  const needed = Math.floor(managedPages / 4);
  return { balancedPages, managedPages, needed, holds: balancedPages >= needed };
}
