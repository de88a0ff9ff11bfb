import { ALLOC_HARDER, ALLOC_NO_WATERMARKS, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import { takeBlockFrom, takeOneBlock, type MigrateType } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt, type Memory, type ZoneRef } from '../../state/memory.ts';
import { withFreeArea, type Zone } from '../../state/zone.ts';
import { allocAt, withPage } from '../changes.ts';
import { allocTraced, type AllocTransition } from '../program.ts';
import { failTake, type Rmqueue } from '../rmqueue.ts';
import { zonerefAtHand, type AllocTask } from '../task.ts';

/**
 * Takes a block of what is set aside for atomic requests of high order, if this is one; undefined if it is not, or if
 * there is none.
 * @kernel v4.19 mm/page_alloc.c rmqueue
 */
export function takeHighatomic(zone: Zone, order: number, allocFlags: AllocFlags): Rmqueue | undefined {
  if (order === 0 || (allocFlags & ALLOC_HARDER) === 0) return undefined;
  const taken = takeBlockFrom(zone.freeArea, order, 'highatomic');
  return taken === undefined ? undefined : { ok: true, zone: withFreeArea(zone, taken.area), from: taken.from };
}

/** Takes a block from any list. */
export function takeAny(zone: Zone, order: number): Rmqueue {
  const failed = failTake(zone);
  if (failed !== undefined) return { ok: false, zone: failed };
  const taken = takeOneBlock(zone.freeArea, order);
  return taken === undefined
    ? { ok: false, zone }
    : { ok: true, zone: withFreeArea(zone, taken.area), from: taken.from };
}

/**
 * Takes one block from the zone. A high order that digs harder looks first at what is set aside for its kind.
 * @kernel v4.19 mm/page_alloc.c rmqueue
 * @abstracts per-cpu lists, which hold nothing, and the migrate type, whose lists all serve each other.
 */
export function rmqueue(
  _k: Kernel,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  _migratetype: MigrateType,
): Rmqueue {
  return takeHighatomic(zone, order, allocFlags) ?? takeAny(zone, order);
}

/** The memory once a high order that dug harder has set aside the page block that its block comes from. */
export function withReserve(
  k: Kernel,
  memory: Memory,
  { request, attempt }: AllocTask,
  at: ZoneRef,
  { from }: Rmqueue,
): Memory {
  if (request.order === 0 || (attempt.allocFlags & ALLOC_HARDER) === 0 || from === undefined) return memory;
  return withZoneAt(memory, at, k.reserveHighatomicPageblock(k, memory.system, zoneAt(memory, at), from));
}

/** The task with its page, which says if the marks were ignored for it. */
export const withPageOf = (task: AllocTask, [node, zone]: ZoneRef): AllocTask =>
  withPage(task, { node, zone, pfmemalloc: (task.attempt.allocFlags & ALLOC_NO_WATERMARKS) !== 0 });

/**
 * A block is taken from the zone; if there is none after all, the walk goes on.
 * @kernel v4.19 mm/page_alloc.c get_page_from_freelist
 */
export const rmqueueStep: AllocTransition = {
  to: ['nextZone', 'done'],
  does: 'Takes a block from the zone.',
  step: (k, memory, task) => {
    const at = zonerefAtHand(memory, task);
    const { allocFlags } = task.attempt;
    const taken = k.rmqueue(k, zoneAt(memory, at), task.request.order, allocFlags, task.context.migratetype);
    const after = withReserve(k, withZoneAt(memory, at, taken.zone), task, at, taken);
    const { ok } = taken;
    const next = ok ? withPageOf(task, at) : allocAt(task, 'nextZone');
    return allocTraced(after, next, { ev: 'rmqueue', node: at[0], zone: at[1], ok });
  },
};
