import { z } from 'zod';
import {
  ALLOCATION_FLAG_NAMES,
  COMPACT_RESULTS,
  CONTENTIONS,
  GFP_NAMES,
  LAYOUTS,
  RECLAIM_RESULTS,
  TASK_FLAG_NAMES,
  type LayoutName,
} from '../../model/index.ts';
import { checkMachine, checkPlaces, MOST_NODES } from './machine.ts';
import { allocNodeSchema, askedOrder, order, pages, swapPages, systemSchema } from './node.ts';

const index = z.int().min(0);
const zoneref = z.tuple([index, index]);

const layout = z.enum(Object.keys(LAYOUTS) as LayoutName[]);
const distance = z.array(z.array(z.int().min(0).max(255)));
const zonelistOrder = z.enum(['node', 'zone', 'default']);

/** The system of a question about masks alone. */
export const maskSystemSchema = systemSchema.extend({ layout });

/** The system of a machine of one or more nodes. */
const machineSystemSchema = maskSystemSchema.extend({
  distance,
  zoneReclaimMode: z.int().min(0),
  suspendedStorage: z.boolean(),
});

/** The same, with its zonelists built. */
export const allocSystemSchema = machineSystemSchema.extend({ zonelistOrder: zonelistOrder.default('default') });

const zonelistSchema = z.strictObject({
  fallback: z.array(zoneref),
  thisNode: z.array(zoneref),
  zlc: z.strictObject({ full: z.array(index), stale: z.boolean() }).exactOptional(),
});

const blockCount = z.strictObject({ node: index, zone: index, order, count: pages });

const eventSchema = z.union([
  z.strictObject({ take: blockCount }),
  z.strictObject({ give: blockCount }),
  z.strictObject({ swap: swapPages }),
  z.strictObject({ oomVictim: z.boolean() }),
  z.strictObject({ kswapdWaits: z.strictObject({ node: index }) }),
]);

export const mergeSchema = z
  .strictObject({ node: index, zone: index, from: order, to: order, count: pages })
  .refine(({ from, to }) => to >= from, 'expected an order `to` of at least `from`');

/** What the environment does at one yield point of an allocation. */
const allocTurnSchema = z.strictObject({
  result: z.enum(RECLAIM_RESULTS).exactOptional(),
  merge: z.array(mergeSchema).exactOptional(),
  capture: z.strictObject({ node: index, zone: index }).exactOptional(),
  compactResult: z.enum(COMPACT_RESULTS).exactOptional(),
  contended: z.enum(CONTENTIONS).exactOptional(),
  reclaimed: z.array(z.strictObject({ node: index, zone: index, pages })).exactOptional(),
  progress: pages.exactOptional(),
  busy: z.boolean().exactOptional(),
  killed: z.boolean().exactOptional(),
  events: z.array(eventSchema).exactOptional(),
});

const gfp = z.array(z.enum(GFP_NAMES));
const task = z.array(z.enum(TASK_FLAG_NAMES));
const allocFlags = z.array(z.enum(ALLOCATION_FLAG_NAMES));
const wmark = z.enum(['min', 'low', 'high']);

const requestArgs = {
  gfp,
  gfpName: z.string().exactOptional(),
  order: askedOrder,
  preferredNode: index,
  nodemask: z.array(index).nullable(),
};

/** The arguments of functions that are asked about masks, or about one zone. */
export const maskArgsSchemas = {
  gfp_zone: z.strictObject({ gfp, gfpName: z.string().exactOptional() }),
  gfp_to_alloc_flags: z.strictObject({ gfp, gfpName: z.string().exactOptional(), task }),
};

/** The arguments of functions that walk over a zonelist. */
const walkArgsSchemas = {
  __alloc_pages_nodemask: z.strictObject({ ...requestArgs, localNode: index, task }),
  get_page_from_freelist: z.strictObject({
    ...requestArgs,
    task,
    wmark,
    allocFlags,
    spreadDirty: z.boolean().exactOptional(),
  }),
  wake_all_kswapds: z.strictObject(requestArgs),
};

export type WalkName = keyof typeof walkArgsSchemas;
export type WalkArgs<F extends WalkName> = z.output<(typeof walkArgsSchemas)[F]>;

export const WALK_NAMES = Object.keys(walkArgsSchemas) as readonly WalkName[];
export const isWalkName = (name: string): name is WalkName => Object.hasOwn(walkArgsSchemas, name);

/** What numbers in fields that name a node or a zone must be below. */
const placesOf = (nodes: readonly { readonly zones: readonly unknown[] }[]) => {
  const zones = nodes[0]?.zones.length ?? 0;
  const { length } = nodes;
  return { node: length, preferredNode: length, localNode: length, nodemask: length, zone: zones, zoneIdx: zones };
};

/** A machine's nodes, and a question about one zone of them. */
export const watermarkFastCaseSchema = z
  .object({
    system: machineSystemSchema,
    nodes: z.array(allocNodeSchema).min(1).max(MOST_NODES),
    args: z.strictObject({
      gfp: gfp.default([]),
      gfpName: z.string().exactOptional(),
      node: index,
      zone: index,
      order: askedOrder,
      mark: pages,
      zoneIdx: index,
      wmark,
      allocFlags,
    }),
  })
  .superRefine(({ nodes, args }, context) => {
    checkPlaces({ args }, placesOf(nodes), context);
  });

/** A machine's nodes, and a question about all of them. */
export const zonelistsCaseSchema = z
  .object({
    system: machineSystemSchema,
    nodes: z.array(allocNodeSchema).min(1).max(MOST_NODES),
    args: z.strictObject({ hasCpus: z.array(z.boolean()), zonelistOrder: zonelistOrder.exactOptional() }),
  })
  .superRefine(checkMachine)
  .refine(({ nodes, args }) => args.hasCpus.length === nodes.length, {
    path: ['args', 'hasCpus'],
    message: 'expected one entry for each node',
  });

/** A walk over a zonelist. Unknown fields of the envelope (id, trace, the resolved zonelist) are left alone. */
export const walkCaseSchema = <F extends WalkName>(fn: F) =>
  z
    .object({
      system: allocSystemSchema,
      nodes: z.array(allocNodeSchema).min(1).max(MOST_NODES),
      zonelists: z.array(zonelistSchema),
      args: walkArgsSchemas[fn] as unknown as z.ZodType<WalkArgs<F>>,
      script: z.array(allocTurnSchema).default([]),
      limit: z.int().min(0).max(100_000).default(1000),
    })
    .superRefine((given, context) => {
      const { nodes, zonelists, args, script } = given;
      checkMachine(given, context);
      if (zonelists.length !== nodes.length) {
        const message = `expected ${nodes.length}, one for each node`;
        context.addIssue({ code: 'custom', path: ['zonelists'], message });
      }
      checkPlaces({ args, script }, placesOf(nodes), context);
      zonelists.forEach(({ fallback, thisNode }, n) => {
        for (const [name, list] of Object.entries({ fallback, thisNode })) {
          list.forEach(([node, zone], i) => {
            if (nodes[node]?.zones[zone] !== undefined) return;
            const message = `expected a zone of the machine, but found [${node}, ${zone}]`;
            context.addIssue({ code: 'custom', path: ['zonelists', n, name, i], message });
          });
        }
      });
    });
