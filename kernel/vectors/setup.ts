import { z } from 'zod';
import {
  makeSetupMachine,
  setupAtBoot,
  setupWithMinFree,
  ZONE_NAMES,
  type Kernel,
  type SetupMachine,
  type SetupZone,
} from '../../model/index.ts';
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
  boost: pages.exactOptional(),
  lowmemReserve: z.array(pages).exactOptional(),
  percpuDriftMark: pages,
});

const args = {
  onlineCpus: z.int().min(1).max(65536),
  minFreeKbytes: z.int().min(0).max(MAX_INT),
  userMinFreeKbytes: int,
  lowmemReserveRatio: z.array(int),
  watermarkScaleFactor: z.int().min(0).max(10_000).exactOptional(),
  movableIsHighmem: z.boolean().exactOptional(),
};

/** Nodes before set-up. */
export const setupNodesSchema = z
  .array(z.strictObject({ id: z.int().min(0), zones: z.array(zone).min(1).max(ZONE_NAMES.length) }))
  .min(1)
  .refine(
    (nodes) => new Set(nodes.map(({ zones }) => zones.map(({ name }) => name).join())).size === 1,
    'expected the same zones in every node',
  )
  .refine(
    (nodes) =>
      nodes.every(({ zones }) => zones.every(({ lowmemReserve }) => (lowmemReserve ?? zones).length === zones.length)),
    'expected as many entries in each lowmemReserve as there are zones',
  );

/** All settings that set-up depends on. */
export const setupArgsSchema = z.strictObject({ totalramPages: z.int().min(0).max(MAX_PAGES), ...args });

/** The parts of set-up that are asked for, and how each is done. */
const FUNCTIONS = {
  init_per_zone_wmark_min: setupAtBoot,
  setup_per_zone_wmarks: setupWithMinFree,
  __setup_per_zone_wmarks: (k, m) => k.setupPerZoneWmarks(k, m),
  setup_per_zone_lowmem_reserve: (k, m) => k.setupPerZoneLowmemReserve(k, m),
  refresh_zone_stat_thresholds: (k, m) => k.refreshZoneStatThresholds(k, m),
} as const satisfies Record<string, (k: Kernel, m: SetupMachine) => SetupMachine>;

type SetupFunction = keyof typeof FUNCTIONS;

/** A machine before set-up, and which part of set-up is asked for. Vectors of v4.19 and later leave totalram out. */
export const setupSchema = z.object({
  fn: z.enum(Object.keys(FUNCTIONS) as SetupFunction[]),
  nodes: setupNodesSchema,
  args: z.strictObject({ totalramPages: setupArgsSchema.shape.totalramPages.exactOptional(), ...args }),
});

type SetupVector = z.output<typeof setupSchema>;

/** What set-up makes of the machine, in the form of the vectors: v4.0's, or that of v4.19 and later. */
export function answerSetup(k: Kernel, vector: SetupVector): unknown {
  const { totalramPages } = vector.args;
  const before = makeSetupMachine(vector.nodes, { ...vector.args, totalramPages: totalramPages ?? 0 });
  const after = FUNCTIONS[vector.fn](k, before);
  return totalramPages === undefined ? laterForm(vector, after) : firstForm(after);
}

const firstForm = ({ minFreeKbytes, pageCluster, totalreservePages, nodes }: SetupMachine) => ({
  minFreeKbytes,
  pageCluster,
  totalreservePages,
  nodes: nodes.map(({ zones }) => ({
    zones: zones.map((one) => ({
      watermark: one.watermark,
      lowmemReserve: one.lowmemReserve,
      percpuDriftMark: one.percpuDriftMark,
      normalThreshold: one.normalThreshold,
      pressureThreshold: one.pressureThreshold,
      inactiveRatio: one.inactiveRatio,
      dirtyBalanceReserve: one.dirtyBalanceReserve,
    })),
  })),
});

const laterForm = ({ fn, nodes: given }: SetupVector, { minFreeKbytes, totalreservePages, nodes }: SetupMachine) => ({
  minFreeKbytes,
  totalreservePages,
  nodes: nodes.map((node, n) => ({
    totalreservePages: node.totalreservePages,
    zones: node.zones.map((one, i) => ({
      watermark: one.watermark,
      ...(given[n]?.zones[i]?.boost === undefined ? {} : { boost: one.boost }),
      lowmemReserve: one.lowmemReserve,
      percpuDriftMark: one.percpuDriftMark,
      ...thresholdsOf(fn, one),
    })),
  })),
});

/** Thresholds, where the function sets them. A zone without pages has no counters of cpus that could drift. */
function thresholdsOf(fn: SetupFunction, { present, normalThreshold, pressureThreshold }: SetupZone) {
  if (fn !== 'init_per_zone_wmark_min' && fn !== 'refresh_zone_stat_thresholds') return {};
  return { normalThreshold: present > 0 ? normalThreshold : 0, pressureThreshold };
}
