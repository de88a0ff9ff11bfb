import type { ZoneRef } from '../state/memory.ts';

/** Positions of the nodes that a request may use; null: all. */
export type Nodemask = readonly number[] | null;

/**
 * The first position of a zonelist, from `from` on, whose zone a request may use: not above its highest zone index, in
 * a node of its mask. Past the list's end: the list's length.
 * @kernel v4.0 mm/mmzone.c next_zones_zonelist
 */
export function nextZonesZonelist(
  zonelist: readonly ZoneRef[],
  from: number,
  highZoneidx: number,
  nodemask: Nodemask,
): number {
  for (let position = from; position < zonelist.length; position++) {
    const [node, zone] = zonelist[position]!;
    if (zone <= highZoneidx && (nodemask === null || nodemask.includes(node))) return position;
  }
  return zonelist.length;
}

/**
 * The zone that a request prefers: the first that it may use, if there is one.
 * @kernel v4.0 include/linux/mmzone.h first_zones_zonelist
 */
export const firstZonesZonelist = (
  zonelist: readonly ZoneRef[],
  highZoneidx: number,
  nodemask: Nodemask,
): ZoneRef | undefined => zonelist[nextZonesZonelist(zonelist, 0, highZoneidx, nodemask)];

/**
 * All zones that a request may use, in order.
 * @kernel v4.0 include/linux/mmzone.h for_each_zone_zonelist_nodemask
 */
export const eligibleZones = (
  zonelist: readonly ZoneRef[],
  highZoneidx: number,
  nodemask: Nodemask,
): readonly ZoneRef[] =>
  zonelist.filter(([node, zone]) => zone <= highZoneidx && (nodemask === null || nodemask.includes(node)));
