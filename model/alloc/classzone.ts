import type { Kernel } from '../kernel.ts';
import type { ZoneRef } from '../state/memory.ts';

/**
 * The zone index by which reserves are kept from a request: that of the zone that it prefers.
 * @kernel v4.0 mm/page_alloc.c __alloc_pages_nodemask
 */
export function acClasszoneIdx(_k: Kernel, preferred: ZoneRef | null, _highZoneidx: number): number {
  return preferred === null ? 0 : preferred[1];
}
