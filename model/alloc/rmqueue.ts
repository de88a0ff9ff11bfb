import type { AllocFlags } from '../allocFlags.ts';
import type { Kernel } from '../kernel.ts';
import type { MigrateType } from '../state/freeArea.ts';
import { takeBlocks } from '../state/freeArea.ts';
import { withAllocated, ZONE_FAIR_DEPLETED, type Zone, type ZoneAlloc } from '../state/zone.ts';

/** A zone after a block was taken from it, or could not be. */
export interface Rmqueue {
  readonly ok: boolean;
  readonly zone: Zone;
  /** The list that the block came from; from v4.4 on. */
  readonly from?: MigrateType;
}

const withBatch = (alloc: ZoneAlloc, batch: number): ZoneAlloc => ({
  batch,
  dirtyOk: alloc.dirtyOk,
  writePending: alloc.writePending,
  rmqueueFails: alloc.rmqueueFails,
  nofragmentFails: alloc.nofragmentFails,
});

const withFails = (alloc: ZoneAlloc, rmqueueFails: number): ZoneAlloc => ({
  batch: alloc.batch,
  dirtyOk: alloc.dirtyOk,
  writePending: alloc.writePending,
  rmqueueFails,
  nofragmentFails: alloc.nofragmentFails,
});

/** The zone after a take that failed although a block may have been free; undefined if none is to fail. */
export function failTake(zone: Zone): Zone | undefined {
  const { freeArea, flags, reservedHighatomic, alloc } = zone;
  if (alloc.rmqueueFails === 0) return undefined;
  return withAllocated(zone, freeArea, flags, reservedHighatomic, withFails(alloc, alloc.rmqueueFails - 1));
}

/**
 * Takes one block from the zone and counts it against the zone's share of the local node's fresh pages. A share that
 * is used up marks the zone as depleted.
 * @kernel v4.0 mm/page_alloc.c buffered_rmqueue
 * @abstracts per-cpu lists, which hold nothing, and the migrate type, whose lists all serve each other.
 */
export function rmqueue(
  _k: Kernel,
  zone: Zone,
  order: number,
  _allocFlags: AllocFlags,
  _migratetype: MigrateType,
): Rmqueue {
  const failed = failTake(zone);
  if (failed !== undefined) return { ok: false, zone: failed };
  const { area, blocks } = takeBlocks(zone.freeArea, order, 1);
  if (blocks === 0) return { ok: false, zone };
  const batch = zone.alloc.batch - (1 << order);
  const flags = batch <= 0 ? zone.flags | ZONE_FAIR_DEPLETED : zone.flags;
  return { ok: true, zone: withAllocated(zone, area, flags, zone.reservedHighatomic, withBatch(zone.alloc, batch)) };
}

/**
 * A zone's share of the local node's fresh pages is dealt out anew: the distance of its high mark from its low one.
 * @kernel v4.0 mm/page_alloc.c reset_alloc_batches
 */
export function resetAllocBatch(k: Kernel, zone: Zone): Zone {
  const batch = k.highWmarkPages(k, zone) - k.lowWmarkPages(k, zone);
  const { freeArea, flags, reservedHighatomic, alloc } = zone;
  return withAllocated(zone, freeArea, flags & ~ZONE_FAIR_DEPLETED, reservedHighatomic, withBatch(alloc, batch));
}
