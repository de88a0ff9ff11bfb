import { v4_0, type SetupMachine, type SetupZone } from '../../model/index.ts';
import { brokenRule } from '../fault.ts';

const withZones = (
  m: SetupMachine,
  change: (zone: SetupZone, i: number, zones: readonly SetupZone[]) => SetupZone,
) => ({
  ...m,
  nodes: m.nodes.map((node) => ({ ...node, zones: node.zones.map(change) })),
});

export const setup = [
  brokenRule('16 MiB are a small machine', {
    swapSetup: (k, m) => v4_0.swapSetup(k, { ...m, totalramPages: m.totalramPages - 256 }),
  }),
  brokenRule('pages below the high mark count', {
    nrFreeBufferPages: (k, m) =>
      v4_0.nrFreeBufferPages(
        k,
        withZones(m, (zone) => ({ ...zone, watermark: { ...zone.watermark, high: 0 } })),
      ),
  }),
  brokenRule('what a user asked for does not count', {
    initPerZoneWmarkMin: (k, m) => v4_0.initPerZoneWmarkMin(k, { ...m, userMinFreeKbytes: -1 }),
  }),
  brokenRule('high memory has marks like any other', {
    setupPerZoneWmarks: (k, m) => {
      const marked = v4_0.setupPerZoneWmarks(k, m);
      return withZones(marked, (zone) =>
        zone.name === 'HighMem' ? { ...zone, watermark: { ...zone.watermark, min: 0 } } : zone,
      );
    },
  }),
  brokenRule('the zone itself counts among those above it', {
    setupPerZoneLowmemReserve: (k, m) => {
      const reserved = v4_0.setupPerZoneLowmemReserve(k, m);
      return withZones(reserved, (zone, i) => ({
        ...zone,
        lowmemReserve: zone.lowmemReserve.map((pages, j) =>
          j > i ? pages + Math.floor(zone.managed / (reserved.lowmemReserveRatio[i] ?? 1)) : pages,
        ),
      }));
    },
  }),
  brokenRule('is not cut to what the zone manages', {
    calculateTotalreservePages: (k, m) => {
      const summed = v4_0.calculateTotalreservePages(k, m);
      return withZones(summed, (zone, i) => ({
        ...zone,
        dirtyBalanceReserve: Math.max(0, ...zone.lowmemReserve.slice(i)) + zone.watermark.high,
      }));
    },
  }),
  brokenRule('a drift of exactly the distance sets the drift mark', {
    refreshZoneStatThresholds: (k, m) =>
      withZones(v4_0.refreshZoneStatThresholds(k, m), (zone) => {
        const { min, low, high } = zone.watermark;
        const drift = m.onlineCpus * zone.normalThreshold;
        return zone.present > 0 && drift === low - min ? { ...zone, percpuDriftMark: high + drift } : zone;
      }),
  }),
  brokenRule('has no upper bound', {
    calculateNormalThreshold: (_k, { managed }, cpus) =>
      2 * (32 - Math.clz32(cpus)) * (33 - Math.clz32(Math.floor(managed / 32768))),
  }),
  brokenRule('may be zero', {
    calculatePressureThreshold: (_k, { watermark }, cpus) =>
      Math.min(125, Math.floor((watermark.low - watermark.min) / cpus)),
  }),
  brokenRule('no zone gets a ratio', { setupPerZoneInactiveRatio: (_k, m) => m }),
  brokenRule('is the root of the gibibytes alone', {
    calculateZoneInactiveRatio: (_k, { managed }) => Math.max(1, Math.floor(Math.sqrt(managed / 262144))),
  }),
];
