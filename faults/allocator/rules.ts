import {
  ALLOC_HARDER,
  GFP_NOFAIL,
  GFP_NOMEMALLOC,
  GFP_WAIT,
  TASK_RT,
  v4_0,
  ZONE_FAIR_DEPLETED,
} from '../../model/index.ts';
import { brokenRule } from '../fault.ts';

/** Rules that judge requests and zones. */
export const judging = [
  brokenRule('MOVABLE alone asks for the Movable zone', {
    gfpZone: (k, zones, gfp) =>
      k.gfpflagsToMigratetype(k, gfp) === 'movable' ? zones.indexOf('Movable') : v4_0.gfpZone(k, zones, gfp),
  }),
  brokenRule('pages that can be given back count as unmovable', {
    gfpflagsToMigratetype: (k, gfp) => {
      const type = v4_0.gfpflagsToMigratetype(k, gfp);
      return type === 'reclaimable' ? 'unmovable' : type;
    },
  }),
  brokenRule('a realtime task may not dig deeper', {
    gfpToAllocFlags: (k, system, gfp, task) => v4_0.gfpToAllocFlags(k, system, gfp, task & ~TASK_RT),
  }),
  brokenRule('an atomic request that keeps off the reserves digs deeper', {
    gfpToAllocFlags: (k, system, gfp, task) =>
      v4_0.gfpToAllocFlags(k, system, gfp, task) |
      (v4_0.gfpToAllocFlags(k, system, gfp & ~GFP_NOMEMALLOC, task) & ALLOC_HARDER),
  }),
  brokenRule('anyone may use the reserves', { gfpPfmemallocAllowed: () => true }),
  brokenRule('is the highest zone that the request may use', { acClasszoneIdx: (_k, _preferred, highest) => highest }),
  brokenRule('a node at exactly the distance is near enough', {
    zoneAllowsReclaim: (_k, { numa }, [from], [to]) => numa.distance[from]![to]! <= 30,
  }),
  brokenRule('with no progress and no storage a low order goes on', {
    shouldAllocRetry: (k, memory, ...rest) =>
      v4_0.shouldAllocRetry(k, { ...memory, numa: { ...memory.numa, suspendedStorage: false } }, ...rest),
  }),
  brokenRule('a request that cannot fail does not go on for that', {
    shouldAllocRetry: (k, memory, gfp, ...rest) => v4_0.shouldAllocRetry(k, memory, gfp & ~GFP_NOFAIL, ...rest),
  }),
  brokenRule('a costly order goes on when exactly its pages were reclaimed', {
    shouldAllocRetry: (k, memory, gfp, order, progress, reclaimed) =>
      v4_0.shouldAllocRetry(k, memory, gfp, order, progress, reclaimed - 1),
  }),
  brokenRule('the task must not wait either', {
    memallocNoioFlags: (k, gfp, task) => {
      const masked = v4_0.memallocNoioFlags(k, gfp, task);
      return masked === gfp ? gfp : masked & ~GFP_WAIT;
    },
  }),
];

/** Rules that build zonelists, and wake kswapds by them. */
export const zonelists = [
  brokenRule('asks for the highest zone that the request may use', {
    wakeAllKswapds: (k, memory, request) =>
      v4_0.wakeAllKswapds(k, memory, { ...request, preferred: [0, request.highZoneidx] }),
  }),
  brokenRule('asks each node once', {
    wakeAllKswapds: (k, memory, request) => {
      const first = request.zonelist.filter(([node, zone], i, list) => {
        const { highZoneidx } = request;
        return zone <= highZoneidx && list.findIndex(([other, its]) => other === node && its <= highZoneidx) === i;
      });
      return v4_0.wakeAllKswapds(k, memory, { ...request, zonelist: first });
    },
  }),
  brokenRule('a list begins with the highest node', {
    buildZonelists: (k, given) => v4_0.buildZonelists(k, given).toReversed(),
  }),
  brokenRule('nodes with processors are no further than others', {
    findNextBestNode: (k, given, ...rest) =>
      v4_0.findNextBestNode(k, { ...given, hasCpus: given.nodes.map(() => false) }, ...rest),
  }),
  brokenRule('zones come by node whatever is set', {
    zonelistOf: (k, given, order) =>
      v4_0.zonelistOf(k, { ...given, numa: { ...given.numa, zonelistOrder: 'node' } }, order),
  }),
];

/** Rules of the zonelist cache. */
export const zonelistCache = [
  brokenRule('an old cache is believed', { zlcSetup: (_k, memory) => memory }),
  brokenRule('every zone is', { zlcZoneWorthTrying: () => true }),
  brokenRule('remembers nothing', { zlcMarkZoneFull: (_k, memory) => memory }),
  brokenRule('the list of a node alone is remembered in the cache of the other', {
    zlcMarkZoneFull: (k, memory, { node }, position) =>
      v4_0.zlcMarkZoneFull(k, memory, { node, thisNode: false }, position),
  }),
  brokenRule('clears nothing', { zlcClearZonesFull: (_k, memory) => memory }),
];

/** Rules that take pages. */
export const taking = [
  brokenRule('a block counts as one page', {
    rmqueue: (k, zone, order, flags, type) => {
      const taken = v4_0.rmqueue(k, zone, order, flags, type);
      if (!taken.ok) return taken;
      return { ...taken, zone: { ...taken.zone, alloc: { ...zone.alloc, batch: zone.alloc.batch - 1 } } };
    },
  }),
  brokenRule('a share of exactly nothing is not used up', {
    rmqueue: (k, zone, order, flags, type) => {
      const taken = v4_0.rmqueue(k, zone, order, flags, type);
      if (!taken.ok || taken.zone.alloc.batch !== 0) return taken;
      return { ...taken, zone: { ...taken.zone, flags: zone.flags } };
    },
  }),
  brokenRule('is a quarter of what the zone manages', {
    resetAllocBatch: (k, zone) => {
      const reset = v4_0.resetAllocBatch(k, zone);
      return { ...reset, alloc: { ...reset.alloc, batch: Math.floor(zone.managed / 4) } };
    },
  }),
  brokenRule('a zone stays depleted', {
    resetAllocBatch: (k, zone) => {
      const reset = v4_0.resetAllocBatch(k, zone);
      return { ...reset, flags: reset.flags | (zone.flags & ZONE_FAIR_DEPLETED) };
    },
  }),
];
