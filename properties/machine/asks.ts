import { GFP_KSWAPD_RECLAIM, GFP_NO_KSWAPD, type AllocTraceRecord, type Kernel } from '../../model/index.ts';
import { isLater } from '../independent/machine.ts';

/** A kswapd is asked, whether it hears or not. */
export type Ask = Extract<AllocTraceRecord, { readonly ev: 'wakeup_kswapd' }>;

const isAsk = (record: AllocTraceRecord): record is Ask => record.ev === 'wakeup_kswapd';

/** Whom a step of the page allocator asks. */
export const asksIn = (records: readonly AllocTraceRecord[]): readonly Ask[] =>
  records.length === 0 ? NO_ASKS : records.filter(isAsk);
const NO_ASKS: readonly Ask[] = [];

/** Whether a mask lets kswapd be woken. */
export const wakesKswapd = (k: Kernel, gfp: number): boolean =>
  isLater(k) ? (gfp & GFP_KSWAPD_RECLAIM) !== 0 : (gfp & GFP_NO_KSWAPD) === 0;
