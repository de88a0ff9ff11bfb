import { ALLOC_CMA, ALLOC_NOFRAGMENT, type AllocFlags } from '../../allocFlags.ts';
import type { Kernel } from '../../kernel.ts';
import type { MigrateType } from '../../state/freeArea.ts';
import { withZoneAt, zoneAt, type Memory, type ZoneRef } from '../../state/memory.ts';
import { clearFlags, ZONE_BOOSTED_WATERMARK, type Zone } from '../../state/zone.ts';
import { allocAt } from '../changes.ts';
import type { AllocTransition } from '../program.ts';
import type { Rmqueue } from '../rmqueue.ts';
import { zonerefAtHand, type AllocTask } from '../task.ts';
import { takeAny, takeHighatomic, withPageOf, withReserve } from '../v4_19/rmqueue.ts';
import { wakeKswapdOf, type WakeRecord, type Woken } from '../wakeAllKswapds.ts';

/**
 * Takes one block from the zone; a request that shuns mixing kinds of pages may find none.
 * @kernel v5.9 mm/page_alloc.c rmqueue, __rmqueue_fallback
 * @abstracts which blocks would mix kinds of pages: the zone says whether all of them would.
 */
export function rmqueue(
  _k: Kernel,
  zone: Zone,
  order: number,
  allocFlags: AllocFlags,
  _migratetype: MigrateType,
): Rmqueue {
  const highatomic = takeHighatomic(zone, order, allocFlags);
  if (highatomic !== undefined) return highatomic;
  if (zone.alloc.nofragmentFails && (allocFlags & ALLOC_NOFRAGMENT) !== 0) return { ok: false, zone };
  return takeAny(zone, order);
}

/** A single page comes from a processor's list, unless that may hold CMA pages that the request must not have. */
const fromPcplist = (memory: Memory, { request, attempt, context }: AllocTask): boolean =>
  request.order === 0 &&
  (!memory.system.cma || (attempt.allocFlags & ALLOC_CMA) !== 0 || context.migratetype !== 'movable');

const UNTOLD: readonly WakeRecord[] = [];

/** kswapd is told of a zone whose marks were raised, and as of a caller that cannot wait. */
function tellOfBoost(k: Kernel, memory: Memory, at: ZoneRef): Woken {
  const zone = zoneAt(memory, at);
  if ((zone.flags & ZONE_BOOSTED_WATERMARK) === 0) return { memory, records: UNTOLD };
  const told = withZoneAt(memory, at, clearFlags(zone, ZONE_BOOSTED_WATERMARK));
  return wakeKswapdOf(k, told, [at], 0, at[1], false);
}

/**
 * A block is taken from the zone; if there is none after all, the walk goes on. kswapd is told of a zone whose marks
 * were raised, even by a single page that was not there; not by a larger block that was not. Only then is a page block
 * set aside.
 * @kernel v5.9 mm/page_alloc.c get_page_from_freelist, rmqueue
 */
export const rmqueueStep: AllocTransition = {
  to: ['nextZone', 'done'],
  does: 'Takes a block from the zone, and tells kswapd if its marks were raised.',
  step: (k, before, task) => {
    const at = zonerefAtHand(before, task);
    const { allocFlags } = task.attempt;
    const taken = k.rmqueue(k, zoneAt(before, at), task.request.order, allocFlags, task.context.migratetype);
    const { ok } = taken;
    const taking = withZoneAt(before, at, taken.zone);
    const tells = ok || fromPcplist(before, task);
    const { memory, records } = tells ? tellOfBoost(k, taking, at) : { memory: taking, records: UNTOLD };
    const next = ok ? withPageOf(task, at) : allocAt(task, 'nextZone');
    return {
      memory: withReserve(k, memory, task, at, taken),
      task: next,
      records: [...records, { ev: 'rmqueue', node: at[0], zone: at[1], ok }],
    };
  },
};
