import type { Kernel } from '../kernel.ts';
import type { Zone } from '../state/zone.ts';
import { MAX_ORDER } from '../units.ts';

/**
 * How a zone's free memory lies for a request: pages, blocks of any order, and blocks that the request could use.
 * @kernel v4.0 mm/vmstat.c struct contig_page_info
 */
export interface ContigPageInfo {
  readonly freePages: number;
  readonly freeBlocksTotal: number;
  /** In blocks of the requested order: a larger block counts once for each that fits into it. */
  readonly freeBlocksSuitable: number;
}

/**
 * Counts a zone's free blocks, and those large enough for a request of the order.
 * @kernel v4.0 mm/vmstat.c fill_contig_page_info
 */
export function fillContigPageInfo(_k: Kernel, zone: Zone, suitableOrder: number): ContigPageInfo {
  const { nrFree } = zone.freeArea;
  let freePages = 0;
  let freeBlocksTotal = 0;
  let freeBlocksSuitable = 0;
  for (let order = 0; order < MAX_ORDER; order++) {
    const blocks = nrFree[order]!;
    freeBlocksTotal += blocks;
    freePages += blocks * (1 << order);
    if (order >= suitableOrder) freeBlocksSuitable += blocks * (1 << (order - suitableOrder));
  }
  return { freePages, freeBlocksTotal, freeBlocksSuitable };
}

/**
 * Why a request of the order would fail: towards 0 for lack of memory, towards 1000 for fragmentation; -1000 if it
 * would not fail. With no free block at all it is 0; few blocks that lack only a little give other negative values. The
 * unit is a thousandth.
 * @kernel v4.0 mm/vmstat.c __fragmentation_index
 */
export function __fragmentationIndex(_k: Kernel, order: number, info: ContigPageInfo): number {
  if (info.freeBlocksTotal === 0) return 0;
  if (info.freeBlocksSuitable !== 0) return -1000;
  const perRequest = Math.floor((info.freePages * 1000) / (1 << order));
  return 1000 - Math.floor((1000 + perRequest) / info.freeBlocksTotal);
}

/**
 * The fragmentation index of a zone for an order.
 * @kernel v4.0 mm/vmstat.c fragmentation_index
 */
export function fragmentationIndex(k: Kernel, zone: Zone, order: number): number {
  return k.__fragmentationIndex(k, order, k.fillContigPageInfo(k, zone, order));
}
