import type { AllocFlags } from '../allocFlags.ts';
import type { MigrateType } from '../state/freeArea.ts';
import type { Memory, ZoneRef } from '../state/memory.ts';
import type { Gfp } from './gfp.ts';
import type { MigrateMode } from './record.ts';
import type { TaskFlags } from './taskFlags.ts';
import type { CompactResult, Contention, ReclaimResult } from './turn.ts';

/** Points that a task passes by itself while it allocates, in one kernel or another. */
export const ALLOC_RUNNING_POINTS = [
  'allocPagesNodemask',
  'getPageFromFreelist',
  'zonelistScan',
  'nextZone',
  'checkZlc',
  'checkFair',
  'checkDirty',
  'checkLocality',
  'checkWatermark',
  'belowWatermark',
  'zoneReclaimed',
  'rmqueue',
  'zoneFull',
  'endOfScan',
  'allocPagesSlowpath',
  'wakeAllKswapds',
  'adjustAllocFlags',
  'checkReserves',
  'reservesFailed',
  'mayReclaim',
  'directCompact',
  'compacted',
  'judgeCompaction',
  'directReclaim',
  'reclaimed',
  'drainPages',
  'considerRetry',
  'considerOom',
  'oomDecided',
  'nopage',
  'compactFirst',
  'retry',
  'considerCompactRetry',
  'outOfMemory',
  'oomAllReserves',
  'nofail',
  'nofailAnywhere',
] as const;
export type AllocRunning = (typeof ALLOC_RUNNING_POINTS)[number];

/** Points where it waits for, or works long beside, the rest of the machine. */
export const ALLOC_WAITING_POINTS = [
  'zoneReclaim',
  'nodeReclaim',
  'compact',
  'reclaim',
  'drain',
  'oomTrylock',
  'oom',
  'wait',
] as const;
export type AllocWaiting = (typeof ALLOC_WAITING_POINTS)[number];

export type AllocPoint = AllocRunning | AllocWaiting | 'done';

const WAITING: ReadonlySet<AllocPoint> = new Set(ALLOC_WAITING_POINTS);

export const isAllocWaiting = (point: AllocPoint): point is AllocWaiting => WAITING.has(point);

/** What a caller asks for. */
export interface AllocRequest {
  readonly gfp: Gfp;
  readonly order: number;
  /** The node whose zonelist is walked, by position. */
  readonly preferredNode: number;
  /** The node that the task runs on, by position. */
  readonly localNode: number;
  /** The nodes that may be used, by position; null: all. */
  readonly nodemask: readonly number[] | null;
}

/** A node's zonelist: the one over all nodes, or the one of the node alone. */
export interface ZonelistName {
  readonly node: number;
  readonly thisNode: boolean;
}

/**
 * What all parts of one allocation share.
 * @kernel v4.0 mm/internal.h struct alloc_context
 */
export interface AllocContext {
  readonly zonelist: ZonelistName;
  /** The first zone of the zonelist that the request may use; null if there is none. */
  readonly preferred: ZoneRef | null;
  /** The preferred zone's index: reserves are kept by it. */
  readonly classzoneIdx: number;
  /** The highest zone index that the request may use. */
  readonly highZoneidx: number;
  readonly migratetype: MigrateType;
  /** The nodes that may be used, by position; null: all. Some requests come to be let off. */
  readonly nodemask: readonly number[] | null;
  /** From v4.7 on: nodes beyond their dirty limit are passed over. */
  readonly spreadDirty: boolean;
}

/**
 * One attempt: the variables of a walk over the zonelist.
 * @kernel v4.0 mm/page_alloc.c get_page_from_freelist
 */
export interface Attempt {
  readonly gfp: Gfp;
  readonly allocFlags: AllocFlags;
  /** Where the task goes on if nothing is found. */
  readonly failed: AllocRunning | 'done';
  /** The place in the zonelist of the zone at hand. */
  readonly position: number;
  /** The mark that the zone at hand must stay above, in pages. */
  readonly mark: number;
  /** Zones that were passed over because their share is used up. */
  readonly nrFairSkipped: number;
  /** Zones that were full lately are passed over. */
  readonly zlcActive: boolean;
  readonly didZlcSetup: boolean;
  /** The node that was last found beyond its dirty limit, by position, or -1; from v4.8 on. */
  readonly lastDirtyNode: number;
  /** What came of reclaiming from the zone at hand. */
  readonly reclaimResult: ReclaimResult;
}

/**
 * The variables of the slow path.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_slowpath
 */
export interface SlowPath {
  readonly gfp: Gfp;
  readonly allocFlags: AllocFlags;
  /** Pages reclaimed since the slow path began. */
  readonly pagesReclaimed: number;
  readonly didSomeProgress: number;
  readonly migrationMode: MigrateMode;
  readonly deferredCompaction: boolean;
  readonly contendedCompaction: Contention;
  readonly compactResult: CompactResult;
  /** From v4.8 on: 2 is async, 1 waits a little, 0 does all it can. */
  readonly compactPriority: number;
  /** How often compaction helped and it was still not enough, at this priority; from v4.7 on. */
  readonly compactionRetries: number;
  /** Rounds of reclaim in a row that brought nothing; from v4.7 on. */
  readonly noProgressLoops: number;
  /** Where the task goes on if compaction gave it no page. */
  readonly notCompacted: AllocRunning;
  /** Where the task goes on after its wait. */
  readonly waited: AllocRunning;
}

/** The page that an allocation got: a block of the order that was asked for. */
export interface AllocatedPage {
  readonly node: number;
  readonly zone: number;
  /** It comes from what is kept for those who free memory. */
  readonly pfmemalloc: boolean;
}

/** A task that allocates. */
export interface AllocTask {
  readonly at: AllocPoint;
  readonly request: AllocRequest;
  readonly flags: TaskFlags;
  readonly context: AllocContext;
  readonly attempt: Attempt;
  readonly slow: SlowPath;
  /** Null until there is one. */
  readonly page: AllocatedPage | null;
}

/** The zones of a zonelist, in order. */
export function zonelistAt(memory: Memory, { node, thisNode }: ZonelistName): readonly ZoneRef[] {
  const { thisNode: own, fallback } = memory.zonelists[node]!;
  return thisNode ? own : fallback;
}

/** The zone that the walk is at. */
export const zonerefAtHand = (memory: Memory, { context, attempt }: AllocTask): ZoneRef =>
  zonelistAt(memory, context.zonelist)[attempt.position]!;
