import { ALLOC_FAIR, describeAllocFlags, wmarkOf } from '../allocFlags.ts';
import { withZoneAt, zoneAt, type Memory, type ZoneRef } from '../state/memory.ts';
import { ZONE_FAIR_DEPLETED } from '../state/zone.ts';
import { allocAt, withAttempt } from './changes.ts';
import { allocSilent, allocTraced, type AllocTransition } from './program.ts';
import { zonelistAt, zonerefAtHand } from './task.ts';
import { nextZonesZonelist } from './zonelistWalk.ts';

/**
 * An attempt begins: a walk over the zonelist, at one of the marks.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const getPageFromFreelist: AllocTransition = {
  to: ['zonelistScan'],
  does: 'Begins an attempt to take pages from the zones of the zonelist.',
  step: (_k, memory, task) => {
    const { allocFlags } = task.attempt;
    return allocTraced(memory, allocAt(task, 'zonelistScan'), {
      ev: 'attempt',
      wmark: wmarkOf(allocFlags),
      allocFlags: describeAllocFlags(allocFlags),
      preferred: task.context.preferred,
    });
  },
};

/**
 * A pass over the zonelist begins at its head.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const zonelistScan: AllocTransition = {
  to: ['nextZone'],
  does: 'Begins a pass at the head of the zonelist.',
  step: (_k, memory, task) => allocSilent(memory, withAttempt(task, 'nextZone', { position: -1 })),
};

/**
 * The walk comes to the next zone that the request may use: not above its highest index, in a node of its mask.
 * @kernel v4.0 include/linux/mmzone.h for_each_zone_zonelist_nodemask
 */
export const nextZone: AllocTransition = {
  to: ['checkZlc', 'endOfScan'],
  does: 'Goes on to the next zone of the zonelist that the request may use.',
  step: (_k, memory, task) => {
    const { context, attempt } = task;
    const zonelist = zonelistAt(memory, context.zonelist);
    const position = nextZonesZonelist(zonelist, attempt.position + 1, context.highZoneidx, context.nodemask);
    return allocSilent(memory, withAttempt(task, position < zonelist.length ? 'checkZlc' : 'endOfScan', { position }));
  },
};

/**
 * Once the zonelist cache is in use, zones that were full lately are passed over.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 * @abstracts cpusets: every zone is allowed.
 */
export const checkZlc: AllocTransition = {
  to: ['checkFair', 'nextZone'],
  does: 'Passes over a zone that was full lately.',
  step: (k, memory, task) => {
    const { context, attempt } = task;
    if (!attempt.zlcActive || k.zlcZoneWorthTrying(k, memory, context.zonelist, attempt.position)) {
      return allocSilent(memory, allocAt(task, 'checkFair'));
    }
    const [node, zone] = zonerefAtHand(memory, task);
    return allocTraced(memory, allocAt(task, 'nextZone'), { ev: 'zlc_skip', node, zone });
  },
};

/**
 * As long as the attempt is fair, it stays in the local node, and passes over zones whose share is used up: so that
 * pages grow old at the same pace in all of the node's zones.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const checkFair: AllocTransition = {
  to: ['checkDirty', 'nextZone', 'endOfScan'],
  does: 'In a fair attempt, stays in the local node and passes over zones whose share is used up.',
  step: (_k, memory, task) => {
    const { context, attempt } = task;
    if ((attempt.allocFlags & ALLOC_FAIR) === 0) return allocSilent(memory, allocAt(task, 'checkDirty'));
    const [node, zone] = zonerefAtHand(memory, task);
    if (node !== context.preferred?.[0]) return allocSilent(memory, allocAt(task, 'endOfScan'));
    if ((zoneAt(memory, [node, zone]).flags & ZONE_FAIR_DEPLETED) === 0) {
      return allocSilent(memory, allocAt(task, 'checkDirty'));
    }
    const passed = withAttempt(task, 'nextZone', { nrFairSkipped: attempt.nrFairSkipped + 1 });
    return allocTraced(memory, passed, { ev: 'fair_skip', node, zone });
  },
};

/** The memory with fresh shares for all zones up to the preferred one. */
function withFreshBatches(
  memory: Memory,
  [node, last]: ZoneRef,
  reset: (zone: ReturnType<typeof zoneAt>) => ReturnType<typeof zoneAt>,
): Memory {
  let now = memory;
  for (let zone = 0; zone <= last; zone++) now = withZoneAt(now, [node, zone], reset(zoneAt(now, [node, zone])));
  return now;
}

/**
 * The pass found nothing. A fair attempt goes on without fairness, over all nodes: with fresh shares if zones were
 * passed over for theirs. An attempt that used the zonelist cache goes on without it. Else it failed.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export const endOfScan: AllocTransition = {
  to: [
    'zonelistScan',
    'allocPagesSlowpath',
    'checkReserves',
    'reservesFailed',
    'judgeCompaction',
    'drainPages',
    'considerRetry',
    'considerOom',
    'nopage',
    'done',
  ],
  does: 'Begins another pass without fairness or without the zonelist cache, or gives the attempt up.',
  step: (k, memory, task) => {
    const { attempt, context } = task;
    const { preferred } = context;
    const fair = (attempt.allocFlags & ALLOC_FAIR) !== 0;
    const reset = fair && attempt.nrFairSkipped > 0 && preferred !== null;
    const rescan = reset || (fair && memory.pgdats.length > 1) || attempt.zlcActive;
    const allocFlags = attempt.allocFlags & ~ALLOC_FAIR;
    const after = withAttempt(task, rescan ? 'zonelistScan' : attempt.failed, { allocFlags, zlcActive: false });
    if (!reset) return allocSilent(memory, after);
    const dealt = withFreshBatches(memory, preferred, (zone) => k.resetAllocBatch(k, zone));
    return allocTraced(dealt, after, { ev: 'reset_batches', node: preferred[0], zone: preferred[1] });
  },
};
