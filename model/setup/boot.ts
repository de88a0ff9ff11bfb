import type { Kernel } from '../kernel.ts';
import type { SetupMachine, SetupNode, SetupZone } from './machine.ts';

/** What a scenario or a boot tells of a zone before set-up; reserves are empty and nothing is boosted if left out. */
export type RawZone = Pick<SetupZone, 'name' | 'present' | 'managed' | 'watermark' | 'percpuDriftMark'> &
  Partial<Pick<SetupZone, 'boost' | 'lowmemReserve'>>;
export interface RawNode extends Pick<SetupNode, 'id'> {
  readonly zones: readonly RawZone[];
}

/**
 * The settings that watermarks and reserves depend on. The ones that not every kernel has may be left out: they are
 * then what those kernels boot with.
 */
export type SetupArgs = Pick<
  SetupMachine,
  'totalramPages' | 'onlineCpus' | 'minFreeKbytes' | 'userMinFreeKbytes' | 'lowmemReserveRatio'
> &
  Partial<Pick<SetupMachine, 'watermarkScaleFactor' | 'movableIsHighmem'>>;

/** The watermark_scale_factor that kernels boot with: 0.1 % of a zone. */
export const WATERMARK_SCALE_FACTOR = 10;

/** The machine before set-up: nothing is derived yet. */
export function makeSetupMachine(nodes: readonly RawNode[], args: SetupArgs): SetupMachine {
  return {
    nodes: nodes.map(bareNode),
    totalramPages: args.totalramPages,
    onlineCpus: args.onlineCpus,
    minFreeKbytes: args.minFreeKbytes,
    userMinFreeKbytes: args.userMinFreeKbytes,
    lowmemReserveRatio: args.lowmemReserveRatio,
    watermarkScaleFactor: args.watermarkScaleFactor ?? WATERMARK_SCALE_FACTOR,
    movableIsHighmem: args.movableIsHighmem ?? false,
    totalreservePages: 0,
    pageCluster: 0,
  };
}

const bareNode = ({ id, zones }: RawNode): SetupNode => ({
  id,
  totalreservePages: 0,
  zones: zones.map((zone) => bareZone(zone, zones.length)),
});

const bareZone = (zone: RawZone, zoneCount: number): SetupZone => ({
  name: zone.name,
  present: zone.present,
  managed: zone.managed,
  watermark: zone.watermark,
  boost: zone.boost ?? 0,
  lowmemReserve: zone.lowmemReserve ?? new Array<number>(zoneCount).fill(0),
  percpuDriftMark: zone.percpuDriftMark,
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
 * Set-up with min_free_kbytes as it is: watermarks, stat thresholds, lowmem reserves, and inactive ratios where the
 * kernel has them.
 * @kernel v4.0 mm/page_alloc.c setup_per_zone_wmarks
 */
export function setupWithMinFree(k: Kernel, m: SetupMachine): SetupMachine {
  const marked = k.setupPerZoneWmarks(k, k.swapSetup(k, m));
  const reserved = k.setupPerZoneLowmemReserve(k, k.refreshZoneStatThresholds(k, marked));
  return k.absent.includes('setupPerZoneInactiveRatio') ? reserved : k.setupPerZoneInactiveRatio(k, reserved);
}
