import { z } from 'zod';
import { MAX_ORDER, ZONE_NAMES } from '../../model/index.ts';
import { order } from './node.ts';

/** More pages than a machine has whose states can all be visited, and few enough to be packed. */
const MOST_PAGES = 4096;
export const pages = z.int().min(0).max(MOST_PAGES);

export const choicesOf = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(64);

/** Values of which each starts runs of its own, or that the environment chooses among. */
export const somePages = choicesOf(pages);

export const watermarkSchema = z.strictObject({
  min: pages.describe('The min mark.'),
  low: pages.describe('The low mark, at least the min mark.'),
  high: pages.describe('The high mark, at least the low mark.'),
});

const zoneSchema = z.strictObject({
  name: z.enum(ZONE_NAMES).describe('The zone, from the lowest to the highest.'),
  managed: pages.describe('Pages that the buddy allocator has of it; what is neither free nor on a list, tasks hold.'),
  watermark: watermarkSchema,
  lowmemReserve: z.array(pages).describe('Pages kept from requests of each zone index, one entry a zone.'),
  free: choicesOf(z.array(pages).max(MAX_ORDER)).describe('Free blocks of each order, from 0 on: one list a start.'),
  file: somePages.default([0]).describe('Pages on the inactive file list: one number a start.'),
  anon: somePages.default([0]).describe('Pages on the inactive anonymous list: one number a start.'),
  boost: somePages.default([0]).describe('Pages that its marks are boosted by, from v5.0 on: one number a start.'),
  scanned: somePages.default([0]).describe('Pages that reclaim has scanned since the zone was last freed to.'),
});

export const systemSchema = z
  .strictObject({
    swapPages: z.int().min(0).max(MOST_PAGES).default(0).describe('Free swap slots; none: anonymous pages stay.'),
    bufferHeadsOverLimit: z.boolean().default(false).describe('Whether buffer heads take more memory than they may.'),
    compaction: z.boolean().default(false).describe('Whether compaction is built in.'),
    cma: z.boolean().default(false).describe('Whether the contiguous memory allocator is built in.'),
    extfragThreshold: z.int().min(0).max(1000).default(500).describe('vm.extfrag_threshold.'),
    laptopMode: z.boolean().default(false).describe('Whether laptop mode is on.'),
  })
  .prefault({});

export const turnsSchema = z
  .strictObject({
    scanned: somePages.default([0]).describe('shrink: pages scanned.'),
    reclaimed: somePages.default([0]).describe('shrink: pages reclaimed of each zone.'),
    merged: z
      .array(
        z.strictObject({
          from: order.describe('The order of blocks that merge.'),
          to: order.describe('The order that they come to.'),
          count: pages.min(1).describe('Most larger blocks that come of it.'),
        }),
      )
      .default([])
      .describe('compact: blocks that become larger ones in one zone, besides none.'),
    remaining: choicesOf(z.int().min(0).max(100))
      .default([0, 10])
      .describe('shortSleep: jiffies left if kswapd was woken early.'),
  })
  .prefault({});

/** More starts than any search needs, and few enough to be tried before it begins. */
const MOST_STARTS = 20_000;

/** What is wrong with so many starts, which are all the ways to choose one of each list; undefined if nothing is. */
export function tooManyStarts(lists: readonly (readonly unknown[])[]): string | undefined {
  const starts = lists.reduce((product, { length }) => product * length, 1);
  if (starts <= MOST_STARTS) return undefined;
  return `expected values that make at most ${MOST_STARTS} starts, but they make ${starts}`;
}

/** What every scope says of itself. */
export const scopeText = {
  title: z.string().min(1).max(120).describe('A few words.'),
  covers: z.string().min(1).max(1000).describe('What it covers, in a sentence.'),
  kernels: z.array(z.string()).min(1).exactOptional().describe('The kernels that it is meant for; all if left out.'),
};

const orders = choicesOf(order);

/** What other tasks may do while kswapd waits, as often as they like. */
const eventsSchema = z
  .strictObject({
    take: orders.exactOptional().describe('Orders of blocks that are taken, where one is free.'),
    give: orders.exactOptional().describe('Orders of blocks that are freed, of the pages that tasks hold.'),
    lruCacheAdd: choicesOf(pages.min(1))
      .exactOptional()
      .describe('Pages that tasks hold and that become page cache at once.'),
    wakeup: orders.exactOptional().describe('Orders that kswapd is asked for, for every zone and zone index.'),
    directReclaim: choicesOf(z.boolean())
      .exactOptional()
      .describe('Whether those who ask could reclaim directly, from v4.17 on; yes if left out.'),
    throttle: z.int().min(1).max(8).exactOptional().describe('Most tasks that are throttled at once.'),
    pfmemallocCheck: z.int().min(1).max(8).exactOptional().describe('The same for tasks that ask first.'),
    bufferHeads: z.literal(true).exactOptional().describe('Buffer heads come over their limit, and below it again.'),
    swap: somePages.exactOptional().describe('Free swap slots.'),
    boost: somePages.exactOptional().describe('Pages that a zone is boosted to.'),
    freeze: z.literal(true).exactOptional().describe('kswapd may be asked to freeze.'),
    stop: z.literal(true).exactOptional().describe('kswapd may be told to stop.'),
  })
  .prefault({});

/**
 * A scope: machines so small that every state of them can be visited. Where several values are given, each of their
 * combinations is a start of its own, or the environment chooses.
 */
export const scopeSchema = z
  .strictObject({
    ...scopeText,
    system: systemSchema,
    zones: z.array(zoneSchema).min(1).max(ZONE_NAMES.length).describe('The zones of the node.'),
    failures: choicesOf(z.int().min(0).max(16))
      .default([0])
      .describe('Runs in a row in vain that the node starts with, from v4.12 on.'),
    pending: choicesOf(
      z.strictObject({
        order: order.describe('The order that was asked for.'),
        zoneIdx: z.int().min(0).max(ZONE_NAMES.length).describe('The highest zone that it may use.'),
      }),
    )
      .exactOptional()
      .describe('Requests one of which the node starts with; order 0 up to the highest zone if left out.'),
    turns: turnsSchema,
    events: eventsSchema,
  })
  .superRefine(({ zones, turns, failures, pending = [] }, context) => {
    const say = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const started = zones.flatMap(({ free, file, anon, boost, scanned }) => [free, file, anon, boost, scanned]);
    const tooMany = tooManyStarts([...started, failures, pending.length > 0 ? pending : [0]]);
    if (tooMany !== undefined) say(['zones'], tooMany);
    for (const [i, { name, managed, watermark, lowmemReserve, free, file, anon }] of zones.entries()) {
      const below = zones[i - 1];
      if (below !== undefined && ZONE_NAMES.indexOf(below.name) >= ZONE_NAMES.indexOf(name)) {
        say(['zones', i, 'name'], `expected zones from the lowest to the highest, but ${name} follows ${below.name}`);
      }
      if (lowmemReserve.length !== zones.length) {
        say(['zones', i, 'lowmemReserve'], `expected ${zones.length} entries, one per zone`);
      }
      const { min, low, high } = watermark;
      if (min > low || low > high) say(['zones', i, 'watermark'], 'expected marks that ascend');
      const freePages = free.map((blocks) => blocks.reduce((sum, count, o) => sum + count * (1 << o), 0));
      const full = Math.max(...freePages) + Math.max(...file) + Math.max(...anon);
      if (full > managed) {
        say(['zones', i, 'managed'], `expected at least the ${full} pages that are free or on its lists`);
      }
    }
    for (const [i, { zoneIdx }] of pending.entries()) {
      // Later kernels write a number beyond the zones where nothing is pending.
      if (zoneIdx > zones.length) say(['pending', i, 'zoneIdx'], `expected at most ${zones.length}`);
    }
    for (const [i, { from, to }] of turns.merged.entries()) {
      if (to <= from) say(['turns', 'merged', i, 'to'], `expected an order above ${from}`);
    }
  });

export type Scope = z.output<typeof scopeSchema>;
