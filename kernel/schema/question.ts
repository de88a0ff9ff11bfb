import { z } from 'zod';
import { ALLOC_FLAG_NAMES } from '../../model/index.ts';
import { nodeSchema, order, pages, systemSchema } from './node.ts';

const zoneIndex = z.int().min(0);

/** What is asked about a state. Quantities are in pages. */
const questionArgsSchema = z.strictObject({
  zone: zoneIndex,
  order,
  zoneIdx: zoneIndex,
  mark: pages,
  balanceGap: pages,
  allocFlags: z.array(z.enum(ALLOC_FLAG_NAMES)),
});

/** A state and what is asked about it. Unknown fields of the envelope are left alone. */
export const questionSchema = z
  .object({ system: systemSchema, node: nodeSchema, args: questionArgsSchema })
  .superRefine(({ node, args }, context) => {
    const count = node.zones.length;
    for (const name of ['zone', 'zoneIdx'] as const) {
      if (args[name] < count) continue;
      const message = `expected a zone index below ${count}, but found ${args[name]}`;
      context.addIssue({ code: 'custom', path: ['args', name], message });
    }
  });
