import {
  describeGfp,
  hasRule,
  LAYOUTS,
  zonelistAt,
  type AllocRequest,
  type AllocStep,
  type Kernel,
  type Memory,
  type Node,
  type System,
  type Zone,
  type ZoneRef,
} from '../../model/index.ts';
import { allowedZone } from '../direct/walks.ts';
import { zoneInBalance } from './balance.ts';
import { anyZoneInBalance, isHopeless, managedUpTo } from './node.ts';

/** Whether a kernel balances nodes as a whole, as they do from v4.8 on; whether it boosts marks, from v5.0 on. */
export const isLater = (k: Kernel): boolean => hasRule(k, 'shrinkNode');
const isBoosting = (k: Kernel): boolean => hasRule(k, 'pgdatWatermarkBoosted');

/** The highest zone index that a mask allows, told from the zones' names. */
export function allowedIndex({ numa }: Memory, gfp: number): number {
  const names: readonly string[] = LAYOUTS[numa.layout];
  return Math.max(0, names.indexOf(allowedZone(names, describeGfp(gfp), false)));
}

/** The zones of one node that a request may use, as things are. */
export function usableZones(memory: Memory, node: number, { gfp, nodemask }: AllocRequest): readonly ZoneRef[] {
  if (nodemask !== null && !nodemask.includes(node)) return [];
  const highest = allowedIndex(memory, gfp);
  const { zones } = memory.pgdats[node]!.node;
  return zones.flatMap(({ managed }, i): readonly ZoneRef[] => (managed > 0 && i <= highest ? [[node, i]] : []));
}

/** The zones that a request may use now, in the zonelist's order. */
export function zonesToUse({ memory, task }: AllocStep['before']): readonly ZoneRef[] {
  const { nodemask, zonelist } = task.context;
  const highest = allowedIndex(memory, task.request.gfp);
  return zonelistAt(memory, zonelist).filter(([node, zone]) => zone <= highest && (nodemask?.includes(node) ?? true));
}

/** Free pages as the cheap counter shows them. */
export const shownFree = ({ freeArea, vmstatDrift }: Zone): number => Math.max(0, freeArea.pages + vmstatDrift);

/**
 * Whether a kswapd that waits shall be woken for an order: in v4.0 for the zone that it is asked through, if that is
 * out of balance; later for the node, if no zone up to the index serves the order or one is boosted, and there is hope.
 */
export function needsKswapd(
  k: Kernel,
  system: System,
  node: Node,
  zone: number,
  order: number,
  index: number,
): boolean {
  if (!isLater(k)) return !zoneInBalance(system, node.zones[zone]!, order, 0);
  if (isHopeless(node)) return false;
  const boosted = isBoosting(k) && managedUpTo(node, index).some(({ boost }) => boost > 0);
  return boosted || !anyZoneInBalance(system, node, order, index);
}
