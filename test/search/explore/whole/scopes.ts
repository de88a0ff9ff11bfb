import type { z } from 'zod';
import { wholeScopeSchema, type WholeScope } from '../../../../kernel/schema/wholeScope.ts';

type GivenScope = z.input<typeof wholeScopeSchema>;
type GivenNode = GivenScope['nodes'][number];

/** A node of one Normal zone of eight pages, two of which are free. */
export const tinyNode = (changes: Partial<GivenNode['zones'][number]> = {}): GivenNode => ({
  zones: [{ name: 'Normal', managed: 8, watermark: { min: 4, low: 4, high: 4 }, free: [2], file: [1], ...changes }],
  failures: [15],
});

/** Two nodes, the second past hope, and a task that gives up soon, with what a test changes of it. */
export const tinyWhole = (changes: Partial<GivenScope> = {}): WholeScope =>
  wholeScopeSchema.parse({
    title: 'Tiny machine',
    covers: 'Two nodes of a zone of a few pages.',
    nodes: [
      tinyNode(),
      { ...tinyNode({ free: [2], file: [0], watermark: { min: 1, low: 1, high: 1 } }), failures: [16] },
    ],
    tasks: [
      {
        node: 0,
        requests: [
          { caller: 'atomic', lifetime: 3 },
          { caller: 'kernel', also: ['NORETRY'], lifetime: 'cache' },
        ],
      },
    ],
    turns: { scanned: [32], reclaimed: [0, 1], remaining: [0] },
    ...changes,
  });
