import {
  ALLOC_HARDER,
  populatedZone,
  v4_0,
  zonePageState,
  type Kernel,
  type Node,
  type System,
  type Zone,
} from '../../model/index.ts';
import { brokenRule } from '../fault.ts';
import { brokenWatermarks } from './watermarks.ts';

interface Quarter {
  readonly counts: (k: Kernel, system: System, zone: Zone, order: number, i: number, zoneIdx: number) => boolean;
  readonly populated: (zone: Zone) => boolean;
  readonly enough: (balanced: number, managed: number, order: number) => boolean;
}

const quarter: Quarter = {
  counts: (k, system, zone, order, i) =>
    !k.zoneReclaimable(k, system, zone) || k.zoneBalanced(k, system, zone, order, 0, i),
  populated: populatedZone,
  enough: (balanced, managed, order) => (order === 0 ? balanced === managed : balanced >= Math.floor(managed / 4)),
};

/** pgdat_balanced, with one of its parts changed. */
const pgdatBalancedWith =
  (changes: Partial<Quarter>) =>
  (k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean => {
    const { counts, populated, enough } = { ...quarter, ...changes };
    let managed = 0;
    let balanced = 0;
    for (let i = 0; i <= zoneIdx; i++) {
      const zone = node.zones[i]!;
      if (!populated(zone)) continue;
      managed += zone.managed;
      if (counts(k, system, zone, order, i, zoneIdx)) balanced += zone.managed;
      else if (order === 0 && changes.enough === undefined) return false;
    }
    return enough(balanced, managed, order);
  };

export const watermarks = [
  brokenRule('the low mark is taken for the min mark', {
    minWmarkPages: (_k, { watermark }) => watermark.low,
  }),
  brokenRule('the min mark is taken for the low mark', {
    lowWmarkPages: (_k, { watermark }) => watermark.min,
  }),
  brokenRule('the low mark is taken for the high mark', {
    highWmarkPages: (_k, { watermark }) => watermark.low,
  }),
  brokenRule('HARDER does not lower the mark', {
    __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
      v4_0.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags & ~ALLOC_HARDER, free),
  }),
  ...brokenWatermarks(v4_0),
];

export const reclaim = [
  brokenRule('counts anonymous pages without swap', {
    zoneReclaimablePages: (k, system, zone) => v4_0.zoneReclaimablePages(k, { ...system, swapPages: 1 }, zone),
  }),
  brokenRule('a zone is still worth scanning at exactly six times its pages', {
    zoneReclaimable: (k, system, zone) => zone.pagesScanned <= k.zoneReclaimablePages(k, system, zone) * 6,
  }),
  brokenRule('a zone is given up at five times its pages', {
    zoneReclaimable: (k, system, zone) => zone.pagesScanned < k.zoneReclaimablePages(k, system, zone) * 5,
  }),
  brokenRule('pages that are freed do not reset what was scanned', {
    shrinkZone: (k, system, zone, scanned, wanted) => {
      const shrunk = v4_0.shrinkZone(k, system, zone, scanned, wanted);
      return { ...shrunk, zone: { ...shrunk.zone, pagesScanned: zone.pagesScanned + shrunk.scanned } };
    },
  }),
];

export const compaction = [
  brokenRule('a large block counts once, however often the request fits', {
    fillContigPageInfo: (k, zone, order) => ({
      ...v4_0.fillContigPageInfo(k, zone, order),
      freeBlocksSuitable: zone.freeArea.nrFree.slice(order).reduce((sum, blocks) => sum + blocks, 0),
    }),
  }),
  brokenRule('nothing free at all is fragmentation', {
    __fragmentationIndex: (k, order, info) =>
      info.freeBlocksTotal === 0 ? 1000 : v4_0.__fragmentationIndex(k, order, info),
  }),
  brokenRule('is asked for the order below', {
    fragmentationIndex: (k, zone, order) => v4_0.fragmentationIndex(k, zone, Math.max(0, order - 1)),
  }),
  brokenRule('compaction needs no working space', {
    __compactionSuitable: (k, system, zone, order, flags, zoneIdx) => {
      const answer = v4_0.__compactionSuitable(k, system, zone, order, flags, zoneIdx);
      return answer === 'COMPACT_SKIPPED' ? 'COMPACT_CONTINUE' : answer;
    },
  }),
  brokenRule('an unsuitable zone is reported as such', {
    compactionSuitable: (k, system, zone, order, flags, zoneIdx) =>
      k.__compactionSuitable(k, system, zone, order, flags, zoneIdx),
  }),
];

export const balance = [
  brokenRule('leaves the gap out', {
    zoneBalanced: (k, system, zone, order, _gap, zoneIdx) => v4_0.zoneBalanced(k, system, zone, order, 0, zoneIdx),
  }),
  brokenRule('does not ask compaction', {
    zoneBalanced: (k, system, zone, order, gap, zoneIdx) =>
      v4_0.zoneBalanced(k, { ...system, compaction: false }, zone, order, gap, zoneIdx),
  }),
  brokenRule('exactly a quarter is too little', {
    pgdatBalanced: pgdatBalancedWith({
      enough: (balanced, managed, order) => (order === 0 ? balanced === managed : balanced > Math.floor(managed / 4)),
    }),
  }),
  brokenRule('the quarter is not rounded down', {
    pgdatBalanced: pgdatBalancedWith({
      enough: (balanced, managed, order) => (order === 0 ? balanced === managed : balanced >= managed / 4),
    }),
  }),
  brokenRule('a quarter is enough for order 0 too', {
    pgdatBalanced: pgdatBalancedWith({ enough: (balanced, managed) => balanced >= Math.floor(managed / 4) }),
  }),
  brokenRule('a zone that is not worth scanning must be balanced too', {
    pgdatBalanced: pgdatBalancedWith({
      counts: (k, system, zone, order, i) => k.zoneBalanced(k, system, zone, order, 0, i),
    }),
  }),
  brokenRule('zones are asked at the index of the request', {
    pgdatBalanced: pgdatBalancedWith({
      counts: (k, system, zone, order, _i, zoneIdx) => quarter.counts(k, system, zone, order, zoneIdx, zoneIdx),
    }),
  }),
  brokenRule('the highest zone is left out', {
    pgdatBalanced: (k, system, node, order, zoneIdx) => v4_0.pgdatBalanced(k, system, node, order, zoneIdx - 1),
  }),
];

export const requests = [
  brokenRule('exactly half of the min marks is enough', {
    pfmemallocWatermarkOk: (k, m) => {
      const [first, ...rest] = m.node.zones;
      const zones = [{ ...first!, vmstatDrift: zonePageState(first!) + 1 - first!.freeArea.pages }, ...rest];
      const { ok } = v4_0.pfmemallocWatermarkOk(k, { ...m, node: { ...m.node, zones } });
      return ok ? { ok, machine: m } : v4_0.pfmemallocWatermarkOk(k, m);
    },
  }),
  brokenRule('a short sleep that was cut short does not matter', {
    prepareKswapdSleep: (k, m, order, _remaining, zoneIdx) => v4_0.prepareKswapdSleep(k, m, order, 0, zoneIdx),
  }),
  brokenRule('throttled tasks are left waiting', {
    prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => ({
      ...v4_0.prepareKswapdSleep(k, m, order, remaining, zoneIdx),
      machine: m,
      records: [],
    }),
  }),
  brokenRule('a request of the pending order narrows the zone index', {
    wakeupKswapd: (k, m, zone, order, zoneIdx) => {
      const { kswapd } = m.node;
      const narrowed = { ...kswapd, zoneIdx: Math.min(kswapd.zoneIdx, zoneIdx) };
      const asked = populatedZone(m.node.zones[zone]!) && kswapd.order === order ? narrowed : kswapd;
      return v4_0.wakeupKswapd(k, { ...m, node: { ...m.node, kswapd: asked } }, zone, order, zoneIdx);
    },
  }),
  brokenRule('kswapd is woken though the zone is balanced', {
    wakeupKswapd: (k, m, zone, order, zoneIdx) =>
      v4_0.wakeupKswapd({ ...k, zoneBalanced: () => false }, m, zone, order, zoneIdx),
  }),
];
