import type { AllocNode, GfpName, WholeScenario, WholeScenarioTask, WholeTurn } from '../../../model/index.ts';
import { machineOf, type NodeSketch } from '../alloc/sketch.ts';

/** What an example says of a machine; nodes sleep unless it says otherwise. */
export interface WholeSketch extends Partial<Omit<WholeScenario, 'system' | 'nodes'>> {
  readonly of: readonly NodeSketch[];
  readonly awake?: boolean;
  readonly compaction?: boolean;
  readonly zoneReclaimMode?: number;
  readonly swapPages?: number;
}

/** A machine of 64 bits that stops with its script. */
export function whole({
  of,
  awake = false,
  compaction = false,
  zoneReclaimMode = 0,
  swapPages = 0,
  ...rest
}: WholeSketch): WholeScenario {
  const { system, nodes } = machineOf({ nodes: of, waiting: !awake, compaction, zoneReclaimMode });
  const written = nodes.map((node): AllocNode => node);
  return {
    system: { ...system, swapPages },
    nodes: written,
    tasks: [],
    script: [],
    afterwards: 'stop',
    limit: 200,
    ...rest,
  };
}

/** Who may wait, and wakes kswapd, in every kernel. */
export const PATIENT = ['WAIT', 'IO', 'FS', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM'] as const satisfies readonly GfpName[];

/** A task of node 0 that asks for single pages, each kept for so many turns. */
export const asking = (
  lifetimes: readonly (number | 'cache')[],
  more: Partial<WholeScenarioTask> = {},
): WholeScenarioTask => ({
  node: 0,
  requests: lifetimes.map((lifetime) => ({ gfp: PATIENT, order: 0, lifetime })),
  ...more,
});

export const byTask = (task = 0, more: Partial<WholeTurn> = {}): WholeTurn => ({ who: { task }, ...more });
export const byKswapd = (kswapd = 0, more: Partial<WholeTurn> = {}): WholeTurn => ({ who: { kswapd }, ...more });
