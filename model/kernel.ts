import { changedProgram, type AllocChanges, type AllocProgram } from './alloc/program.ts';
import type { AllocatorRules } from './alloc/rules.ts';
import type { DirectReclaim } from './direct/program.ts';
import type { Transition, Yield } from './loop/transition.ts';
import type { pgdatBalanced, zoneBalanced } from './rules/balance.ts';
import type { compactionSuitable } from './rules/compaction.ts';
import type { __fragmentationIndex, fillContigPageInfo, fragmentationIndex } from './rules/fragmentation.ts';
import type { highWmarkPages, lowWmarkPages, minWmarkPages } from './rules/marks.ts';
import type { pfmemallocWatermarkOk } from './rules/pfmemalloc.ts';
import type { shrinkZone } from './rules/reclaim.ts';
import type { zoneReclaimable, zoneReclaimablePages } from './rules/reclaimable.ts';
import type { prepareKswapdSleep } from './rules/sleep.ts';
import type { __compactionSuitable } from './rules/v4_19/compaction.ts';
import type { compactionReady } from './rules/v4_19/compactionReady.ts';
import type { shrinkNode } from './rules/v4_19/shrinkNode.ts';
import type { kswapdClasszoneIdx } from './rules/v4_19/request.ts';
import type { allowDirectReclaim } from './rules/v4_19/pfmemalloc.ts';
import type { wakeupKswapd } from './rules/v4_19/wakeup.ts';
import type { pgdatWatermarkBoosted } from './rules/v5_9/boost.ts';
import type { kswapdHighestZoneidx } from './rules/v5_9/request.ts';
import type { __zoneWatermarkOk, zoneWatermarkOk, zoneWatermarkOkSafe } from './rules/watermark.ts';
import type { SetupRules } from './setup/rules.ts';
import type { Node } from './state/node.ts';
import type { RunningPoint, Thread, YieldPoint } from './state/thread.ts';

/**
 * The rules of a kernel. Each takes the kernel first, and asks other rules through it, so that a replaced one is used
 * everywhere.
 */
export interface Rules extends SetupRules, AllocatorRules {
  readonly minWmarkPages: typeof minWmarkPages;
  readonly lowWmarkPages: typeof lowWmarkPages;
  readonly highWmarkPages: typeof highWmarkPages;
  readonly __zoneWatermarkOk: typeof __zoneWatermarkOk;
  readonly zoneWatermarkOk: typeof zoneWatermarkOk;
  readonly zoneWatermarkOkSafe: typeof zoneWatermarkOkSafe;
  readonly zoneReclaimablePages: typeof zoneReclaimablePages;
  readonly zoneReclaimable: typeof zoneReclaimable;
  readonly fillContigPageInfo: typeof fillContigPageInfo;
  readonly __fragmentationIndex: typeof __fragmentationIndex;
  readonly fragmentationIndex: typeof fragmentationIndex;
  readonly __compactionSuitable: typeof __compactionSuitable;
  readonly compactionSuitable: typeof compactionSuitable;
  readonly zoneBalanced: typeof zoneBalanced;
  readonly pgdatBalanced: typeof pgdatBalanced;
  readonly pgdatWatermarkBoosted: typeof pgdatWatermarkBoosted;
  readonly pfmemallocWatermarkOk: typeof pfmemallocWatermarkOk;
  readonly allowDirectReclaim: typeof allowDirectReclaim;
  readonly prepareKswapdSleep: typeof prepareKswapdSleep;
  readonly wakeupKswapd: typeof wakeupKswapd;
  readonly kswapdClasszoneIdx: typeof kswapdClasszoneIdx;
  readonly kswapdHighestZoneidx: typeof kswapdHighestZoneidx;
  readonly shrinkZone: typeof shrinkZone;
  readonly shrinkNode: typeof shrinkNode;
  readonly compactionReady: typeof compactionReady;
}

export type RuleName = keyof Rules;

/** kswapd's loop: where it starts, and what it does at each of the points that it has. */
export interface Loop {
  /** kswapd's thread as it begins to run. */
  readonly startThread: (node: Node) => Thread;
  readonly transitions: Readonly<Partial<Record<RunningPoint, Transition>>>;
  readonly yields: Readonly<Partial<Record<YieldPoint, Yield>>>;
}

/** A kernel: its rules, and its kswapd's loop. */
export interface Kernel extends Rules, Loop {
  readonly name: string;
  /** The specified kernel that it is, or that it was made from: whose verdicts are expected of it. */
  readonly base: string;
  /** What it does differently from the kernel before it, oldest first; empty for the first one. */
  readonly differences: readonly Difference[];
  /** Rules that belong to other kernels, and that this one has no such thing as. */
  readonly absent: readonly RuleName[];
  /** What a task does that has to free memory itself. */
  readonly directReclaim: DirectReclaim;
  /** What a task does that allocates. */
  readonly allocator: AllocProgram;
}

/** One change in the kernel's history, and the rules that it made what they are in the kernel at hand. */
export interface Difference {
  /** The version that brought it: `v4.8`. */
  readonly since: string;
  /** The commit that brought it, abbreviated, where it is known. */
  readonly commit?: string;
  /** What changed and why, in a sentence or two. */
  readonly why: string;
  /** The rules as they are in the kernel at hand. A rule that changed more than once stands in each of its changes. */
  readonly rules?: Partial<Rules>;
  /** The rules that went away. */
  readonly removes?: readonly RuleName[];
  /** The loop as it is in the kernel at hand, if it was written anew. */
  readonly loop?: Loop;
  /** Steps of the loop as they are in the kernel at hand. */
  readonly transitions?: Loop['transitions'];
  /** The steps of direct reclaim as they are in the kernel at hand. */
  readonly directReclaim?: DirectChanges;
  /** The steps of the page allocator as they are in the kernel at hand, and the points that went away. */
  readonly allocator?: AllocChanges;
}

/** Steps of direct reclaim that are other ones. */
export type DirectChanges = { readonly [P in keyof DirectReclaim]?: Partial<DirectReclaim[P]> };

/** Direct reclaim with some of its steps replaced. */
const changedDirect = (base: DirectReclaim, { transitions, yields }: DirectChanges): DirectReclaim => ({
  transitions: { ...base.transitions, ...transitions },
  yields: { ...base.yields, ...yields },
});

/** A rule that a kernel does not have. Only a mistake in the specification ever asks it. */
const absentRule = (kernel: string, rule: RuleName) => (): never => {
  throw new Error(`${kernel} has no ${rule}`);
};

/** Rules that a kernel does not have yet, or no longer. */
export const withoutRules = <N extends RuleName>(kernel: string, names: readonly N[]): Pick<Rules, N> =>
  Object.fromEntries(names.map((name) => [name, absentRule(kernel, name)])) as unknown as Pick<Rules, N>;

/** Whether a kernel has a rule at all. */
export const hasRule = ({ absent }: Kernel, rule: RuleName): boolean => !absent.includes(rule);

/** The next kernel that is specified: the one before it, and every difference, oldest first. */
export function laterKernel(base: Kernel, name: string, differences: readonly Difference[]): Kernel {
  const absent = new Set(base.absent);
  const kernel: Kernel = { ...base, name, base: name, differences };
  for (const {
    rules = {},
    removes = [],
    loop = {},
    transitions = {},
    directReclaim = {},
    allocator = {},
  } of differences) {
    Object.assign(kernel, rules, loop);
    Object.assign(kernel, {
      transitions: { ...kernel.transitions, ...transitions },
      directReclaim: changedDirect(kernel.directReclaim, directReclaim),
      allocator: changedProgram(kernel.allocator, allocator),
    });
    for (const rule of Object.keys(rules) as RuleName[]) absent.delete(rule);
    for (const rule of removes) absent.add(rule);
  }
  return { ...kernel, ...withoutRules(name, [...absent]), absent: [...absent] };
}

/** What a kernel of one's own does differently from the one that it is made from. */
export interface Changes extends Partial<Rules> {
  readonly name: string;
  readonly startThread?: Loop['startThread'];
  readonly transitions?: Loop['transitions'];
  readonly yields?: Loop['yields'];
  readonly directReclaim?: DirectChanges;
  readonly allocator?: AllocChanges;
}

/** A kernel like another one but for some rules or steps of its loop. */
export function deriveKernel(base: Kernel, changes: Changes): Kernel {
  return {
    ...base,
    ...changes,
    transitions: { ...base.transitions, ...changes.transitions },
    yields: { ...base.yields, ...changes.yields },
    directReclaim: changedDirect(base.directReclaim, changes.directReclaim ?? {}),
    allocator: changedProgram(base.allocator, changes.allocator ?? {}),
  };
}
