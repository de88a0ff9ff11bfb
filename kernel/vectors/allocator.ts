import { z } from 'zod';
import {
  allocFlagsOf,
  bootMemory,
  describeAllocFlags,
  describeNodes,
  firstZonesZonelist,
  GFP_THISNODE,
  gfpOf,
  hasRule,
  LAYOUTS,
  makeNode,
  runAllocation,
  startAllocation,
  startSingleAttempt,
  taskFlagsOf,
  WMARK_BITS,
  wmarkOf,
  zonelistAt,
  type AllocEnded,
  type AllocTask,
  type Kernel,
  type Memory,
} from '../../model/index.ts';
import { parseWith } from '../parse.ts';
import {
  isWalkName,
  WALK_NAMES,
  maskArgsSchemas,
  maskSystemSchema,
  walkCaseSchema,
  watermarkFastCaseSchema,
  zonelistsCaseSchema,
  type WalkArgs,
  type WalkName,
} from '../schema/alloc.ts';
import type { AnswerBody } from './answerBody.ts';

/** How each function that keeps nothing is asked of the model. */
const answerers: Readonly<Record<string, (k: Kernel, input: unknown, place: string) => AnswerBody>> = {
  gfp_zone: (k, input, place) => {
    const schema = z.object({ system: maskSystemSchema, args: maskArgsSchemas.gfp_zone });
    const { system, args } = parseWith(schema, input, place);
    const gfp = gfpOf(args.gfp);
    return {
      result: {
        zoneIdx: k.gfpZone(k, LAYOUTS[system.layout], gfp),
        migrateType: k.gfpflagsToMigratetype(k, gfp),
        thisNode: (gfp & GFP_THISNODE) !== 0,
      },
    };
  },
  gfp_to_alloc_flags: (k, input, place) => {
    const schema = z.object({ system: maskSystemSchema, args: maskArgsSchemas.gfp_to_alloc_flags });
    const { system, args } = parseWith(schema, input, place);
    const [gfp, task] = [gfpOf(args.gfp), taskFlagsOf(args.task)];
    const flags = k.gfpToAllocFlags(k, system, gfp, task);
    return {
      result: {
        wmark: wmarkOf(flags),
        allocFlags: describeAllocFlags(flags),
        ...(hasRule(k, '__gfpPfmemallocFlags')
          ? { reserveFlags: describeAllocFlags(k.__gfpPfmemallocFlags(k, gfp, task)) }
          : {}),
        pfmemallocAllowed: k.gfpPfmemallocAllowed(k, system, gfp, task),
      },
    };
  },
  zone_watermark_fast: (k, input, place) => {
    const { system, nodes, args } = parseWith(watermarkFastCaseSchema, input, place);
    const { order, mark, zoneIdx, wmark } = args;
    const zone = makeNode(nodes[args.node]!).zones[args.zone]!;
    const flags = WMARK_BITS[wmark] | allocFlagsOf(args.allocFlags);
    return { result: k.zoneWatermarkFast(k, system, zone, order, mark, zoneIdx, flags, gfpOf(args.gfp)) };
  },
  build_zonelists: (k, input, place) => {
    const { system, nodes, args } = parseWith(zonelistsCaseSchema, input, place);
    const { hasCpus, zonelistOrder = 'default' } = args;
    const lists = k.buildZonelists(k, { nodes: nodes.map(makeNode), hasCpus, numa: { ...system, zonelistOrder } });
    return { result: lists.map(({ fallback, thisNode }) => ({ fallback, thisNode })) };
  },
};

/** The functions of the page allocator that vectors ask. */
export const ALLOCATOR_FUNCTIONS: readonly string[] = [...Object.keys(answerers), ...WALK_NAMES];

/** Whether vectors ask this function of the page allocator. */
export const isAllocatorFunction = (fn: string): boolean => ALLOCATOR_FUNCTIONS.includes(fn);

/** What the page allocator answers. */
export function answerAllocator(k: Kernel, fn: string, input: unknown, place: string): AnswerBody {
  return isWalkName(fn) ? answerWalk(k, fn, input, place) : answerers[fn]!(k, input, place);
}

type Walk<F extends WalkName> = z.output<ReturnType<typeof walkCaseSchema<F>>>;

/** What a walk did and gave, and the memory that it leaves. */
interface Walked {
  readonly trace: unknown;
  readonly result: unknown;
  readonly memory: Memory;
}

const requestOf = ({ gfp, order, preferredNode, nodemask }: WalkArgs<WalkName>, localNode: number) => ({
  gfp: gfpOf(gfp),
  order,
  preferredNode,
  localNode,
  nodemask,
});

const walkedTo = ({ end, trace, task, memory }: AllocEnded): Walked => ({
  trace,
  result: end === 'limit' ? 'limit' : task.page,
  memory,
});

/** The task that a case of a whole allocation, or of one attempt, starts with. */
export const starters = {
  __alloc_pages_nodemask: (_k: Kernel, _memory: Memory, args: WalkArgs<'__alloc_pages_nodemask'>): AllocTask =>
    startAllocation(requestOf(args, args.localNode), taskFlagsOf(args.task)),
  get_page_from_freelist: (k: Kernel, memory: Memory, args: WalkArgs<'get_page_from_freelist'>): AllocTask => {
    const allocFlags = WMARK_BITS[args.wmark] | allocFlagsOf(args.allocFlags);
    const request = requestOf(args, args.preferredNode);
    return startSingleAttempt(k, memory, request, taskFlagsOf(args.task), allocFlags, args.spreadDirty);
  },
};

/** How each function that walks over a zonelist is asked of the model. */
const walkers: { readonly [F in WalkName]: (k: Kernel, memory: Memory, given: Walk<F>) => Walked } = {
  __alloc_pages_nodemask: (k, memory, { args, ...environment }) => {
    const task = starters.__alloc_pages_nodemask(k, memory, args);
    return walkedTo(runAllocation(k, { memory, task }, environment));
  },
  get_page_from_freelist: (k, memory, { args, ...environment }) => {
    const task = starters.get_page_from_freelist(k, memory, args);
    return walkedTo(runAllocation(k, { memory, task }, environment));
  },
  wake_all_kswapds: (k, memory, { args: { gfp: names, order, preferredNode, nodemask } }) => {
    const gfp = gfpOf(names);
    const zonelist = zonelistAt(memory, { node: preferredNode, thisNode: (gfp & GFP_THISNODE) !== 0 });
    const highZoneidx = k.gfpZone(k, LAYOUTS[memory.numa.layout], gfp);
    const preferred = firstZonesZonelist(zonelist, highZoneidx, nodemask);
    const woken = k.wakeAllKswapds(k, memory, { zonelist, highZoneidx, nodemask, preferred, order, gfp });
    return { trace: woken.records, result: null, memory: woken.memory };
  },
};

/** What a walk over a zonelist answers, and what it leaves. */
function answerWalk<F extends WalkName>(k: Kernel, fn: F, input: unknown, place: string): AnswerBody {
  const given = parseWith(walkCaseSchema(fn), input, place) as Walk<F>;
  const { trace, result, memory } = walkers[fn](k, bootMemory(k, given), given);
  const final = describeNodes(memory, given.nodes);
  if (given.zonelists.every(({ zlc }) => zlc === undefined)) return { trace, result, final };
  return { trace, result, final, finalZlc: memory.zonelists.map(({ zlc }) => zlc) };
}
