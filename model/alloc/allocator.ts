import * as compaction from './compaction.ts';
import { allocPagesNodemask } from './enter.ts';
import * as oom from './oom.ts';
import type { AllocProgram } from './program.ts';
import * as reclaim from './reclaim.ts';
import * as slow from './slow.ts';
import * as walk from './walk.ts';
import * as zone from './zone.ts';

/** The page allocator of v4.0: what a task does at each point of an allocation. */
export const allocator = {
  transitions: {
    allocPagesNodemask,
    getPageFromFreelist: walk.getPageFromFreelist,
    zonelistScan: walk.zonelistScan,
    nextZone: walk.nextZone,
    checkZlc: walk.checkZlc,
    checkFair: walk.checkFair,
    checkDirty: zone.checkDirty,
    checkWatermark: zone.checkWatermark,
    belowWatermark: zone.belowWatermark,
    zoneReclaimed: zone.zoneReclaimed,
    rmqueue: zone.rmqueueStep,
    zoneFull: zone.zoneFull,
    endOfScan: walk.endOfScan,
    allocPagesSlowpath: slow.allocPagesSlowpath,
    wakeAllKswapds: slow.wakeKswapds,
    adjustAllocFlags: slow.adjustAllocFlags,
    checkReserves: slow.checkReserves,
    reservesFailed: slow.reservesFailed,
    mayReclaim: slow.mayReclaim,
    directCompact: compaction.directCompact,
    compacted: compaction.compacted,
    judgeCompaction: compaction.judgeCompaction,
    directReclaim: reclaim.directReclaim,
    reclaimed: reclaim.reclaimed,
    drainPages: reclaim.drainPages,
    considerRetry: reclaim.considerRetry,
    considerOom: oom.considerOom,
    oomDecided: oom.oomDecided,
    nopage: slow.nopage,
  },
  yields: {
    zoneReclaim: zone.zoneReclaim,
    compact: compaction.compact,
    reclaim: reclaim.reclaim,
    drain: reclaim.drain,
    oomTrylock: oom.oomTrylock,
    oom: oom.oom,
    wait: slow.wait,
  },
} satisfies AllocProgram;
