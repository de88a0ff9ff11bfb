/**
 * The one format of a case: what a machine starts as, and what its environment does. Generated cases, conformance
 * vectors, saved counterexamples and witnesses are all scenarios, written as JSON.
 */
import type { MigrateType } from './state/freeArea.ts';
import type { Request } from './state/node.ts';
import type { System } from './state/system.ts';
import type { Lru, Watermark, ZoneName } from './state/zone.ts';

export const ZONE_FLAGS = ['congested', 'dirty', 'writeback', 'fairDepleted', 'boostedWatermark'] as const;
export type ZoneFlag = (typeof ZONE_FLAGS)[number];

/** A zone as a scenario writes it. All quantities are in pages, free lists in blocks. */
export interface ScenarioZone {
  readonly name: ZoneName;
  readonly present: number;
  readonly managed: number;
  readonly watermark: Watermark;
  readonly boost: number;
  readonly lowmemReserve: readonly number[];
  /** Free blocks of order 0 to 10 per migrate type; a list left out is all zero. */
  readonly free: Partial<Readonly<Record<MigrateType, readonly number[]>>>;
  readonly reservedHighatomic: number;
  readonly vmstatDrift: number;
  readonly percpuDriftMark: number;
  readonly lru: Lru;
  readonly pagesScanned: number;
  readonly flags: readonly ZoneFlag[];
  /** What only the page allocator reads; each kernel has its own of these. */
  readonly allocBatch?: number;
  readonly dirtyOk?: boolean;
  readonly writePending?: number;
  readonly rmqueueFails?: number;
  readonly nofragmentFails?: boolean;
}

export interface ScenarioNode {
  readonly id: number;
  readonly zones: readonly ScenarioZone[];
  readonly kswapd: Request;
  /** From v4.8 on. */
  readonly dirtyOk?: boolean;
}

/** One thing that another task does. */
export type Event =
  | { readonly take: { readonly zone: number; readonly order: number; readonly count: number } }
  | { readonly give: { readonly zone: number; readonly order: number; readonly count: number } }
  /** Pages that tasks hold become page cache: they go on the zone's inactive file list. */
  | { readonly lruCacheAdd: { readonly zone: number; readonly pages: number } }
  | {
      readonly wakeup: {
        readonly zone: number;
        readonly order: number;
        readonly zoneIdx: number;
        readonly directReclaim?: boolean;
      };
    }
  | { readonly throttle: true }
  | { readonly pfmemallocCheck: true }
  | { readonly bufferHeads: boolean }
  | { readonly swap: number }
  | { readonly boost: { readonly zone: number; readonly pages: number } }
  | { readonly freeze: true }
  | { readonly stop: true };

/** Movable blocks of order `from` that become `count` blocks of order `to`. */
export interface Merge {
  readonly zone: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What the environment does at one yield point; a point reads the fields that concern it. */
export interface Turn {
  /** shrink: pages scanned, at least as many as are reclaimed. */
  readonly scanned?: number;
  /** shrink: pages reclaimed, by zone index. */
  readonly reclaimed?: readonly number[];
  /** compact: blocks that compaction makes. */
  readonly merge?: readonly Merge[];
  /** All points: what other tasks do meanwhile, in order. */
  readonly events?: readonly Event[];
  /** shortSleep: jiffies left if kswapd was woken early. */
  readonly remaining?: number;
}

/** A run of kswapd: where it starts, what happens to it, and after how many turns it is cut off. */
export interface Scenario {
  readonly system: System;
  readonly node: ScenarioNode;
  readonly script: readonly Turn[];
  readonly limit: number;
}
