/** One thing that another task does while this one waits. Nodes are positions. */
export type AllocEvent =
  | { readonly take: BlockCount }
  | { readonly give: BlockCount }
  | { readonly swap: number }
  /** The OOM killer chooses the task that allocates, or lets it off. */
  | { readonly oomVictim: boolean }
  /** A node's kswapd goes to sleep. */
  | { readonly kswapdWaits: { readonly node: number } };

interface BlockCount {
  readonly node: number;
  readonly zone: number;
  readonly order: number;
  readonly count: number;
}

/** Movable blocks of order `from` that become `count` blocks of order `to`. */
interface NodeMerge {
  readonly node: number;
  readonly zone: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * What came of reclaiming from a zone or a node on the way: nothing was scanned, nothing was there to reclaim, some
 * pages were, or as many as were asked for.
 * @kernel v4.0 mm/internal.h ZONE_RECLAIM_NOSCAN, ZONE_RECLAIM_FULL, ZONE_RECLAIM_SOME, ZONE_RECLAIM_SUCCESS
 */
export const RECLAIM_RESULTS = ['noscan', 'full', 'some', 'success'] as const;
export type ReclaimResult = (typeof RECLAIM_RESULTS)[number];

/**
 * What came of trying to compact the zones of a request.
 * @kernel v4.0 include/linux/compaction.h COMPACT_DEFERRED, COMPACT_SKIPPED, COMPACT_CONTINUE, COMPACT_PARTIAL
 * @kernel v4.9 include/linux/compaction.h enum compact_result
 */
export const COMPACT_RESULTS = [
  'not_suitable_zone',
  'skipped',
  'deferred',
  'inactive',
  'no_suitable_page',
  'continue',
  'complete',
  'partial_skipped',
  'contended',
  'partial',
  'success',
] as const;
export type CompactResult = (typeof COMPACT_RESULTS)[number];

/**
 * What stood in compaction's way in every zone that it tried, up to v4.7.
 * @kernel v4.0 include/linux/compaction.h COMPACT_CONTENDED_NONE, COMPACT_CONTENDED_SCHED, COMPACT_CONTENDED_LOCK
 */
export const CONTENTIONS = ['none', 'sched', 'lock'] as const;
export type Contention = (typeof CONTENTIONS)[number];

/** What the rest of the machine does at one yield point; a point reads the fields that concern it. */
export interface AllocTurn {
  /** zoneReclaim, nodeReclaim: what came of it. */
  readonly result?: ReclaimResult;
  /** compact: blocks that it makes. */
  readonly merge?: readonly NodeMerge[];
  /** compact: the zone in which a block is kept for this task, from v5.1 on. */
  readonly capture?: { readonly node: number; readonly zone: number };
  readonly compactResult?: CompactResult;
  readonly contended?: Contention;
  /** reclaim: pages that come free. */
  readonly reclaimed?: readonly { readonly node: number; readonly zone: number; readonly pages: number }[];
  /** reclaim: what it returns. */
  readonly progress?: number;
  /** oomTrylock: another task holds the lock. */
  readonly busy?: boolean;
  /** oom: a task was killed, or one is about to die anyway. */
  readonly killed?: boolean;
  /** All points: what other tasks do meanwhile, in order, after the above. */
  readonly events?: readonly AllocEvent[];
}
