import { z } from 'zod';
import { makeSetupMachine, setupAtBoot, setupWithMinFree, ZONE_NAMES, type Kernel } from '../../model/index.ts';
import { MAX_PAGES, pages } from '../schema/node.ts';

const MAX_INT = 2 ** 31 - 1;
const int = z
  .int()
  .min(-MAX_INT - 1)
  .max(MAX_INT);

const zone = z.strictObject({
  name: z.enum(ZONE_NAMES),
  present: pages,
  managed: pages,
  watermark: z.strictObject({ min: pages, low: pages, high: pages }),
  percpuDriftMark: pages,
});

/** A machine before set-up, and which part of set-up is asked for. */
export const setupSchema = z.object({
  fn: z.enum(['init_per_zone_wmark_min', 'setup_per_zone_wmarks']),
  nodes: z
    .array(z.strictObject({ id: z.int().min(0), zones: z.array(zone).min(1).max(ZONE_NAMES.length) }))
    .min(1)
    .refine(
      (nodes) => new Set(nodes.map(({ zones }) => zones.map(({ name }) => name).join())).size === 1,
      'expected the same zones in every node',
    ),
  args: z.strictObject({
    totalramPages: z.int().min(0).max(MAX_PAGES),
    onlineCpus: z.int().min(1).max(65536),
    minFreeKbytes: z.int().min(0).max(MAX_INT),
    userMinFreeKbytes: int,
    lowmemReserveRatio: z.array(int),
  }),
});

/** What set-up makes of the machine, in the form of the vectors. */
export function answerSetup(k: Kernel, { fn, nodes, args }: z.output<typeof setupSchema>): unknown {
  const before = makeSetupMachine(nodes, args);
  const after = fn === 'init_per_zone_wmark_min' ? setupAtBoot(k, before) : setupWithMinFree(k, before);
  return {
    minFreeKbytes: after.minFreeKbytes,
    pageCluster: after.pageCluster,
    totalreservePages: after.totalreservePages,
    nodes: after.nodes.map((node) => ({
      zones: node.zones.map(({ name: _name, present: _present, managed: _managed, ...derived }) => derived),
    })),
  };
}
