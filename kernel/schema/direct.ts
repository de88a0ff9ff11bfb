import { z } from 'zod';
import { DIRECT_TASK_FLAGS, GFP_NAMES } from '../../model/index.ts';
import { laterNodeSchema, order, pages, systemSchema } from './node.ts';
import { eventSchema } from './scenario.ts';

const index = z.int().min(0);

/** What the environment does while a task waits in direct reclaim. */
const directTurnSchema = z.strictObject({
  scanned: pages.exactOptional(),
  reclaimed: z.array(pages).exactOptional(),
  memcgLowSkipped: z.boolean().exactOptional(),
  skippedDeactivate: z.boolean().exactOptional(),
  wake: z.boolean().exactOptional(),
  signal: z.enum(['fatal', 'other']).exactOptional(),
  timeout: z.boolean().exactOptional(),
  events: z.array(eventSchema).exactOptional(),
});

const argsSchema = z.strictObject({
  order,
  gfpMask: z.array(z.enum(GFP_NAMES)),
  nrToReclaim: pages,
  reclaimIdx: index,
});

/** Most nodes of a machine. */
const MOST_NODES = 64;

/**
 * A run of direct reclaim. Unknown fields of the envelope (id, trace, tags) are left alone. Quantities are in pages.
 */
export const directCaseSchema = z
  .object({
    system: systemSchema,
    nodes: z.array(laterNodeSchema).min(1).max(MOST_NODES),
    zonelist: z.array(z.tuple([index, index])),
    args: argsSchema,
    task: z.array(z.enum(DIRECT_TASK_FLAGS)).exactOptional(),
    script: z.array(directTurnSchema),
  })
  .superRefine(({ nodes, zonelist, args, script }, context) => {
    const names = JSON.stringify(nodes[0]!.zones.map(({ name }) => name));
    const count = nodes[0]!.zones.length;
    const check = (found: number, below: number, what: string, path: PropertyKey[]) => {
      if (found < below) return;
      const message = `expected ${what} below ${below}, but found ${found}`;
      context.addIssue({ code: 'custom', path, message });
    };
    nodes.forEach(({ zones }, n) => {
      if (JSON.stringify(zones.map(({ name }) => name)) === names) return;
      const message = 'expected the zones that the first node has';
      context.addIssue({ code: 'custom', path: ['nodes', n, 'zones'], message });
    });
    zonelist.forEach(([node, zone], i) => {
      check(node, nodes.length, 'a node', ['zonelist', i, 0]);
      check(zone, count, 'a zone index', ['zonelist', i, 1]);
    });
    check(args.reclaimIdx, count, 'a zone index', ['args', 'reclaimIdx']);
    script.forEach((turn, t) => {
      if ((turn.reclaimed?.length ?? 0) > count) {
        check(turn.reclaimed!.length - 1, count, 'a zone index', ['script', t, 'reclaimed']);
      }
      turn.events?.forEach((event, i) => {
        for (const [kind, fields] of Object.entries(event)) {
          if (typeof fields !== 'object') continue;
          for (const key of ['zone', 'zoneIdx'] as const) {
            const found = (fields as Partial<Record<typeof key, number>>)[key];
            if (found !== undefined) check(found, count, 'a zone index', ['script', t, 'events', i, kind, key]);
          }
        }
      });
    });
  });
