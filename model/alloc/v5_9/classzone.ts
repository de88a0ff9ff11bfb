import type { Kernel } from '../../kernel.ts';
import type { ZoneRef } from '../../state/memory.ts';

/**
 * The zone index by which reserves are kept from a request: the highest that it may use, whether or not a zone of that
 * index has memory.
 * @kernel v5.9 mm/internal.h struct alloc_context
 */
export function acClasszoneIdx(_k: Kernel, _preferred: ZoneRef | null, highZoneidx: number): number {
  return highZoneidx;
}
