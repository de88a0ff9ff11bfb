import type { Kernel } from '../kernel.ts';
import type { SetupMachine, SetupNode, SetupZone } from './machine.ts';

/** What a scenario or a boot tells of a zone before set-up. */
export type RawZone = Pick<SetupZone, 'name' | 'present' | 'managed' | 'watermark' | 'percpuDriftMark'>;
export interface RawNode extends Pick<SetupNode, 'id'> {
  readonly zones: readonly RawZone[];
}

/** The settings that watermarks and reserves depend on. */
export type SetupArgs = Pick<
  SetupMachine,
  'totalramPages' | 'onlineCpus' | 'minFreeKbytes' | 'userMinFreeKbytes' | 'lowmemReserveRatio'
>;

/** The machine before set-up: reserves are empty and nothing is derived yet. */
export function makeSetupMachine(nodes: readonly RawNode[], args: SetupArgs): SetupMachine {
  return {
    ...args,
    nodes: nodes.map(({ id, zones }) => ({ id, zones: zones.map((zone) => bareZone(zone, zones.length)) })),
    totalreservePages: 0,
    pageCluster: 0,
  };
}

const bareZone = (zone: RawZone, zoneCount: number): SetupZone => ({
  ...zone,
  lowmemReserve: new Array<number>(zoneCount).fill(0),
  normalThreshold: 0,
  pressureThreshold: 0,
  inactiveRatio: 1,
  dirtyBalanceReserve: 0,
});

/**
 * Set-up at boot or hot-plug: min_free_kbytes is derived from low memory, and everything else from it.
 * @kernel v4.0 mm/page_alloc.c init_per_zone_wmark_min
 */
export function setupAtBoot(k: Kernel, m: SetupMachine): SetupMachine {
  return k.initPerZoneWmarkMin(k, k.swapSetup(k, m));
}

/**
 * Set-up with min_free_kbytes as it is: watermarks, stat thresholds, lowmem reserves, inactive ratios.
 * @kernel v4.0 mm/page_alloc.c setup_per_zone_wmarks
 */
export function setupWithMinFree(k: Kernel, m: SetupMachine): SetupMachine {
  const marked = k.setupPerZoneWmarks(k, k.swapSetup(k, m));
  const thresholds = k.refreshZoneStatThresholds(k, marked);
  return k.setupPerZoneInactiveRatio(k, k.setupPerZoneLowmemReserve(k, thresholds));
}
