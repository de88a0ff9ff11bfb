import { makeSetupMachine, v4_0, type RawNode, type Watermark, type ZoneName } from '../../model/index.ts';

interface SizedZone {
  readonly name: ZoneName;
  readonly present: number;
  readonly managed: number;
  readonly watermark: Watermark;
}

/** What set-up makes of a zone and so many cpus, alike in all kernels, in pages. */
export interface Drift {
  /** Below it the cheap counter of free pages is not trusted; 0: it always is. */
  readonly percpuDriftMark: number;
  /** How far the cheap counter may be from the truth, all cpus together. */
  readonly most: number;
}

/** The drift mark of each zone: zoneinfo does not show it, but what it is computed from. */
export function driftsOf(zones: readonly SizedZone[], onlineCpus: number): readonly Drift[] {
  const node: RawNode = { id: 0, zones: zones.map((zone) => ({ ...zone, percpuDriftMark: 0 })) };
  const machine = makeSetupMachine([node], {
    totalramPages: zones.reduce((sum, { managed }) => sum + managed, 0),
    onlineCpus,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: zones.map(() => 0),
  });
  const [made] = v4_0.refreshZoneStatThresholds(v4_0, machine).nodes;
  return made!.zones.map(({ percpuDriftMark, normalThreshold }) => ({
    percpuDriftMark,
    most: onlineCpus * normalThreshold,
  }));
}
