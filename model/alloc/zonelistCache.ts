import type { Kernel } from '../kernel.ts';
import { withZlc, type Memory, type ZonelistCache } from '../state/memory.ts';
import type { ZonelistName } from './task.ts';

const NOTHING_FULL: readonly number[] = [];

/** The cache of a zonelist; the list of a node alone has none. */
const zlcOf = (memory: Memory, { node, thisNode }: ZonelistName): ZonelistCache | undefined =>
  thisNode ? undefined : memory.zonelists[node]!.zlc;

/**
 * Before the cache is used, it is cleared if that was not done for a second.
 * @kernel v4.0 mm/page_alloc.c zlc_setup
 */
export function zlcSetup(_k: Kernel, memory: Memory, zonelist: ZonelistName): Memory {
  if (zlcOf(memory, zonelist)?.stale !== true) return memory;
  return withZlc(memory, zonelist.node, { full: NOTHING_FULL, stale: false });
}

/**
 * Whether the zone at a position was not found full lately. A list without a cache answers yes.
 * @kernel v4.0 mm/page_alloc.c zlc_zone_worth_trying
 * @abstracts the nodes that the cache allows: all that have memory, and a zonelist holds zones of no others.
 */
export function zlcZoneWorthTrying(_k: Kernel, memory: Memory, zonelist: ZonelistName, position: number): boolean {
  return zlcOf(memory, zonelist)?.full.includes(position) !== true;
}

/**
 * Remembers the zone at a position as full.
 * @kernel v4.0 mm/page_alloc.c zlc_mark_zone_full
 */
export function zlcMarkZoneFull(_k: Kernel, memory: Memory, zonelist: ZonelistName, position: number): Memory {
  const zlc = zlcOf(memory, zonelist);
  if (zlc === undefined || zlc.full.includes(position)) return memory;
  const full = [...zlc.full, position].toSorted((a, b) => a - b);
  return withZlc(memory, zonelist.node, { full, stale: zlc.stale });
}

/**
 * Forgets which zones were full, since reclaim gave back some pages. When that was done last is not noted.
 * @kernel v4.0 mm/page_alloc.c zlc_clear_zones_full
 */
export function zlcClearZonesFull(_k: Kernel, memory: Memory, zonelist: ZonelistName): Memory {
  const zlc = zlcOf(memory, zonelist);
  if (zlc === undefined || zlc.full.length === 0) return memory;
  return withZlc(memory, zonelist.node, { full: NOTHING_FULL, stale: zlc.stale });
}
