import { z } from 'zod';
import { AFTERWARDS, COMPACT_RESULTS, CONTENTIONS, GFP_NAMES, TASK_FLAG_NAMES } from '../../model/index.ts';
import { setupArgsSchema } from '../vectors/setup.ts';
import { allocSystemSchema, mergeSchema } from './alloc.ts';
import { checkMachine, checkPlaces, MOST_NODES } from './machine.ts';
import { allocNodeSchema, askedOrder, pages, swapPages } from './node.ts';

const index = z.int().min(0);

/** Turns that a run may take or name: every one of its steps is kept while it is looked at. */
const turns = z.int().min(0).max(100_000);

const requestSchema = z.strictObject({
  gfp: z.array(z.enum(GFP_NAMES)),
  order: askedOrder,
  node: index.exactOptional(),
  nodemask: z.array(index).exactOptional(),
  lifetime: z.union([turns, z.literal('cache')]).exactOptional(),
});

const taskSchema = z.strictObject({
  flags: z.array(z.enum(TASK_FLAG_NAMES)).exactOptional(),
  node: index,
  requests: z.array(requestSchema),
});

const eventSchema = z.union([
  z.strictObject({ online: z.strictObject({ node: index, zone: index, pages }) }),
  z.strictObject({ merge: mergeSchema }),
  z.strictObject({ swap: swapPages }),
  z.strictObject({ bufferHeads: z.boolean() }),
  z.strictObject({ kill: z.strictObject({ task: index }) }),
]);

const turnSchema = z.strictObject({
  who: z.union([z.strictObject({ kswapd: index }), z.strictObject({ task: index })]),
  scanned: pages.exactOptional(),
  reclaimed: z.array(pages).exactOptional(),
  remaining: z.int().min(0).exactOptional(),
  merge: z.array(mergeSchema).exactOptional(),
  compactResult: z.enum(COMPACT_RESULTS).exactOptional(),
  contended: z.enum(CONTENTIONS).exactOptional(),
  memcgLowSkipped: z.boolean().exactOptional(),
  skippedDeactivate: z.boolean().exactOptional(),
  signal: z.enum(['fatal', 'other']).exactOptional(),
  timeout: z.boolean().exactOptional(),
  events: z.array(eventSchema).exactOptional(),
});

/**
 * A run of a whole machine. Unknown fields of the envelope are left alone. Quantities are in pages, nodes and tasks
 * are named by position.
 */
export const wholeScenarioSchema = z
  .object({
    system: allocSystemSchema,
    hasCpus: z.array(z.boolean()).exactOptional(),
    nodes: z.array(allocNodeSchema).min(1).max(MOST_NODES),
    tasks: z.array(taskSchema),
    settings: setupArgsSchema.exactOptional(),
    script: z.array(turnSchema),
    afterwards: z.enum(AFTERWARDS),
    limit: turns,
  })
  .superRefine((given, context) => {
    const { hasCpus, nodes, tasks, script } = given;
    checkMachine(given, context);
    if (hasCpus !== undefined && hasCpus.length !== nodes.length) {
      const message = `expected ${nodes.length}, one for each node, but found ${hasCpus.length}`;
      context.addIssue({ code: 'custom', path: ['hasCpus'], message });
    }
    const zones = nodes[0]?.zones.length ?? 0;
    const below = { node: nodes.length, nodemask: nodes.length, kswapd: nodes.length, task: tasks.length, zone: zones };
    checkPlaces({ tasks, script }, below, context);
    script.forEach(({ reclaimed }, t) => {
      if ((reclaimed?.length ?? 0) <= zones) return;
      const message = `expected at most ${zones}, one for each zone, but found ${reclaimed!.length}`;
      context.addIssue({ code: 'custom', path: ['script', t, 'reclaimed'], message });
    });
  });
