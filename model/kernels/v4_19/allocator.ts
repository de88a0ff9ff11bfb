import {
  checksFast,
  oomInRounds,
  setsBlocksAside,
  slowPathInRounds,
  walkByNode,
  walkWithoutCache,
} from '../../alloc/v4_19/allocator.ts';
import { currentGfpContext } from '../../alloc/v4_19/gfpContext.ts';
import {
  __gfpPfmemallocFlags,
  currentAllocFlags,
  gfpPfmemallocAllowed,
  gfpToAllocFlags,
} from '../../alloc/v4_19/gfpToAllocFlags.ts';
import { reserveHighatomicPageblock, unreserveHighatomicPageblock } from '../../alloc/v4_19/highatomic.ts';
import { compactionZonelistSuitable, shouldCompactRetry, shouldReclaimRetry } from '../../alloc/v4_19/retry.ts';
import { rmqueue } from '../../alloc/v4_19/rmqueue.ts';
import { wakeAllKswapds } from '../../alloc/v4_19/wakeAllKswapds.ts';
import { zoneAllowsReclaim } from '../../alloc/v4_19/walk.ts';
import { zoneWatermarkFast } from '../../alloc/v4_19/watermarkFast.ts';
import { zonelistOf } from '../../alloc/v4_19/zonelists.ts';
import type { Difference } from '../../kernel.ts';

/** What v4.19 changed in the page allocator, oldest first. */
export const allocatorDifferences: readonly Difference[] = [
  {
    since: 'v4.4',
    commit: '0aaa29a56e4f',
    why:
      'Blocks are set aside for high-order atomic requests, in place of a reserve that any request could ' +
      'use up. They are given back when reclaim does not help.',
    rules: { rmqueue, reserveHighatomicPageblock, unreserveHighatomicPageblock },
    allocator: setsBlocksAside,
  },
  {
    since: 'v4.4',
    commit: 'f77cf4e4cc9d',
    why:
      'The zonelist cache made requests fail that need not, and spared little since marks are checked ' +
      'cheaply. Every attempt looks at every zone.',
    allocator: walkWithoutCache,
    removes: ['zlcSetup', 'zlcZoneWorthTrying', 'zlcMarkZoneFull', 'zlcClearZonesFull'],
  },
  {
    since: 'v4.4',
    commit: 'd0164adc89f6',
    why:
      'Whether a caller can wait, whether it wakes kswapd, and whether it is in a hurry became three flags ' +
      'of the mask. A caller that cannot wait is no longer let into the reserves for that alone.',
    rules: { gfpToAllocFlags },
  },
  {
    since: 'v4.7',
    commit: '48ee5f3696f6',
    why:
      'A single page is granted by one comparison if the zone holds enough of them, without a look at the ' +
      'reserves.',
    rules: { zoneWatermarkFast },
    allocator: checksFast,
  },
  {
    since: 'v4.7',
    commit: '0a0337e0d1d1',
    why:
      'The slow path could go round for ever while reclaim brought a page now and then. A round is worth it ' +
      'only if the request would succeed with all that is left to reclaim, and not after 16 rounds in vain.',
    rules: { shouldReclaimRetry },
    allocator: slowPathInRounds,
    removes: ['shouldAllocRetry'],
  },
  {
    since: 'v4.7',
    commit: '33c2d21438da',
    why: 'High orders go round for the sake of compaction only as long as its results give hope.',
    rules: { shouldCompactRetry, compactionZonelistSuitable },
  },
  {
    since: 'v4.8',
    commit: 'e6cbd7f2efb4',
    why:
      'Pages grow old by node, so that fresh ones need not be spread over the zones of a node. Fairness, ' +
      'and the shares of the zones, are gone; dirty limits are those of nodes.',
    allocator: walkByNode,
    removes: ['resetAllocBatch'],
  },
  {
    since: 'v4.8',
    commit: '5ecd9d403ad0',
    why: 'A node’s kswapd works for all its zones: it is asked once, with the highest zone that would do.',
    rules: { wakeAllKswapds },
  },
  {
    since: 'v4.9',
    commit: '6aa303defb74',
    why: 'Zones whose pages are all taken before the allocator comes to manage them are left out of zonelists.',
    rules: { zonelistOf },
  },
  {
    since: 'v4.11',
    commit: 'e02dc017c303',
    why: 'Nodes as far apart as RECLAIM_DISTANCE still reclaim for each other on the way.',
    rules: { zoneAllowsReclaim },
  },
  {
    since: 'v4.11',
    commit: '6c18ba7a1899',
    why:
      'A request that cannot fail is let into a part of the reserves before it goes round again, and into ' +
      'all of them once the OOM killer was at work.',
    allocator: oomInRounds,
  },
  {
    since: 'v4.12',
    commit: '7dea19f9ee63',
    why: 'A task can keep out of file systems as it can out of input and output, whatever masks its callees pass.',
    rules: { currentGfpContext },
    removes: ['memallocNoioFlags'],
  },
  {
    since: 'v4.14',
    commit: 'c9bff3eebc09',
    why:
      'Zone order is gone: it sent requests to far nodes to spare low memory, which machines of 64 bits ' +
      'have plenty of.',
    rules: { zonelistOf },
  },
  {
    since: 'v4.14',
    commit: 'cd04ae1e2dc8',
    why: 'Tasks that the OOM killer chose get at a part of the reserves, no longer at all of them.',
    rules: { __gfpPfmemallocFlags, currentAllocFlags, gfpPfmemallocAllowed, gfpToAllocFlags },
  },
];
