import type { AllocChanges } from '../program.ts';
import * as compaction from './compaction.ts';
import { allocPagesNodemask } from './enter.ts';
import { rmqueueStep } from './rmqueue.ts';
import * as slow from './slow.ts';
import * as walk from './walk.ts';

/** The first attempt shuns mixing kinds of pages in a block, as long as that costs no locality. */
export const shunsFragmentation = {
  transitions: {
    allocPagesNodemask,
    checkDirty: walk.checkDirty,
    checkLocality: walk.checkLocality,
    endOfScan: walk.endOfScan,
  },
} satisfies AllocChanges;

/** Whoever takes from a zone whose marks were raised tells kswapd. */
export const tellsOfBoosts = { transitions: { rmqueue: rmqueueStep } } satisfies AllocChanges;

/** Whether kswapd is woken is for the flags of the allocation to say. */
export const wakesByFlags = {
  transitions: { allocPagesSlowpath: slow.allocPagesSlowpath, retry: slow.retry },
} satisfies AllocChanges;

/** A worker of a queue sleeps whatever comes of reclaim. */
export const workersSleep = { yields: { wait: slow.wait } } satisfies AllocChanges;

/** Compaction keeps a block for the task that waits for it. */
export const capturesBlocks = {
  transitions: { compacted: compaction.compacted },
  yields: { compact: compaction.compact },
} satisfies AllocChanges;

/** A costly request that does not want to retry is not worth reclaim when compaction lacked free pages. */
export const givesUpEarly = { transitions: { judgeCompaction: slow.judgeCompaction } } satisfies AllocChanges;

/** Flags for reserves may come with others, so that a victim is told by one flag. */
export const tellsVictimsByFlag = { transitions: { oomDecided: slow.oomDecided } } satisfies AllocChanges;
