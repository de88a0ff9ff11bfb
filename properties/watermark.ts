import { ALLOC_CMA, ALLOC_HARDER, ALLOC_HIGH } from '../model/index.ts';
import { reclaimable } from './independent/balance.ts';
import { trustedFreePages, watermarkMet, watermarkMetIn } from './independent/watermark.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, questionProperty, type AskedSubject, type Property } from './property.ts';

const WATERMARK = 'v4.0 mm/page_alloc.c __zone_watermark_ok';

const met = ({ kernel: k, system, zone, args }: AskedSubject, order: number, flags: number): boolean =>
  k.zoneWatermarkOk(k, system, zone, order, args.mark, args.zoneIdx, flags);

/** How far the first comparison of the check is from turning, in pages; 0 is the first value that passes. */
const distance = ({ zone, args }: AskedSubject): number =>
  trustedFreePages(zone) - (2 ** args.order - 1) - args.mark - zone.lowmemReserve[args.zoneIdx]! - 1;

/** Where free pages are so far from where the check turns, they are not near. */
const NEAR = 64;

const agreesWithIndependent = questionProperty({
  id: 'watermark-is-arithmetic',
  family: 'watermark',
  title: 'The watermark check is its arithmetic',
  statement:
    'The check agrees with a formulation that states all its comparisons at once, on the cheap counter and on the ' +
    'careful one, ' +
    'for every order, mark, zone index and set of flags.',
  keptFor: 'The comparison, written a second time: its callers’ properties only meet it in passing.',
  sources: [WATERMARK, 'v4.0 mm/page_alloc.c zone_watermark_ok', 'v4.0 mm/page_alloc.c zone_watermark_ok_safe'],
  verdicts: { 'v4.0': HOLDS },
  target: 'nearness to where it turns, in pages of 64',
  mustSee: { 'exactly enough': 0.02, 'one page short': 0.02, 'a high order': 0.3, met: 0.1, 'not met': 0.1 },
  check: (asked, see, reach) => {
    const { kernel: k, system, zone, args, allocFlags } = asked;
    const { order, mark, zoneIdx } = args;
    const cheapPages = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
    const want = watermarkMet(system, zone, order, mark, zoneIdx, allocFlags, cheapPages);
    const got = k.zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags);
    see(want ? 'met' : 'not met');
    if (order > 0) see('a high order');
    if (distance(asked) === 0) see('exactly enough');
    if (distance(asked) === -1) see('one page short');
    reach?.(Math.max(0, NEAR - Math.abs(distance(asked))));
    if (got !== want) {
      return { clause: `with ${cheapPages} free pages against ${mark}, the check says ${got}; the arithmetic ${want}` };
    }
    const trusted = trustedFreePages(zone);
    const safeWant = watermarkMet(system, zone, order, mark, zoneIdx, allocFlags, trusted);
    const safe = k.zoneWatermarkOkSafe(k, system, zone, order, mark, zoneIdx, allocFlags);
    if (safe === safeWant) return undefined;
    return {
      clause: `with ${trusted} free pages against ${mark}, the safe check says ${safe}; the arithmetic ${safeWant}`,
    };
  },
});

const flagsOnlyWeaken = questionProperty({
  id: 'flags-only-weaken',
  family: 'watermark',
  title: 'Allocation flags only make the check easier',
  statement:
    'Whatever passes the check without a flag passes it with the flag: HIGH, HARDER and CMA never make it harder.',
  keptFor: 'A law of any sound check: no fault of the tables breaks it, a new flag may.',
  sources: [WATERMARK],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a flag that helps': 0.01, 'met without flags': 0.1 },
  check: (asked, see) => {
    for (const flags of [0, ALLOC_HIGH, ALLOC_HARDER, ALLOC_CMA, ALLOC_HIGH | ALLOC_HARDER]) {
      const without = met(asked, asked.args.order, flags);
      if (without && flags === 0) see('met without flags');
      for (const flag of [ALLOC_HIGH, ALLOC_HARDER, ALLOC_CMA]) {
        const withFlag = met(asked, asked.args.order, flags | flag);
        if (withFlag && !without) see('a flag that helps');
        if (without && !withFlag)
          return { clause: `the check passes with flags ${flags} and fails with ${flags | flag}` };
      }
    }
    return undefined;
  },
});

const higherOrderNeverEasier = questionProperty({
  id: 'higher-order-never-easier',
  family: 'watermark',
  title: 'A higher order is never easier',
  statement: 'A zone that meets a mark for an order meets it for every lower order.',
  keptFor: 'A law of any sound check: no fault of the tables breaks it, a new walk over the lists may.',
  sources: [WATERMARK],
  verdicts: EVERY_KERNEL,
  mustSee: { 'met at some order only': 0.05 },
  check: (asked, see) => {
    const answers = Array.from({ length: 11 }, (_, order) => met(asked, order, asked.allocFlags));
    if (answers[0] && !answers[10]) see('met at some order only');
    const order = answers.findIndex((answer, o) => o > 0 && answer && !answers[o - 1]);
    return order < 0 ? undefined : { clause: `the mark is met at order ${order} and not at order ${order - 1}` };
  },
});

const safeAgreesWithoutDrift = questionProperty({
  id: 'safe-and-cheap-agree-without-drift',
  family: 'watermark',
  title: 'Without drift, the safe check and the cheap one agree',
  statement: 'Where the cheap counter of free pages is exact, the two forms of the check give one answer.',
  keptFor: 'It says when two rules must agree, whatever each of them answers.',
  sources: ['v4.0 mm/page_alloc.c zone_watermark_ok_safe'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'below the drift mark': 0.02, 'above the drift mark': 0.1 },
  check: (asked, see) => {
    const { kernel: k, system, args, allocFlags } = asked;
    const zone = { ...asked.zone, vmstatDrift: 0 };
    see(zone.freeArea.pages < zone.percpuDriftMark ? 'below the drift mark' : 'above the drift mark');
    const safe = k.zoneWatermarkOkSafe(k, system, zone, args.order, args.mark, args.zoneIdx, allocFlags);
    const cheap = k.zoneWatermarkOk(k, system, zone, args.order, args.mark, args.zoneIdx, allocFlags);
    return safe === cheap ? undefined : { clause: `the safe check says ${safe}, the cheap one ${cheap}` };
  },
});

const UNNOTICED_DRIFT = knownToFail(
  'The precise counter is read only while the cheap one is below the zone’s drift mark, and a zone whose set-up ' +
    'found no need for a mark has none: a drift larger than set-up expects goes unnoticed.',
);

const safeNeverFooled = questionProperty({
  id: 'safe-check-is-exact',
  family: 'watermark',
  title: 'The safe check is not fooled by drift',
  statement:
    'The safe form of the check gives the answer of the true number of free pages, whatever the counters drift by.',
  sources: ['v4.0 mm/page_alloc.c zone_watermark_ok_safe'],
  verdicts: { 'v4.0': UNNOTICED_DRIFT, 'v4.19': UNNOTICED_DRIFT, 'v5.9': UNNOTICED_DRIFT },
  mustSee: { drift: 0.1 },
  check: (asked, see) => {
    const { kernel: k, system, zone, args, allocFlags } = asked;
    if (zone.vmstatDrift !== 0) see('drift');
    const safe = k.zoneWatermarkOkSafe(k, system, zone, args.order, args.mark, args.zoneIdx, allocFlags);
    const { pages } = zone.freeArea;
    const exact = watermarkMetIn(k)(system, zone, args.order, args.mark, args.zoneIdx, allocFlags, pages);
    if (safe === exact) return undefined;
    return { clause: `the safe check says ${safe}, but the ${pages} pages that are really free say ${exact}` };
  },
});

const sixTimes = questionProperty({
  id: 'reclaimable-is-six-times',
  family: 'watermark',
  title: 'A zone is given up after six scans of its lists',
  statement:
    'A zone is worth scanning exactly while fewer than six times its reclaimable pages were scanned; anonymous ' +
    'pages are ' +
    'reclaimable only while there is swap.',
  keptFor: 'It names the limit in numbers; whatever depends on the limit only tells that something is wrong.',
  sources: ['v4.0 mm/vmscan.c zone_reclaimable', 'v4.0 mm/vmscan.c zone_reclaimable_pages'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'exactly six times': 0.02, 'one page less': 0.02, 'swap on': 0.2, 'swap off': 0.1 },
  check: ({ kernel: k, system, zone }, see) => {
    const pages = reclaimable(system, zone);
    see(system.swapPages > 0 ? 'swap on' : 'swap off');
    if (zone.pagesScanned === 6 * pages) see('exactly six times');
    if (zone.pagesScanned === 6 * pages - 1) see('one page less');
    const counted = k.zoneReclaimablePages(k, system, zone);
    if (counted !== pages) return { clause: `${pages} pages are reclaimable, but ${counted} are counted` };
    const want = zone.pagesScanned / 6 < pages;
    const got = k.zoneReclaimable(k, system, zone);
    if (got === want) return undefined;
    return {
      clause: `${zone.pagesScanned} pages were scanned of ${pages}: reclaimable should be ${want}, but is ${got}`,
    };
  },
});

/** The watermark check, and when a zone is given up. */
export const watermarkProperties: readonly Property[] = [
  agreesWithIndependent,
  flagsOnlyWeaken,
  higherOrderNeverEasier,
  safeAgreesWithoutDrift,
  safeNeverFooled,
  sixTimes,
];
