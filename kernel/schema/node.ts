import { z } from 'zod';
import { MAX_ORDER, MIGRATE_TYPES, ZONE_FLAGS, ZONE_NAMES } from '../../model/index.ts';

/** More pages than any machine has (16 TiB), and few enough that every sum and product of the rules stays exact. */
export const MAX_PAGES = 2 ** 32;

export const pages = z.int().min(0).max(MAX_PAGES);
export const order = z
  .int()
  .min(0)
  .max(MAX_ORDER - 1);
const blocks = z.array(pages).max(MAX_ORDER);

const watermark = z.strictObject({ min: pages, low: pages, high: pages });
const lists = Object.fromEntries(MIGRATE_TYPES.map((type) => [type, blocks.exactOptional()])) as Record<
  (typeof MIGRATE_TYPES)[number],
  z.ZodExactOptional<typeof blocks>
>;

/** A zone, as DESIGN's one format of a case writes it. Quantities are in pages, free lists in blocks per order. */
const zoneSchema = z.strictObject({
  name: z.enum(ZONE_NAMES),
  present: pages,
  managed: pages,
  watermark,
  boost: pages.default(0),
  lowmemReserve: z.array(pages),
  free: z.strictObject(lists),
  reservedHighatomic: pages.default(0),
  vmstatDrift: z.int().min(-MAX_PAGES).max(MAX_PAGES).default(0),
  percpuDriftMark: pages.default(0),
  lru: z.strictObject({ inactiveAnon: pages, activeAnon: pages, inactiveFile: pages, activeFile: pages }),
  pagesScanned: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  flags: z.array(z.enum(ZONE_FLAGS)).default([]),
});

interface NodeToCheck {
  readonly zones: readonly z.output<typeof zoneSchema>[];
  readonly kswapd: { readonly zoneIdx: number };
}

/** Says what does not fit together in a node whose request may name a zone index of so many beyond its zones. */
const checkNodeUpTo = (beyond: 0 | 1) => (node: NodeToCheck, context: z.core.$RefinementCtx) => {
  const count = node.zones.length;
  node.zones.forEach((zone, i) => {
    if (zone.lowmemReserve.length !== count) {
      context.addIssue({
        code: 'custom',
        path: ['zones', i, 'lowmemReserve'],
        message: `expected ${count} entries, one per zone, but found ${zone.lowmemReserve.length}`,
      });
    }
    const above = node.zones[i - 1];
    if (above !== undefined && ZONE_NAMES.indexOf(above.name) >= ZONE_NAMES.indexOf(zone.name)) {
      context.addIssue({
        code: 'custom',
        path: ['zones', i, 'name'],
        message: `expected zones from the lowest to the highest, each once, but ${zone.name} follows ${above.name}`,
      });
    }
  });
  if (node.kswapd.zoneIdx >= count + beyond) {
    context.addIssue({
      code: 'custom',
      path: ['kswapd', 'zoneIdx'],
      message: `expected a zone index below ${count + beyond}, but found ${node.kswapd.zoneIdx}`,
    });
  }
};

const zonesOf = <Z extends z.ZodType>(zone: Z) => z.array(zone).min(1).max(ZONE_NAMES.length);
const kswapd = z.strictObject({ order, zoneIdx: z.int().min(0), failures: z.int().min(0).default(0) });
const id = z.int().min(0);

/** A node whose request names a zone index of at most so many beyond its zones. */
const nodeSchemaUpTo = (beyond: 0 | 1) =>
  z.strictObject({ id, zones: zonesOf(zoneSchema), kswapd }).superRefine(checkNodeUpTo(beyond));

export const nodeSchema = nodeSchemaUpTo(0);

/** A node from v4.8 on: one more than its highest zone index means that nothing is asked. */
export const laterNodeSchema = nodeSchemaUpTo(1);

/** The order of a request, which may be one that no block has. */
export const askedOrder = z.int().min(0).max(MAX_ORDER);

/** What only the page allocator reads of a zone; each kernel has its own of these. */
const allocZoneSchema = zoneSchema.extend({
  allocBatch: z.int().min(-MAX_PAGES).max(MAX_PAGES).exactOptional(),
  dirtyOk: z.boolean().exactOptional(),
  writePending: pages.exactOptional(),
  rmqueueFails: pages.exactOptional(),
  nofragmentFails: z.boolean().exactOptional(),
});

/** A node of a machine whose tasks allocate: whether its kswapd waits to be woken is said too. */
export const allocNodeSchema = z
  .strictObject({
    id,
    zones: zonesOf(allocZoneSchema),
    kswapd: kswapd.extend({ order: askedOrder, waiting: z.boolean().default(false) }),
    dirtyOk: z.boolean().exactOptional(),
  })
  .superRefine(checkNodeUpTo(1));

/** Free swap, in pages. The kernel's counter may fall below zero for a moment, while two tasks take the last slot. */
export const swapPages = z.int().min(-MAX_PAGES).max(Number.MAX_SAFE_INTEGER);

export const systemSchema = z.strictObject({
  swapPages,
  bufferHeadsOverLimit: z.boolean(),
  compaction: z.boolean(),
  cma: z.boolean(),
  extfragThreshold: z.int().min(0).max(1000),
  laptopMode: z.boolean(),
});
