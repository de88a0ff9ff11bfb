import { ALLOC_CMA, ALLOC_HARDER, ALLOC_OOM, GFP_ATOMIC, hasRule, WMARK_MASK, type Zone } from '../../model/index.ts';
import { laterWatermarkMet, trustedFreePages } from '../independent/watermark.ts';
import { HOLDS, knownToFail, questionProperty, type AskedSubject, type Property } from '../property.ts';
import { BOOSTING, LATER } from './verdicts.ts';

const WATERMARK = 'v4.19 mm/page_alloc.c __zone_watermark_ok';

const cheapPages = ({ freeArea, vmstatDrift }: Zone): number => Math.max(0, freeArea.pages + vmstatDrift);

/** How far the comparison is from turning, in pages; 0 is the first value that passes. */
function distance({ zone, args, allocFlags, system }: AskedSubject): number {
  const digs = (allocFlags & (ALLOC_HARDER | ALLOC_OOM)) !== 0;
  const cma = system.cma && (allocFlags & ALLOC_CMA) === 0 ? zone.freeArea.cmaPages : 0;
  const kept = zone.lowmemReserve[args.zoneIdx]! + (digs ? 0 : zone.reservedHighatomic) + cma;
  return trustedFreePages(zone) - (2 ** args.order - 1) - args.mark - kept - 1;
}

const oneComparison = questionProperty({
  id: 'watermark-is-one-comparison-and-a-block',
  family: 'watermark',
  title: 'The watermark check is one comparison, and a block that fits',
  statement:
    'The check agrees with a formulation of its own: what is left of the free pages, without those that are kept ' +
    'from the request, is more than the lowered mark and the reserve; and for a high order a block that is large ' +
    'enough is on a list that the request may use.',
  keptFor: 'The comparison, written a second time: its callers’ properties only meet it in passing.',
  sources: [WATERMARK, 'v4.19 mm/page_alloc.c zone_watermark_ok', 'v4.19 mm/page_alloc.c zone_watermark_ok_safe'],
  verdicts: LATER,
  mustSee: {
    'exactly enough': 0.01,
    'one page short': 0.01,
    'a high order': 0.3,
    met: 0.1,
    'no block that fits': 0.01,
    'only reserved blocks fit': 0.002,
    'OOM alone': 0.01,
  },
  check: (asked, see) => {
    const { kernel: k, system, zone, args, allocFlags } = asked;
    const { order, mark, zoneIdx } = args;
    const cheap = cheapPages(zone);
    const want = laterWatermarkMet(system, zone, order, mark, zoneIdx, allocFlags, cheap);
    if (want) see('met');
    if (order > 0) see('a high order');
    if (distance(asked) === 0) see('exactly enough');
    if (distance(asked) === -1) see('one page short');
    if ((allocFlags & (ALLOC_OOM | ALLOC_HARDER)) === ALLOC_OOM) see('OOM alone');
    if (order > 0 && !want && distance(asked) >= 0) {
      see('no block that fits');
      if (zone.freeArea.lists.highatomic.some((blocks, o) => o >= order && blocks > 0)) see('only reserved blocks fit');
    }
    const got = k.zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags);
    if (got !== want) {
      return { clause: `with ${cheap} free pages against ${mark}, the check says ${got}; said another way ${want}` };
    }
    const trusted = trustedFreePages(zone);
    const safeWant = laterWatermarkMet(system, zone, order, mark, zoneIdx, allocFlags, trusted);
    const safe = k.zoneWatermarkOkSafe(k, system, zone, order, mark, zoneIdx, allocFlags);
    if (safe === safeWant) return undefined;
    return { clause: `with ${trusted} free pages the safe check says ${safe}; said another way ${safeWant}` };
  },
});

const victimsDigDeepest = questionProperty({
  id: 'victims-dig-deepest',
  family: 'watermark',
  title: 'Victims of the OOM killer dig deepest',
  statement:
    'Whatever passes the check with HARDER passes it with OOM, and whatever passes it with neither, with both.',
  keptFor: 'A law of the flags among themselves: no fault of the tables breaks it, a new share may.',
  sources: [WATERMARK],
  verdicts: LATER,
  mustSee: { 'OOM helps': 0.005, 'met without': 0.1 },
  check: ({ kernel: k, system, zone, args, allocFlags }, see) => {
    const others = allocFlags & ~(ALLOC_OOM | ALLOC_HARDER);
    const [neither, harder, oom, both] = [0, ALLOC_HARDER, ALLOC_OOM, ALLOC_OOM | ALLOC_HARDER].map((flags) =>
      k.zoneWatermarkOk(k, system, zone, args.order, args.mark, args.zoneIdx, others | flags),
    );
    if (neither) see('met without');
    if (oom && !harder) see('OOM helps');
    if (harder && !oom) return { clause: 'the check passes with HARDER and fails with OOM' };
    if (oom !== both) return { clause: 'OOM with HARDER is not what OOM alone is' };
    return neither && !both ? { clause: 'the check passes with neither and fails with both' } : undefined;
  },
});

/** Free pages that the request may not use, whatever its order. */
function keptPages({ system, zone, allocFlags }: AskedSubject): number {
  const digs = (allocFlags & (ALLOC_HARDER | ALLOC_OOM)) !== 0;
  const cma = system.cma && (allocFlags & ALLOC_CMA) === 0 ? zone.freeArea.cmaPages : 0;
  return cma + (digs ? 0 : zone.reservedHighatomic);
}

const fast = ({ kernel: k, system, zone, args, allocFlags }: AskedSubject, gfp: number): boolean =>
  k.zoneWatermarkFast(k, system, zone, args.order, args.mark, args.zoneIdx, allocFlags, gfp);

const FAST = 'v5.9 mm/page_alloc.c zone_watermark_fast';

const fastKeepsReserve = questionProperty({
  id: 'the-fast-check-keeps-the-highatomic-reserve',
  family: 'watermark',
  title: 'The fast check grants nothing that the full one refuses',
  statement:
    'As long as a zone shows more free pages than are kept from the request, the fast form of the watermark check ' +
    'grants exactly what the full one grants.',
  sources: ['v4.19 mm/page_alloc.c zone_watermark_fast', FAST],
  verdicts: {
    'v4.19': knownToFail(
      'A single page is granted by a look at all free pages but CMA ones: those that are reserved for high-order ' +
        'atomic requests count as well, for everyone.',
      'f27ce0e14088',
    ),
    'v5.9': HOLDS,
  },
  mustSee: { 'a single page': 0.2, 'something reserved': 0.1, granted: 0.1, refused: 0.1 },
  check: (asked, see) => {
    const { kernel: k, system, zone, args, allocFlags } = asked;
    if (cheapPages(zone) < keptPages(asked)) return undefined;
    if (args.order === 0) see('a single page');
    if (zone.reservedHighatomic > 0) see('something reserved');
    const full = k.zoneWatermarkOk(k, system, zone, args.order, args.mark, args.zoneIdx, allocFlags);
    see(full ? 'granted' : 'refused');
    const got = fast(asked, 0);
    return got === full ? undefined : { clause: `the full check says ${full}, the fast one ${got}` };
  },
});

const UNSIGNED = 'The difference is compared as an unsigned number: one below 0 is more than any mark.';

const fastIsSigned = questionProperty({
  id: 'the-fast-check-is-signed',
  family: 'watermark',
  title: 'A zone with less than nothing to give grants nothing',
  statement:
    'The fast form of the watermark check never grants a single page of a zone that shows fewer free pages than it ' +
    'keeps from the request: those on the CMA list and, where it looks at them at all, those reserved.',
  sources: ['v4.19 mm/page_alloc.c zone_watermark_fast', FAST],
  verdicts: {
    'v4.19': knownToFail(`${UNSIGNED} It takes counters that drift below what lies on the CMA list.`, '9282012fc0aa'),
    'v5.9': knownToFail(
      `${UNSIGNED} Reserved blocks that are in use are enough: what is reserved counts as free and is not.`,
      '9282012fc0aa',
    ),
  },
  mustSee: { 'less than nothing': 0.001 },
  check: (asked, see) => {
    const { kernel: k, zone, args } = asked;
    const own = hasRule(k, '__zoneWatermarkUnusableFree') ? zone : { ...zone, reservedHighatomic: 0 };
    const kept = keptPages({ ...asked, zone: own });
    if (args.order > 0 || cheapPages(zone) >= kept) return undefined;
    see('less than nothing');
    return fast(asked, 0)
      ? { clause: `of ${cheapPages(zone)} free pages ${kept} are kept from the request, and it gets one` }
      : undefined;
  },
});

const atomicIgnoresBoost = questionProperty({
  id: 'atomic-requests-are-not-boosted',
  family: 'watermark',
  title: 'Atomic requests are measured without the boost in the end',
  statement:
    'An atomic request for a single page at the min mark is granted if the zone is above its min mark without the ' +
    'boost; for any other request the mask makes no difference.',
  keptFor: 'It names the clause for requests that cannot wait; the exact property does not say why.',
  sources: [FAST],
  verdicts: BOOSTING,
  mustSee: { 'the boost decides': 0.003, 'another request': 0.3 },
  check: (asked, see) => {
    const { kernel: k, system, zone, args, allocFlags } = asked;
    const boosted = { ...asked, args: { ...args, mark: zone.watermark.min + zone.boost } };
    const plain = fast(boosted, 0);
    const atomic = fast(boosted, GFP_ATOMIC);
    const measured = args.order === 0 && (allocFlags & WMARK_MASK) === 0 && zone.boost > 0;
    const { min } = zone.watermark;
    const unboosted = measured && k.zoneWatermarkOk(k, system, zone, 0, min, args.zoneIdx, allocFlags);
    if (!measured) see('another request');
    if (unboosted && !plain) see('the boost decides');
    const want = plain || unboosted;
    return atomic === want ? undefined : { clause: `an atomic request is granted: ${atomic}, and should be: ${want}` };
  },
});

/** The watermark check from v4.4 on, and its fast form. */
export const laterWatermarkProperties: readonly Property[] = [
  oneComparison,
  victimsDigDeepest,
  fastKeepsReserve,
  fastIsSigned,
  atomicIgnoresBoost,
];
