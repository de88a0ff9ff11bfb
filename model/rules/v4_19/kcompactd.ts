import { SILENT, type TraceRecord } from '../../record.ts';
import type { System } from '../../state/system.ts';

/**
 * Asks kcompactd to compact the node for an order, in zones up to `zoneIdx`.
 * @kernel v4.19 mm/compaction.c wakeup_kcompactd
 * @abstracts kcompactd itself: what it merges is the environment's to say. Here it is only seen to be asked.
 */
export function wakeupKcompactd(system: System, order: number, zoneIdx: number): readonly TraceRecord[] {
  return system.compaction ? [{ ev: 'kcompactd', order, zoneIdx }] : SILENT;
}
