import { z } from 'zod';
import type { Turn } from '../../model/index.ts';
import { laterNodeSchema, nodeSchema, order, pages, swapPages, systemSchema } from './node.ts';

const zoneIndex = z.int().min(0);
const blockCount = z.strictObject({ zone: zoneIndex, order, count: pages });
const zonePages = z.strictObject({ zone: zoneIndex, pages });

export const eventSchema = z.union([
  z.strictObject({ take: blockCount }),
  z.strictObject({ give: blockCount }),
  z.strictObject({ lruCacheAdd: zonePages }),
  z.strictObject({
    wakeup: z.strictObject({ zone: zoneIndex, order, zoneIdx: zoneIndex, directReclaim: z.boolean().exactOptional() }),
  }),
  z.strictObject({ throttle: z.literal(true) }),
  z.strictObject({ pfmemallocCheck: z.literal(true) }),
  z.strictObject({ bufferHeads: z.boolean() }),
  z.strictObject({ swap: swapPages }),
  z.strictObject({ boost: zonePages }),
  z.strictObject({ freeze: z.literal(true) }),
  z.strictObject({ stop: z.literal(true) }),
]);

const mergeSchema = z.strictObject({ zone: zoneIndex, from: order, to: order, count: pages });

/** What the environment does at one yield point. */
const turnSchema = z.strictObject({
  scanned: pages.exactOptional(),
  reclaimed: z.array(pages).exactOptional(),
  merge: z.array(mergeSchema).exactOptional(),
  events: z.array(eventSchema).exactOptional(),
  remaining: z.int().min(0).exactOptional(),
});

export const scriptSchema = z.array(turnSchema);

interface Scripted {
  readonly node: { readonly zones: readonly unknown[] };
  readonly script: readonly Turn[];
}

/** Says where a script speaks of a zone that the node does not have. */
export function checkZoneIndices({ node, script }: Scripted, context: z.core.$RefinementCtx, at: PropertyKey[]): void {
  const count = node.zones.length;
  const check = (index: number, path: PropertyKey[]) => {
    if (index < count) return;
    const message = `expected a zone index below ${count}, but found ${index}`;
    context.addIssue({ code: 'custom', path: [...at, ...path], message, input: script });
  };
  script.forEach((turn, t) => {
    if ((turn.reclaimed?.length ?? 0) > count) check(turn.reclaimed!.length - 1, [t, 'reclaimed']);
    turn.merge?.forEach((merge, i) => {
      check(merge.zone, [t, 'merge', i, 'zone']);
      if (merge.to < merge.from) {
        const message = `expected an order of at least ${merge.from}, but found ${merge.to}`;
        context.addIssue({ code: 'custom', path: [...at, t, 'merge', i, 'to'], message, input: script });
      }
    });
    turn.events?.forEach((event, i) => {
      for (const [kind, args] of Object.entries(event)) {
        if (typeof args !== 'object') continue;
        if ('zone' in args) check(args.zone, [t, 'events', i, kind, 'zone']);
        if ('zoneIdx' in args) check(args.zoneIdx, [t, 'events', i, kind, 'zoneIdx']);
      }
    });
  });
}

const scenarioSchemaOn = (node: typeof nodeSchema) =>
  z
    .object({
      system: systemSchema,
      node,
      script: scriptSchema,
      limit: z.int().min(0).max(1_000_000).default(1000),
    })
    .superRefine((scenario, context) => {
      // The kernel starts no kswapd on a node without memory.
      if (!scenario.node.zones.some((zone) => zone.present > 0)) {
        const message = 'expected at least one zone with present pages';
        context.addIssue({ code: 'custom', path: ['node', 'zones'], message });
      }
      checkZoneIndices(scenario, context, ['script']);
    });

/**
 * A run of kswapd: where it starts, and what happens to it. Unknown fields of the envelope (id, trace, tags) are left
 * alone.
 */
export const scenarioSchema = scenarioSchemaOn(nodeSchema);

/** The same from v4.8 on, where a request may name no zone. */
export const laterScenarioSchema = scenarioSchemaOn(laterNodeSchema);
