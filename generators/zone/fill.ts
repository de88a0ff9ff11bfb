import fc from 'fast-check';
import { MAX_ORDER, type Lru, type ScenarioZone, type System, type ZoneFlag } from '../../model/index.ts';
import type { Generation } from '../generation.ts';
import type { LayoutZone } from '../layout/layout.ts';
import { arbitraryAim, markOf, wantedPages, type FreeAim } from './aim.ts';
import { arbitraryLie, arbitraryTypes, freeLists, layPages, layPagesAround, type Lie, type Types } from './blocks.ts';
import { arbitraryLaterUse, boostOf, withHighatomic, type LaterUse } from './later.ts';
import { driftLimit } from './limits.ts';
import { record } from '../record.ts';

/** How the memory of a zone is used, whatever its size. */
export interface Use {
  readonly aim: FreeAim;
  readonly lie: Lie;
  readonly types: Types;
  /** 16ths of the managed pages that are free on the CMA list. */
  readonly cma: number;
  /** 8ths of the largest difference that the counter may have. */
  readonly drift: number;
  readonly lru: LruUse;
  readonly scanned: ScannedUse;
  readonly flags: readonly ZoneFlag[];
  /** Left out in v4.0; later kernels count no scanned pages, and have no flags that kswapd reads. */
  readonly later: LaterUse | undefined;
}

/** Pages on each list: as many as that, or so many 32nds of what is not free. */
interface LruUse {
  readonly unit: 'pages' | 'share';
  readonly inactiveFile: number;
  readonly activeFile: number;
  readonly inactiveAnon: number;
  readonly activeAnon: number;
}

/** Pages scanned: `eighths` of the limit at which a zone is given up, and `off` more. */
interface ScannedUse {
  readonly eighths: number;
  readonly off: number;
}

const part = fc.integer({ min: 0, max: 8 });

export const arbitraryUse = (generation: Generation): fc.Arbitrary<Use> =>
  record({
    aim: arbitraryAim,
    lie: arbitraryLie,
    types: arbitraryTypes,
    cma: fc.constantFrom(0, 0, 0, 0, 1, 4),
    drift: fc.oneof(fc.constant(0), fc.integer({ min: -8, max: 8 })),
    lru: record({
      unit: fc.constantFrom<LruUse['unit'][]>('pages', 'share', 'share', 'share'),
      inactiveFile: part,
      activeFile: part,
      inactiveAnon: part,
      activeAnon: part,
    }),
    scanned: record({ eighths: fc.constantFrom(0, 0, 0, 1, 4, 8, 8, 8, 20), off: fc.constantFrom(0, 0, 1, -1) }),
    flags: fc.constantFrom<(readonly ZoneFlag[])[]>(
      [],
      [],
      [],
      [],
      ['congested'],
      ['dirty'],
      ['writeback'],
      ['congested', 'dirty', 'writeback'],
    ),
    later: generation.byNode ? arbitraryLaterUse(generation) : fc.constant(undefined),
  });

const NO_LRU: Lru = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };
const NO_FLAGS: readonly ZoneFlag[] = [];

/** A zone of the layout, used as drawn as far as it has room. */
export function fillZone(zone: LayoutZone, use: Use, system: System): ScenarioZone {
  const { managed } = zone;
  if (managed === 0) return makeZone(zone, {}, 0, NO_LRU);
  const { later } = use;
  // Added to 0, since a file keeps no -0.
  const drift = 0 + Math.trunc((driftLimit(zone) * use.drift) / 8);
  const wanted = wantedPages(zone, system, use.aim);
  const cma = Math.floor((managed * use.cma) / 16);
  const onTop = wanted.marked && later !== undefined ? later.reserved + boostOf(zone, later) : 0;
  const counted = wanted.pages + onTop + (wanted.cmaOnTop ? cma : 0) - (wanted.counter === 'cheap' ? drift : 0);
  const pages = Math.min(managed, Math.max(0, counted));
  const cmaPages = Math.min(cma, pages);
  const blocks = layFree(zone, use, pages - cmaPages);
  const free = freeLists(blocks, use.types, cmaPages === 0 ? undefined : layPages(cmaPages, use.lie));
  const lru = lruOf(use.lru, managed - pages);
  const shown = Math.min(drift, managed - pages);
  if (later === undefined) {
    return { ...makeZone(zone, free, shown, lru), pagesScanned: scannedOf(use.scanned, lru, system), flags: use.flags };
  }
  const filled = makeZone(zone, withHighatomic(free, later), shown, lru);
  return { ...filled, boost: boostOf(zone, later), reservedHighatomic: later.reserved };
}

const makeZone = (
  { name, present, managed, watermark, lowmemReserve, percpuDriftMark }: LayoutZone,
  free: ScenarioZone['free'],
  vmstatDrift: number,
  lru: Lru,
): ScenarioZone => ({
  name,
  present,
  managed,
  watermark,
  boost: 0,
  lowmemReserve,
  free,
  reservedHighatomic: 0,
  vmstatDrift,
  percpuDriftMark,
  lru,
  pagesScanned: 0,
  flags: NO_FLAGS,
});

function layFree(zone: LayoutZone, { aim, lie }: Use, pages: number): readonly number[] {
  if (aim.at === 'above') return layPagesAround(pages, aim.order, pages, { top: MAX_ORDER - 1, eighths: lie.eighths });
  if (aim.at !== 'edge' || !('above' in aim) || aim.order === 0) return layPages(pages, lie);
  // The mark halves with every order that the check goes up.
  const above = Math.min(aim.above, aim.order);
  const large = Math.floor(markOf(zone, aim.mark, aim.order) / 2 ** above) + (1 << aim.order) - 1 + aim.off;
  const total = Math.min(zone.managed, pages + (1 << above));
  return total > pages && total < large ? layPages(pages, lie) : layPagesAround(pages, above, Math.max(0, large), lie);
}

function lruOf(use: LruUse, room: number): Lru {
  const of = (list: number): number => (use.unit === 'pages' ? list : Math.floor((room * list) / 32));
  const inactiveFile = Math.min(room, of(use.inactiveFile));
  const activeFile = Math.min(room - inactiveFile, of(use.activeFile));
  const inactiveAnon = Math.min(room - inactiveFile - activeFile, of(use.inactiveAnon));
  const activeAnon = Math.min(room - inactiveFile - activeFile - inactiveAnon, of(use.activeAnon));
  return { inactiveAnon, activeAnon, inactiveFile, activeFile };
}

function scannedOf({ eighths, off }: ScannedUse, lru: Lru, { swapPages }: System): number {
  const reclaimable = lru.inactiveFile + lru.activeFile + (swapPages > 0 ? lru.inactiveAnon + lru.activeAnon : 0);
  return Math.max(0, Math.floor((reclaimable * 6 * eighths) / 8) + off);
}
