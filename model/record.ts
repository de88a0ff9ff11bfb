/** One observable event of a run: what a tracer would have seen. */
export type TraceRecord =
  | { readonly ev: 'wake'; readonly order: number; readonly zoneIdx: number }
  | { readonly ev: 'pageoutrun' }
  | {
      readonly ev: 'shrink';
      readonly zone: number;
      readonly priority: number;
      readonly order: number;
      readonly nrToReclaim: number;
    }
  | {
      readonly ev: 'shrink';
      /** reclaim_idx: the highest zone that is shrunk. */
      readonly zone: number;
      readonly priority: number;
      readonly order: number;
      readonly nrToReclaim: number;
      readonly mayWritepage: boolean;
      readonly maySwap: boolean;
    }
  | { readonly ev: 'compact'; readonly order: number }
  | { readonly ev: 'pfmemalloc_wake' }
  | { readonly ev: 'balanced'; readonly order: number; readonly zoneIdx: number; readonly priority: number }
  | { readonly ev: 'short_sleep' }
  | { readonly ev: 'kcompactd'; readonly order: number; readonly zoneIdx: number }
  | { readonly ev: 'sleep' }
  | { readonly ev: 'low_wmark_hit_quickly' }
  | { readonly ev: 'high_wmark_hit_quickly' }
  | { readonly ev: 'wakeup'; readonly zone: number; readonly order: number }
  | { readonly ev: 'frozen' }
  | { readonly ev: 'stopped' }
  | { readonly ev: 'limit' };

export type RecordKind = TraceRecord['ev'];

/** No records: shared, so that a silent step allocates nothing for them. */
export const SILENT: readonly TraceRecord[] = [];

export const PFMEMALLOC_WAKE: TraceRecord = { ev: 'pfmemalloc_wake' };

export const FROZEN: TraceRecord = { ev: 'frozen' };
