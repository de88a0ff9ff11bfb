import fc from 'fast-check';
import { makeZone, v4_0, type ScenarioNode, type System } from '../model/index.ts';
import { record } from './record.ts';

/** The fragmentation threshold lies at the index that a zone has, or `off` above it. */
export interface ThresholdAt {
  readonly zone: number;
  readonly off: number;
}

/** Half of the thresholds stay as they are. */
export const arbitraryThresholdAt: fc.Arbitrary<ThresholdAt | undefined> = fc.option(
  record<ThresholdAt>({ zone: fc.integer({ min: 0, max: 3 }), off: fc.constantFrom(0, -1) }),
  { nil: undefined, freq: 2 },
);

/** The system with its threshold moved, if the zone has an index for the order: it would fail. */
export function withThresholdAt(
  system: System,
  { zones }: ScenarioNode,
  order: number,
  at: ThresholdAt | undefined,
): System {
  if (at === undefined || order === 0) return system;
  const index = v4_0.fragmentationIndex(v4_0, makeZone(zones[at.zone % zones.length]!), order) + at.off;
  return index < 0 || index > 1000 ? system : { ...system, extfragThreshold: index };
}
