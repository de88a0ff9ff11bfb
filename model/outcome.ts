import { SILENT, type TraceRecord } from './record.ts';
import type { Machine } from './state/machine.ts';

/** What a step leaves behind: the machine, and what a tracer saw meanwhile. */
export interface Outcome {
  readonly machine: Machine;
  readonly records: readonly TraceRecord[];
}

export const silent = (machine: Machine): Outcome => ({ machine, records: SILENT });

export const traced = (machine: Machine, ...records: readonly TraceRecord[]): Outcome => ({ machine, records });
