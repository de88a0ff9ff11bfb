import { KSWAPD_ZONE_BALANCE_GAP_RATIO } from '../../model/index.ts';
import type { LayoutZone } from '../layout/layout.ts';

/**
 * The most by which a zone's cheap counter may differ from its free pages: the per-cpu differences that its drift mark
 * allows for, or, where set-up saw no need for a mark, at most the distance from low to min.
 */
export function driftLimit({ watermark, percpuDriftMark }: LayoutZone): number {
  return Math.max(0, watermark.low - watermark.min, percpuDriftMark === 0 ? 0 : percpuDriftMark - watermark.high);
}

/** The balance gap of a zone, in pages: its low mark or 1 % of it, whichever is less. */
export function gapOf({ managed, watermark }: Pick<LayoutZone, 'managed' | 'watermark'>): number {
  return Math.min(watermark.low, Math.ceil(managed / KSWAPD_ZONE_BALANCE_GAP_RATIO));
}
