import { z } from 'zod';
import { COMPACT_RESULTS, GFP_NAMES, LAYOUTS, TASK_FLAG_NAMES } from '../../model/index.ts';
import { order } from './node.ts';
import {
  choicesOf,
  pages,
  scopeText,
  somePages,
  systemSchema,
  tooManyStarts,
  turnsSchema,
  watermarkSchema,
  type Scope,
} from './scope.ts';

const { x86_64: LAYOUT } = LAYOUTS;
const index = z.int().min(0);

const zoneSchema = z.strictObject({
  name: z.enum(LAYOUT).describe('The zone, from the lowest to the highest.'),
  managed: pages.min(1).describe('Pages that the buddy allocator has of it.'),
  watermark: watermarkSchema,
  lowmemReserve: z
    .array(pages)
    .length(LAYOUT.length)
    .default([0, 0, 0, 0])
    .describe('Pages kept from requests of each zone index, one entry for each zone of the layout.'),
  free: choicesOf(pages).describe('Free pages, in blocks of order 0: one number a start.'),
  file: somePages.default([0]).describe('Pages on the inactive file list: one number a start.'),
  anon: somePages.default([0]).describe('Pages on the inactive anonymous list: one number a start.'),
});

const nodeSchema = z.strictObject({
  zones: z.array(zoneSchema).max(LAYOUT.length).describe('The zones that have memory; none for a node without.'),
  failures: choicesOf(z.int().min(0).max(16))
    .default([0])
    .describe('Runs in a row in vain that it starts with, from v4.12 on.'),
});

/** What callers say of a request: as the kernel at hand writes it. */
export const CALLERS = ['kernel', 'noFs', 'atomic'] as const;

const requestSchema = z.strictObject({
  caller: z.enum(CALLERS).describe('Who may wait and enter file systems; who may wait; who may not wait.'),
  also: z.array(z.enum(GFP_NAMES)).default([]).describe('Flags besides.'),
  order: order.default(0).describe('The order of the block.'),
  nodemask: z.array(index).exactOptional().describe('The nodes that it may use; all if left out.'),
  lifetime: z
    .union([z.int().min(1).max(64), z.literal('cache')])
    .exactOptional()
    .describe('Turns after which the block is freed; "cache": it becomes page cache; kept if left out.'),
});

const taskSchema = z.strictObject({
  node: index.describe('The node whose CPU it runs on.'),
  flags: z.array(z.enum(TASK_FLAG_NAMES)).default([]).describe('What it is.'),
  requests: z.array(requestSchema).min(1).max(8).describe('What it asks for, one after the other.'),
});

const wholeTurnsSchema = turnsSchema
  .unwrap()
  .extend({
    compactResult: choicesOf(z.enum(COMPACT_RESULTS)).default(['skipped']).describe('What comes of compaction.'),
    signal: choicesOf(z.enum(['fatal', 'other']))
      .exactOptional()
      .describe('Signals that may end the wait of a task that is throttled.'),
    timeout: z.literal(true).exactOptional().describe('A second may pass for a task that is throttled.'),
  })
  .prefault({});

const eventsSchema = z
  .strictObject({
    swap: somePages.exactOptional().describe('Free swap slots.'),
    kill: z.literal(true).exactOptional().describe('A fatal signal may reach any task.'),
  })
  .prefault({});

/**
 * A scope of a whole machine: nodes with their kswapds, and tasks that work through their requests in the page
 * allocator and in direct reclaim.
 */
export const wholeScopeSchema = z
  .strictObject({
    ...scopeText,
    system: systemSchema
      .unwrap()
      .extend({ zoneReclaimMode: z.int().min(0).max(7).default(0).describe('vm.zone_reclaim_mode.') })
      .prefault({}),
    nodes: z.array(nodeSchema).min(1).max(4).describe('The nodes, each with a kswapd.'),
    tasks: z.array(taskSchema).min(1).max(4).describe('The tasks.'),
    turns: wholeTurnsSchema,
    events: eventsSchema,
  })
  .superRefine(({ nodes, tasks }, context) => {
    const say = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const started = nodes.flatMap((node) => [
      node.failures,
      ...node.zones.flatMap((zone) => [zone.free, zone.file, zone.anon]),
    ]);
    const tooMany = tooManyStarts(started);
    if (tooMany !== undefined) say(['nodes'], tooMany);
    for (const [n, { zones }] of nodes.entries()) {
      for (const [i, { name, managed, watermark, free, file, anon }] of zones.entries()) {
        const below = zones[i - 1];
        const at = ['nodes', n, 'zones', i];
        if (below !== undefined && LAYOUT.indexOf(below.name) >= LAYOUT.indexOf(name)) {
          say([...at, 'name'], `expected zones from the lowest to the highest, but ${name} follows ${below.name}`);
        }
        const { min, low, high } = watermark;
        if (min > low || low > high) say([...at, 'watermark'], 'expected marks that ascend');
        const full = Math.max(...free) + Math.max(...file) + Math.max(...anon);
        if (full > managed) say([...at, 'managed'], `expected at least the ${full} pages that are free or listed`);
      }
    }
    if (nodes[0]!.zones.length === 0) say(['nodes', 0, 'zones'], 'expected memory on the first node');
    for (const [t, { node, requests }] of tasks.entries()) {
      const named = [node, ...requests.flatMap(({ nodemask = [] }) => nodemask)];
      const wrong = named.find((one) => one >= nodes.length);
      if (wrong !== undefined) say(['tasks', t], `expected nodes below ${nodes.length}, but found ${wrong}`);
    }
  });

export type WholeScope = z.output<typeof wholeScopeSchema>;

/** A scope of either kind: of one kswapd and its environment, or of a whole machine. */
export type AnyScope = Scope | WholeScope;

export const isWholeScope = (scope: AnyScope): scope is WholeScope => 'nodes' in scope;
