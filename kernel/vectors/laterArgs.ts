import { z } from 'zod';
import { ALLOC_FLAG_NAMES, allocFlagsOf } from '../../model/index.ts';
import { order, pages } from '../schema/node.ts';
import { scriptSchema } from '../schema/scenario.ts';
import { argsSchemas } from './args.ts';

const index = z.int().min(0);
const allocFlags = z.array(z.enum(['OOM', ...ALLOC_FLAG_NAMES])).transform(allocFlagsOf);
const wmarkFlags = z
  .array(z.enum(['WMARK_MIN', 'WMARK_LOW', 'WMARK_HIGH', 'OOM', ...ALLOC_FLAG_NAMES]))
  .transform(allocFlagsOf);
const watermark = argsSchemas.zone_watermark_ok.extend({ allocFlags });
const compaction = argsSchemas.compaction_suitable.extend({ allocFlags: wmarkFlags });

/** The arguments of each function of kernels that balance nodes, by the names that vectors use. In pages. */
export const laterArgsSchemas = {
  __zone_watermark_ok: argsSchemas.__zone_watermark_ok.extend({ allocFlags }),
  zone_watermark_ok: watermark,
  zone_watermark_ok_safe: watermark.omit({ allocFlags: true }),
  zone_reclaimable_pages: argsSchemas.zone_reclaimable_pages,
  fill_contig_page_info: argsSchemas.fill_contig_page_info,
  __fragmentation_index: argsSchemas.__fragmentation_index,
  fragmentation_index: argsSchemas.fragmentation_index,
  __compaction_suitable: compaction.extend({ wmarkTarget: pages }),
  compaction_suitable: compaction,
  compaction_ready: z.strictObject({ zone: index, order, reclaimIdx: index }),
  pgdat_balanced: argsSchemas.pgdat_balanced,
  pgdat_watermark_boosted: z.strictObject({ zoneIdx: index }),
  kswapd_classzone_idx: z.strictObject({ zoneIdx: index }),
  kswapd_highest_zoneidx: z.strictObject({ zoneIdx: index }),
  allow_direct_reclaim: z.strictObject({ kswapdWaiting: z.boolean() }),
  prepare_kswapd_sleep: z.strictObject({ order, zoneIdx: index, throttled: z.boolean() }),
  wakeup_kswapd: argsSchemas.wakeup_kswapd.extend({ directReclaim: z.boolean() }),
  kswapd_shrink_node: z.strictObject({ order, reclaimIdx: index, nrReclaimed: pages, script: scriptSchema }),
  balance_pgdat: argsSchemas.balance_pgdat,
  kswapd_try_to_sleep: z.strictObject({
    allocOrder: order,
    reclaimOrder: order,
    zoneIdx: index,
    throttled: z.boolean(),
    freezing: z.boolean(),
    shouldStop: z.boolean(),
    script: scriptSchema,
  }),
};

export type LaterPredicateName = keyof typeof laterArgsSchemas;
export type LaterPredicateArgs<F extends LaterPredicateName> = z.output<(typeof laterArgsSchemas)[F]>;

export const isLaterPredicateName = (name: string): name is LaterPredicateName => Object.hasOwn(laterArgsSchemas, name);
