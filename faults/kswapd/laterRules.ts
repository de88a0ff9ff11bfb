import {
  ALLOC_HARDER,
  ALLOC_OOM,
  managedZone,
  populatedZone,
  v4_19,
  v5_9,
  zonePageState,
  type Kernel,
  type Machine,
  type Node,
  type Zone,
} from '../../model/index.ts';
import { rulesBrokenIn } from '../fault.ts';
import { brokenWatermarks } from './watermarks.ts';

const in4_19 = rulesBrokenIn(v4_19);
const in5_9 = rulesBrokenIn(v5_9);

const withFailures = (m: Machine, failures: number): Machine => ({
  ...m,
  node: { ...m.node, kswapd: { ...m.node.kswapd, failures } },
});

/** pgdat_balanced over chosen zones, each asked as chosen. */
const anyOf =
  (counts: (zone: Zone) => boolean, mark: (k: Kernel, zone: Zone) => number, own = false): Kernel['pgdatBalanced'] =>
  (k, system, node, order, zoneIdx) => {
    const zones = node.zones.slice(0, zoneIdx + 1).filter(counts);
    const ok = (zone: Zone) =>
      k.zoneWatermarkOkSafe(k, system, zone, order, mark(k, zone), own ? node.zones.indexOf(zone) : zoneIdx, 0);
    return zones.length === 0 || zones.some(ok);
  };

const high = (k: Kernel, zone: Zone): number => k.highWmarkPages(k, zone);

const watermarks = [
  in4_19('OOM lowers the mark as HARDER does', {
    __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) => {
      const lowered = (flags & ALLOC_OOM) === 0 ? flags : (flags & ~ALLOC_OOM) | ALLOC_HARDER;
      return v4_19.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, lowered, free);
    },
  }),
  in4_19('what is reserved for high-order atomic requests serves everyone', {
    __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
      v4_19.__zoneWatermarkOk(k, system, { ...zone, reservedHighatomic: 0 }, order, mark, zoneIdx, flags, free),
  }),
  ...brokenWatermarks(v4_19),
  in5_9('is not boosted', { minWmarkPages: (_k, { watermark }) => watermark.min }),
  in5_9('is not boosted', { lowWmarkPages: (_k, { watermark }) => watermark.low }),
  in5_9('is not boosted', { highWmarkPages: (_k, { watermark }) => watermark.high }),
];

const compaction = [
  in4_19('needs room above min for costly orders too', {
    __compactionSuitable: (k, system, zone, order, flags, zoneIdx, target) =>
      v4_19.__compactionSuitable({ ...k, lowWmarkPages: k.minWmarkPages }, system, zone, order, flags, zoneIdx, target),
  }),
  in4_19('asks for the request as it is', {
    __compactionSuitable: (k, system, zone, order, flags, zoneIdx, target = zonePageState(zone)) =>
      v4_19.__compactionSuitable(k, system, zone, order, flags, zoneIdx, target + (1 << Math.max(0, order))),
  }),
  in4_19('is skipped for small orders in whole memory too', {
    compactionSuitable: (k, system, zone, order, flags, zoneIdx) => {
      const answer = v4_19.compactionSuitable(k, system, zone, order, flags, zoneIdx);
      const index = k.fragmentationIndex(k, zone, order);
      const whole = answer === 'COMPACT_CONTINUE' && index >= 0 && index <= system.extfragThreshold;
      return whole ? 'COMPACT_SKIPPED' : answer;
    },
  }),
];

const balance = [
  in4_19('every zone must be balanced', {
    pgdatBalanced: (k, system, node, order, zoneIdx) =>
      node.zones
        .slice(0, zoneIdx + 1)
        .every(
          (zone) =>
            !managedZone(zone) || k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone), zoneIdx, 0),
        ),
  }),
  in4_19('zones are asked at their own index', { pgdatBalanced: anyOf(managedZone, high, true) }),
  in4_19('zones of which nothing is managed count', { pgdatBalanced: anyOf(populatedZone, high) }),
  in4_19('the low mark is enough', { pgdatBalanced: anyOf(managedZone, (k, zone) => k.lowWmarkPages(k, zone)) }),
  in4_19('a node without managed zones is out of balance', {
    pgdatBalanced: (k, system, node, order, zoneIdx) =>
      node.zones.some((zone, i) => i <= zoneIdx && managedZone(zone)) &&
      v4_19.pgdatBalanced(k, system, node, order, zoneIdx),
  }),
];

const hopeless = [
  in4_19('15 fruitless runs are enough', {
    prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => {
      const { failures } = m.node.kswapd;
      const answer = v4_19.prepareKswapdSleep(k, withFailures(m, failures + 1), order, remaining, zoneIdx);
      return { ...answer, machine: withFailures(answer.machine, failures) };
    },
  }),
  in4_19('throttled tasks are left waiting', {
    prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => ({
      ...v4_19.prepareKswapdSleep(k, m, order, remaining, zoneIdx),
      machine: m,
      records: [],
    }),
  }),
  in4_19('tasks wait for a hopeless node', {
    allowDirectReclaim: (k, m) => {
      const { ok, machine } = v4_19.allowDirectReclaim(k, withFailures(m, 0));
      return { ok, machine: withFailures(machine, m.node.kswapd.failures) };
    },
  }),
  in4_19('zones with nothing to reclaim count', {
    allowDirectReclaim: (k, m) => v4_19.allowDirectReclaim({ ...k, zoneReclaimablePages: () => 1 }, m),
  }),
  in4_19('progress leaves the failures', {
    shrinkNode: (k, system, node, ...rest) => {
      const shrunk = v4_19.shrinkNode(k, system, node, ...rest);
      return { ...shrunk, node: { ...shrunk.node, kswapd: node.kswapd } };
    },
  }),
  in4_19('swaps whenever there is swap', {
    shrinkNode: (k, system, node, reclaimIdx, _maySwap, scanned, wanted) =>
      v4_19.shrinkNode(k, { ...system, swapPages: 1 }, node, reclaimIdx, true, scanned, wanted),
  }),
  in4_19('reclaims from all zones', {
    shrinkNode: (k, system, node, _reclaimIdx, maySwap, scanned, wanted) =>
      v4_19.shrinkNode(k, system, node, node.zones.length - 1, maySwap, scanned, wanted),
  }),
];

/** A wake-up of a hopeless node as of one with hope. */
const wakesHopeless =
  (base: Kernel): Kernel['wakeupKswapd'] =>
  (k, m, ...asked) => {
    const { machine, records } = base.wakeupKswapd(k, withFailures(m, 0), ...asked);
    return { machine: withFailures(machine, m.node.kswapd.failures), records };
  };

/** The request after a wake-up, changed. */
const asking =
  (base: Kernel, change: (before: Node, after: Node, zoneIdx: number) => Node['kswapd']): Kernel['wakeupKswapd'] =>
  (k, m, zone, order, zoneIdx, direct) => {
    const { machine, records } = base.wakeupKswapd(k, m, zone, order, zoneIdx, direct);
    return {
      machine: { ...machine, node: { ...machine.node, kswapd: change(m.node, machine.node, zoneIdx) } },
      records,
    };
  };

const requests = [
  in4_19('wakes kswapd for a hopeless node', { wakeupKswapd: wakesHopeless(v4_19) }),
  in5_9('wakes kswapd for a hopeless node', { wakeupKswapd: wakesHopeless(v5_9) }),
  in4_19('the lower index is kept, as in v4.0', {
    wakeupKswapd: asking(v4_19, (before, after, zoneIdx) => ({
      ...after.kswapd,
      zoneIdx: after === before ? before.kswapd.zoneIdx : Math.min(before.kswapd.zoneIdx, zoneIdx),
    })),
  }),
  in5_9('a lower index replaces the pending one', {
    wakeupKswapd: asking(v5_9, (before, after, zoneIdx) => ({
      ...after.kswapd,
      zoneIdx: after === before ? before.kswapd.zoneIdx : zoneIdx,
    })),
  }),
  in4_19('kcompactd is never woken', {
    wakeupKswapd: (k, m, zone, order, zoneIdx) => v4_19.wakeupKswapd(k, m, zone, order, zoneIdx, true),
  }),
  in5_9('boosts wake no one', {
    wakeupKswapd: (k, m, ...asked) => v5_9.wakeupKswapd({ ...k, pgdatWatermarkBoosted: () => false }, m, ...asked),
  }),
  in5_9('looks at all zones', {
    pgdatWatermarkBoosted: (k, node) => v5_9.pgdatWatermarkBoosted(k, node, node.zones.length - 1),
  }),
  in4_19('a pending lower index is forgotten', {
    kswapdClasszoneIdx: (_k, node, zoneIdx) =>
      node.kswapd.zoneIdx === node.zones.length ? zoneIdx : node.kswapd.zoneIdx,
  }),
  in5_9('the higher index is taken, as up to v5.2', {
    kswapdHighestZoneidx: (_k, node, zoneIdx) =>
      node.kswapd.zoneIdx === node.zones.length ? zoneIdx : Math.max(node.kswapd.zoneIdx, zoneIdx),
  }),
];

const setup = [
  in4_19('ignores the scale factor', {
    setupPerZoneWmarks: (k, m) => ({
      ...v4_19.setupPerZoneWmarks(k, { ...m, watermarkScaleFactor: 0 }),
      watermarkScaleFactor: m.watermarkScaleFactor,
    }),
  }),
  in4_19('a ratio of 0 keeps everything', {
    setupPerZoneLowmemReserve: (k, m) =>
      v4_19.setupPerZoneLowmemReserve(k, {
        ...m,
        lowmemReserveRatio: m.lowmemReserveRatio.map((ratio) => Math.max(1, ratio)),
      }),
  }),
  in4_19('leaves the nodes out', {
    calculateTotalreservePages: (k, m) => {
      const summed = v4_19.calculateTotalreservePages(k, m);
      return { ...summed, nodes: summed.nodes.map(({ id, zones }) => ({ id, zones, totalreservePages: 0 })) };
    },
  }),
  in4_19('min_free_kbytes may be 256 MiB already', { initPerZoneWmarkMin: v5_9.initPerZoneWmarkMin }),
  in5_9('min_free_kbytes is 64 MiB at most', { initPerZoneWmarkMin: v4_19.initPerZoneWmarkMin }),
  in5_9('boosts last', { setupPerZoneWmarks: v4_19.setupPerZoneWmarks }),
  in5_9('zones without a ratio count', { setupPerZoneLowmemReserve: v4_19.setupPerZoneLowmemReserve }),
];

export const laterRules = [...watermarks, ...compaction, ...balance, ...hopeless, ...requests, ...setup];
