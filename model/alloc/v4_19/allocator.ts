import type { AllocChanges } from '../program.ts';
import * as compaction from './compaction.ts';
import { allocPagesNodemask } from './enter.ts';
import * as retry from './considerRetry.ts';
import * as oom from './oom.ts';
import * as reclaim from './reclaim.ts';
import { rmqueueStep } from './rmqueue.ts';
import * as slow from './slow.ts';
import * as walk from './walk.ts';

/** Blocks are set aside for atomic requests, and given back before reclaim counts as failed. */
export const setsBlocksAside = {
  transitions: { rmqueue: rmqueueStep, drainPages: reclaim.drainPages },
} satisfies AllocChanges;

/** The walk over the zonelist looks at every zone anew. */
export const walkWithoutCache = {
  transitions: {
    nextZone: walk.nextZone,
    belowWatermark: walk.belowWatermark,
    zoneReclaimed: walk.zoneReclaimed,
    endOfScan: walk.endOfScan,
  },
  without: ['checkZlc', 'zoneFull'],
} satisfies AllocChanges;

/** The mark is first compared with what a single page needs. */
export const checksFast = { transitions: { checkWatermark: walk.checkWatermark } } satisfies AllocChanges;

/** The walk knows no shares of zones; nodes are reclaimed from, and have dirty limits. */
export const walkByNode = {
  transitions: {
    allocPagesNodemask,
    checkDirty: walk.checkDirty,
    belowWatermark: walk.belowWatermark,
    endOfScan: walk.endOfScan,
  },
  yields: { nodeReclaim: walk.nodeReclaim },
  without: ['checkFair', 'zoneReclaim'],
} satisfies AllocChanges;

/** The slow path as rounds of reclaim and compaction, each judged by what may come of another one. */
export const slowPathInRounds = {
  transitions: {
    allocPagesSlowpath: slow.allocPagesSlowpath,
    compactFirst: slow.compactFirst,
    judgeCompaction: slow.judgeCompaction,
    retry: slow.retry,
    mayReclaim: slow.mayReclaim,
    reclaimed: reclaim.reclaimed,
    directCompact: compaction.directCompact,
    compacted: compaction.compacted,
    considerRetry: retry.considerRetry,
    considerCompactRetry: retry.considerCompactRetry,
    nopage: slow.nopage,
    nofailAnywhere: slow.nofailAnywhere,
    nofail: slow.nofail,
  },
  yields: { reclaim: reclaim.reclaim, drain: reclaim.drain, wait: slow.wait },
  without: ['wakeAllKswapds', 'adjustAllocFlags', 'checkReserves', 'reservesFailed'],
} satisfies AllocChanges;

/** Who turns to the OOM killer, and what comes of it. */
export const oomInRounds = {
  transitions: {
    outOfMemory: oom.outOfMemory,
    oomAllReserves: oom.oomAllReserves,
    oomDecided: oom.oomDecided,
  },
  yields: { oomTrylock: oom.oomTrylock, oom: oom.oom },
  without: ['considerOom'],
} satisfies AllocChanges;
