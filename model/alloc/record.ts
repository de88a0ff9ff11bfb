import type { AllocFlagName, WmarkName } from '../allocFlags.ts';
import type { ZoneRef } from '../state/memory.ts';
import type { WakeRecord } from './wakeAllKswapds.ts';

/** How compaction works: it gives way to whoever is in its way, waits a little, or does all it can. */
export type MigrateMode = 'async' | 'sync_light' | 'sync_full';

/** What a task that allocates waits for. */
export type WaitReason = 'congestion' | 'oom_lock' | 'nofail' | 'write_pending' | 'worker';

/** One observable event of an allocation. Nodes are positions, zones are indices in their node. */
export type AllocTraceRecord =
  | {
      readonly ev: 'attempt';
      readonly wmark: WmarkName;
      readonly allocFlags: readonly AllocFlagName[];
      readonly preferred: ZoneRef | null;
    }
  | {
      readonly ev: 'watermark';
      readonly node: number;
      readonly zone: number;
      readonly mark: number;
      readonly ok: boolean;
    }
  | { readonly ev: 'rmqueue'; readonly node: number; readonly zone: number; readonly ok: boolean }
  | { readonly ev: 'fair_skip' | 'zlc_skip' | 'reset_batches'; readonly node: number; readonly zone: number }
  | { readonly ev: 'dirty_skip'; readonly node: number; readonly zone?: number }
  | { readonly ev: 'zone_reclaim'; readonly node: number; readonly zone: number; readonly order: number }
  | { readonly ev: 'node_reclaim'; readonly node: number; readonly order: number }
  | WakeRecord
  | { readonly ev: 'compact'; readonly mode: MigrateMode }
  | { readonly ev: 'reclaim'; readonly order: number }
  | { readonly ev: 'drain' }
  | { readonly ev: 'unreserve_highatomic'; readonly force: boolean; readonly ok: boolean }
  | { readonly ev: 'oom_trylock' }
  | { readonly ev: 'oom' }
  | { readonly ev: 'wait'; readonly why: WaitReason }
  | { readonly ev: 'alloc_failed' }
  | { readonly ev: 'limit' };

/** No records: shared, so that a silent step allocates nothing for them. */
export const ALLOC_SILENT: readonly AllocTraceRecord[] = [];
