import {
  capturesBlocks,
  givesUpEarly,
  shunsFragmentation,
  tellsOfBoosts,
  tellsVictimsByFlag,
  wakesByFlags,
  workersSleep,
} from '../../alloc/v5_9/allocator.ts';
import { acClasszoneIdx } from '../../alloc/v5_9/classzone.ts';
import { allocFlagsNofragment, currentAllocFlags, gfpToAllocFlags } from '../../alloc/v5_9/gfpToAllocFlags.ts';
import { shouldCompactRetry, shouldReclaimRetry } from '../../alloc/v5_9/retry.ts';
import { rmqueue } from '../../alloc/v5_9/rmqueue.ts';
import { __zoneWatermarkUnusableFree, zoneWatermarkFast } from '../../alloc/v5_9/watermarkFast.ts';
import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in the page allocator, oldest first. */
export const allocatorDifferences: readonly Difference[] = [
  {
    since: 'v4.20',
    why:
      'A worker of a queue sleeps between rounds even if reclaim is not worth another one, so that others ' +
      'may run.',
    rules: { shouldReclaimRetry },
    allocator: workersSleep,
  },
  {
    since: 'v5.0',
    commit: '6bb154504f8b',
    why:
      'A block that holds pages of several kinds can never be compacted whole. The first attempt takes from ' +
      'a lower zone of the node rather than mix kinds.',
    rules: { allocFlagsNofragment, rmqueue },
    allocator: shunsFragmentation,
  },
  {
    since: 'v5.0',
    commit: '0a79cdad5eb2',
    why: 'Whether kswapd may be woken is told to all parts of the allocator by a flag, not by the mask.',
    rules: { gfpToAllocFlags },
    allocator: wakesByFlags,
  },
  {
    since: 'v5.0',
    commit: '73444bc4d8f9',
    why:
      'Waking kswapd under the lock of the boosted zone was not allowed: whoever takes from the zone next ' +
      'tells it.',
    allocator: tellsOfBoosts,
  },
  {
    since: 'v5.1',
    commit: '5e1f0f098b46',
    why: 'What compaction made was often taken by another task. A block of the order is kept for the one that waits.',
    allocator: capturesBlocks,
  },
  {
    since: 'v5.4',
    commit: '494330855641',
    why: 'Compaction that withdrew tries harder the next time; only a lack of free pages is for reclaim to mend.',
    rules: { shouldCompactRetry },
  },
  {
    since: 'v5.4',
    commit: 'b39d0ee2632d',
    why:
      'Reclaim is not likely to make a large block where compaction lacked free pages: such a request fails ' +
      'early.',
    allocator: givesUpEarly,
  },
  {
    since: 'v5.8',
    commit: '97a225e69a1f',
    why: 'Two indices that meant almost the same became one: reserves are kept by the highest zone that would do.',
    rules: { acClasszoneIdx },
  },
  {
    since: 'v5.9',
    commit: 'f27ce0e14088',
    why: 'The fast check no longer grants single pages out of what is set aside for high-order atomic requests.',
    rules: { zoneWatermarkFast, __zoneWatermarkUnusableFree },
  },
  {
    since: 'v5.9',
    commit: 'f80b08fc4453',
    why: 'Single atomic pages are measured without the boost, which made them fail while kswapd was on its way.',
    rules: { zoneWatermarkFast },
  },
  {
    since: 'v5.9',
    commit: '8510e69c8efe',
    why:
      'A task that forbids CMA pages is heard wherever flags are made, and whoever gets at reserves keeps ' +
      'the right to CMA pages.',
    rules: { currentAllocFlags },
    allocator: { transitions: { ...wakesByFlags.transitions, ...tellsVictimsByFlag.transitions } },
  },
];
