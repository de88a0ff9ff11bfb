import { describe, expect, test } from 'vitest';
import { arbitraryQuestion } from '../../generators/index.ts';
import {
  ALLOC_FLAG_NAMES,
  allocFlagsOf,
  balanceGap,
  makeNode,
  populatedZone,
  v4_0,
  zoneNormal,
  zonePageState,
  type Node,
  type System,
  type Zone,
} from '../../model/index.ts';
import { percentOf, sampleOf } from './share.ts';

const questions = sampleOf(arbitraryQuestion(), 6000).map(({ system, node, args }) => ({
  system,
  node: makeNode(node),
  args,
}));
const zones = questions.flatMap(({ system, node }) =>
  node.zones.filter(({ managed }) => managed > 0).map((zone) => ({ system, zone })),
);

const ORDERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const cma = (system: System, zone: Zone): number => (system.cma ? zone.freeArea.cmaPages : 0);
const precise = (system: System, zone: Zone): number => zone.freeArea.pages - cma(system, zone);
const cheap = (system: System, zone: Zone): number => zonePageState(zone) - cma(system, zone);

/** The percentage of zones whose usable pages are this many more than the mark. */
const zonesAt = (mark: (zone: Zone) => readonly number[], off: number, count = precise): number =>
  percentOf(zones, ({ system, zone }) => mark(zone).some((pages) => count(system, zone) === pages + off));

const marksOf = ({ watermark }: Zone): readonly number[] => [watermark.min, watermark.low, watermark.high];

const MARKS: readonly (readonly [string, (zone: Zone) => readonly number[], least: number])[] = [
  ['the high mark', ({ watermark }) => [watermark.high], 1.5],
  ['the low mark', ({ watermark }) => [watermark.low], 1],
  ['the min mark', ({ watermark }) => [watermark.min], 0.8],
  ['the high mark and the balance gap', (zone) => [zone.watermark.high + balanceGap(zone)], 1],
  ['the low mark and room for compaction', ({ watermark }) => ORDERS.map((o) => watermark.low + (2 << o)), 1],
  ['a mark and a high order', (zone) => marksOf(zone).flatMap((mark) => ORDERS.map((o) => mark + (1 << o) - 1)), 4],
];

const withReserve = (zone: Zone): readonly number[] =>
  marksOf(zone).flatMap((mark) => zone.lowmemReserve.filter((pages) => pages > 0).map((pages) => mark + pages));

describe('free pages are drawn at', () => {
  test.each(MARKS)('%s, one above and one below', (_, mark, least) => {
    for (const off of [0, 1, -1]) expect(zonesAt(mark, off)).toBeGreaterThan(least);
  });

  test('a mark and the reserve of a higher zone, one above and one below', () => {
    for (const off of [0, 1, -1]) expect(zonesAt(withReserve, off)).toBeGreaterThan(0.6);
  });

  test.each(MARKS)('%s on the cheap counter of a zone that has drifted', (_, mark, least) => {
    const drifted = zones.filter(({ zone }) => zone.vmstatDrift !== 0);
    const at = percentOf(drifted, ({ system, zone }) =>
      mark(zone).some((pages) => Math.abs(cheap(system, zone) - pages) <= 1),
    );
    expect(at).toBeGreaterThan(least);
  });

  test('the drift mark of the cheap counter, and one below', () => {
    const marked = zones.filter(({ zone }) => zone.percpuDriftMark > 0);
    for (const off of [0, -1]) {
      const shown = percentOf(marked, ({ zone }) => zonePageState(zone) === zone.percpuDriftMark + off);
      expect(shown).toBeGreaterThan(1);
    }
  });

  test('one edge or another in half of the zones', () => {
    const near = (count: number, pages: number): boolean => Math.abs(count - pages) <= 1;
    const atEdge = percentOf(zones, ({ system, zone }) =>
      MARKS.some(([, mark]) =>
        mark(zone).some((pages) => near(precise(system, zone), pages) || near(cheap(system, zone), pages)),
      ),
    );
    expect(atEdge).toBeGreaterThan(50);
    expect(atEdge).toBeLessThan(80);
  });

  test('half of the min marks of the zones up to Normal, where direct reclaim is throttled, and one above', () => {
    const half = (node: Node): number => {
      const low = node.zones.slice(0, zoneNormal(node) + 1).filter(populatedZone);
      const reserve = low.reduce((sum, { watermark }) => sum + watermark.min, 0);
      return reserve === 0 ? NaN : low.reduce((sum, zone) => sum + zonePageState(zone), 0) - Math.floor(reserve / 2);
    };
    for (const off of [0, 1]) expect(percentOf(questions, ({ node }) => half(node) === off)).toBeGreaterThan(1);
  });
});

describe('also drawn are', () => {
  test('zones that are given up for having been scanned six times over, just so or just not', () => {
    for (const off of [0, 1, -1]) {
      const share = percentOf(zones, ({ system, zone }) => {
        const pages = v4_0.zoneReclaimablePages(v4_0, system, zone);
        return pages > 0 && zone.pagesScanned === pages * 6 + off;
      });
      expect(share).toBeGreaterThan(4);
    }
  });

  test('nodes of which exactly a quarter is balanced for a high order, and a page less', () => {
    const beyondQuarter = ({ system, node, args }: (typeof questions)[number]): number => {
      const asked = node.zones.slice(0, args.zoneIdx + 1).filter(populatedZone);
      const managed = asked.reduce((sum, zone) => sum + zone.managed, 0);
      const balanced = asked.filter(
        (zone) =>
          !v4_0.zoneReclaimable(v4_0, system, zone) ||
          v4_0.zoneBalanced(v4_0, system, zone, args.order, 0, node.zones.indexOf(zone)),
      );
      const pages = balanced.reduce((sum, zone) => sum + zone.managed, 0);
      return args.order === 0 || pages === 0 ? NaN : pages - Math.floor(managed / 4);
    };
    for (const off of [0, -1]) {
      expect(percentOf(questions, (question) => beyondQuarter(question) === off)).toBeGreaterThan(0.3);
    }
  });

  test('fragmentation thresholds at the index of a zone, and one below', () => {
    for (const off of [0, -1]) {
      const share = percentOf(questions, ({ system, node }) =>
        node.zones.some((zone) =>
          ORDERS.some((order) => {
            const index = v4_0.fragmentationIndex(v4_0, zone, order);
            return index > 0 && system.extfragThreshold === index + off;
          }),
        ),
      );
      expect(share).toBeGreaterThan(1);
    }
  });

  test('marks where the answer turns: one page more and the zone is too low', () => {
    const turns = percentOf(questions, ({ system, node, args }) => {
      const zone = node.zones[args.zone]!;
      const ok = (mark: number): boolean =>
        v4_0.zoneWatermarkOk(v4_0, system, zone, args.order, mark, args.zoneIdx, allocFlagsOf(args.allocFlags));
      return ok(args.mark) !== ok(args.mark + 1) || ok(args.mark) !== ok(Math.max(0, args.mark - 1));
    });
    expect(turns).toBeGreaterThan(12);
  });

  test('every flag of an allocation', () => {
    for (const name of ALLOC_FLAG_NAMES) {
      expect(percentOf(questions, ({ args }) => args.allocFlags.some((flag) => flag === name))).toBeGreaterThan(10);
    }
  });
});
