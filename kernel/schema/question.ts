import { z } from 'zod';
import { ASKED_FLAG_NAMES } from '../../model/index.ts';
import { laterNodeSchema, nodeSchema, order, pages, systemSchema } from './node.ts';

const zoneIndex = z.int().min(0);

/** What is asked about a state. Quantities are in pages. */
const questionArgsSchema = z.strictObject({
  zone: zoneIndex,
  order,
  zoneIdx: zoneIndex,
  mark: pages,
  balanceGap: pages,
  allocFlags: z.array(z.enum(ASKED_FLAG_NAMES)),
});

const questionSchemaOn = (node: typeof nodeSchema) =>
  z
    .object({ system: systemSchema, node, args: questionArgsSchema })
    .superRefine(({ node: { zones }, args }, context) => {
      const count = zones.length;
      for (const name of ['zone', 'zoneIdx'] as const) {
        if (args[name] < count) continue;
        const message = `expected a zone index below ${count}, but found ${args[name]}`;
        context.addIssue({ code: 'custom', path: ['args', name], message });
      }
    });

/** A state and what is asked about it. Unknown fields of the envelope are left alone. */
export const questionSchema = questionSchemaOn(nodeSchema);

/** The same from v4.8 on, where a request may name no zone. */
export const laterQuestionSchema = questionSchemaOn(laterNodeSchema);
