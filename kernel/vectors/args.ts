import { z } from 'zod';
import { ALLOC_FLAG_NAMES, allocFlagsOf } from '../../model/index.ts';
import { MAX_PAGES, order, pages } from '../schema/node.ts';
import { scriptSchema } from '../schema/scenario.ts';

const index = z.int().min(0);
const anyPages = z.int().min(-MAX_PAGES).max(MAX_PAGES);
const allocFlags = z.array(z.enum(ALLOC_FLAG_NAMES)).transform(allocFlagsOf);

const watermark = { zone: index, order, mark: pages, zoneIdx: index, allocFlags };
const compaction = { zone: index, order: z.int().min(-1).max(10), allocFlags, zoneIdx: index };

/** The arguments of each function, by the names that vectors use. Quantities are in pages. */
export const argsSchemas = {
  __zone_watermark_ok: z.strictObject({ ...watermark, freePages: anyPages }),
  zone_watermark_ok: z.strictObject(watermark),
  zone_watermark_ok_safe: z.strictObject(watermark),
  zone_reclaimable_pages: z.strictObject({ zone: index }),
  zone_reclaimable: z.strictObject({ zone: index }),
  fill_contig_page_info: z.strictObject({ zone: index, order }),
  __fragmentation_index: z.strictObject({
    order,
    freePages: pages,
    freeBlocksTotal: pages,
    freeBlocksSuitable: pages,
  }),
  fragmentation_index: z.strictObject({ zone: index, order }),
  __compaction_suitable: z.strictObject(compaction),
  compaction_suitable: z.strictObject(compaction),
  zone_balanced: z.strictObject({ zone: index, order, balanceGap: pages, zoneIdx: index }),
  pgdat_balanced: z.strictObject({ order, zoneIdx: index }),
  pfmemalloc_watermark_ok: z.strictObject({ kswapdWaiting: z.boolean() }),
  prepare_kswapd_sleep: z.strictObject({
    order,
    remaining: z.int().min(0),
    zoneIdx: index,
    throttled: z.boolean(),
  }),
  wakeup_kswapd: z.strictObject({ zone: index, order, zoneIdx: index, kswapdWaiting: z.boolean() }),
  kswapd_shrink_zone: z.strictObject({
    zone: index,
    zoneIdx: index,
    order,
    priority: z.int().min(0).max(12),
    nrReclaimed: pages,
    nrAttempted: pages,
    script: scriptSchema,
  }),
  balance_pgdat: z.strictObject({
    order,
    zoneIdx: index,
    throttled: z.boolean(),
    script: scriptSchema,
    limit: z.int().min(0).max(1_000_000).exactOptional(),
  }),
  kswapd_try_to_sleep: z.strictObject({ order, zoneIdx: index, throttled: z.boolean(), script: scriptSchema }),
};

export type PredicateName = keyof typeof argsSchemas;
export type PredicateArgs<F extends PredicateName> = z.output<(typeof argsSchemas)[F]>;

export const isPredicateName = (name: string): name is PredicateName => Object.hasOwn(argsSchemas, name);
