import type { Kernel } from '../../kernel.ts';
import { moveBlock, type MigrateType } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt, type Memory } from '../../state/memory.ts';
import type { System } from '../../state/system.ts';
import { withAllocated, type Zone } from '../../state/zone.ts';
import { MAX_ORDER } from '../../units.ts';
import { zonelistAt, type AllocContext } from '../task.ts';
import { eligibleZones } from '../zonelistWalk.ts';

/**
 * The pages of a block whose pages are all kept for one kind of request: 2 MiB.
 * @kernel v4.19 include/linux/pageblock-flags.h pageblock_nr_pages
 */
const PAGEBLOCK_NR_PAGES = 512;

const withReserved = (zone: Zone, reserved: number): Zone =>
  withAllocated(zone, zone.freeArea, zone.flags, reserved, zone.alloc);

/**
 * An atomic request of high order that was served sets its whole page block aside for the next one of its kind, unless
 * it came from such a block or from a CMA one; up to a hundredth of the zone and one block more.
 * @kernel v4.19 mm/page_alloc.c reserve_highatomic_pageblock
 * @abstracts the free pages of that block, which stay on their lists.
 */
export function reserveHighatomicPageblock(_k: Kernel, system: System, zone: Zone, from: MigrateType): Zone {
  const most = Math.trunc(zone.managed / 100) + PAGEBLOCK_NR_PAGES;
  if (zone.reservedHighatomic >= most) return zone;
  if (from === 'highatomic' || (from === 'cma' && system.cma)) return zone;
  return withReserved(zone, zone.reservedHighatomic + PAGEBLOCK_NR_PAGES);
}

/** What came of giving a set-aside block back. */
export interface Unreserved {
  readonly memory: Memory;
  readonly ok: boolean;
}

/**
 * The first zone that the request may use and that has a free block set aside gives it to the request's kind: the
 * smallest one. Each zone keeps its last page block, unless it is forced.
 * @kernel v4.19 mm/page_alloc.c unreserve_highatomic_pageblock
 * @abstracts the other pages of the page block, which stay where they are.
 */
export function unreserveHighatomicPageblock(
  _k: Kernel,
  memory: Memory,
  { zonelist, highZoneidx, nodemask, migratetype }: AllocContext,
  force: boolean,
): Unreserved {
  for (const at of eligibleZones(zonelistAt(memory, zonelist), highZoneidx, nodemask)) {
    const zone = zoneAt(memory, at);
    const { reservedHighatomic: reserved, freeArea } = zone;
    if (!force && reserved <= PAGEBLOCK_NR_PAGES) continue;
    for (let order = 0; order < MAX_ORDER; order++) {
      if (freeArea.lists.highatomic[order] === 0) continue;
      const area = moveBlock(freeArea, 'highatomic', migratetype, order);
      const left = reserved - Math.min(PAGEBLOCK_NR_PAGES, reserved);
      const given = withAllocated(zone, area, zone.flags, left, zone.alloc);
      return { memory: withZoneAt(memory, at, given), ok: true };
    }
  }
  return { memory, ok: false };
}
