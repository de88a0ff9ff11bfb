import type { ScenarioNode, ScenarioZone } from '../../model/index.ts';

/** A zone as set-up left it: its size, marks and reserves, but nothing of how it is used. In pages. */
export type LayoutZone = Pick<
  ScenarioZone,
  'name' | 'present' | 'managed' | 'watermark' | 'lowmemReserve' | 'percpuDriftMark'
>;

/** The zones of a node from the lowest to the highest, as a real /proc/zoneinfo shows them. */
export interface Layout {
  readonly zones: readonly LayoutZone[];
}

/** The layout of a node, without how its memory is used. */
export function layoutOf(node: ScenarioNode): Layout {
  return {
    zones: node.zones.map(({ name, present, managed, watermark, lowmemReserve, percpuDriftMark }) => ({
      name,
      present,
      managed,
      watermark,
      lowmemReserve,
      percpuDriftMark,
    })),
  };
}
