import { scopeSchema, type Scope } from '../../../kernel/schema/scope.ts';
import type { z } from 'zod';

type GivenScope = z.input<typeof scopeSchema>;

/** A zone of four pages, the highest of so many. */
const tinyZone = (count: number): GivenScope['zones'][number] => ({
  name: count === 1 ? 'DMA' : 'Normal',
  managed: 4,
  watermark: { min: 0, low: 1, high: 1 },
  lowmemReserve: Array.from({ length: count }, () => 0),
  free: [[2]],
  file: [0, 2],
});

/** A scope of some hundred states, with what a test changes of it. */
export const tinyScope = (changes: Partial<GivenScope> = {}): Scope =>
  scopeSchema.parse({
    title: 'Tiny',
    covers: 'A zone of four pages.',
    zones: [tinyZone(1)],
    failures: [14],
    turns: { scanned: [0, 1], reclaimed: [0, 1] },
    events: { take: [0], wakeup: [0], throttle: 1 },
    ...changes,
  });

/** Two zones, orders 0 and 1, and compaction. */
export const smallScope = (): Scope =>
  tinyScope({
    system: { compaction: true },
    zones: [
      { ...tinyZone(2), name: 'DMA', lowmemReserve: [0, 1], free: [[1]], file: [1] },
      { ...tinyZone(2), free: [[2]], file: [1] },
    ],
    failures: [15],
    turns: { scanned: [0, 32], reclaimed: [0, 1], merged: [{ from: 0, to: 1, count: 1 }] },
    events: { take: [1], wakeup: [1] },
  });
