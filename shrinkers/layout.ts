import { describeZone, makeZone, takeBlocks, type ScenarioNode, type ScenarioZone } from '../model/index.ts';
import { replaced, steps } from './case.ts';
import { freePages } from './pages.ts';
import { quantitiesOf, withNumbers, type Quantity } from './quantity.ts';

/** Everything in pages divided at once, whatever the rounding. */
export function* scaleDown<C extends object>(given: C): Generator<C> {
  const amounts = quantitiesOf(given).filter(({ pages, value }) => pages > 0 && value !== 0);
  const zones = new Set(amounts.map(({ path }) => path.slice(0, path.indexOf('zones') + 2).join('.')));
  for (const divisor of [1000, 100, 10, 4, 2, 1.5]) {
    for (const round of [Math.floor, Math.ceil, Math.round]) {
      // Added to 0, since a file keeps no -0.
      const scaled = ({ value }: Quantity) => 0 + round(value / divisor);
      yield withNumbers(
        given,
        amounts.map((one) => [one, scaled(one)]),
      );
      for (const zone of zones) {
        const own = amounts.filter(({ path }) => path.slice(0, path.indexOf('zones') + 2).join('.') === zone);
        yield withNumbers(
          given,
          own.map((one) => [one, scaled(one)]),
        );
      }
    }
  }
}

const lowered = (value: number, by: number): number => Math.max(0, value - by);

const FIRST_MARKS = ['min', 'low', 'high'] as const;

/** Marks lowered together, from `first` upwards, and free pages, sizes and lists with them or not. */
function shifted(zone: ScenarioZone, first: number, by: number, withFree: boolean, withSize: boolean): ScenarioZone {
  const { min, low, high } = zone.watermark;
  const [newMin, newLow, newHigh] = [min, low, high].map((mark, i) => (i < first ? mark : lowered(mark, by)));
  const watermark = { min: newMin!, low: newLow!, high: newHigh! };
  const present = withSize ? Math.max(1, zone.present - by) : zone.present;
  const managed = withSize ? lowered(zone.managed, by) : zone.managed;
  const { free } = withFree ? withoutPages(zone, by) : zone;
  return { ...zone, watermark, present, managed, free };
}

/** The zone with fewer free pages, taken as the page allocator takes them. */
function withoutPages(zone: ScenarioZone, pages: number): ScenarioZone {
  const full = makeZone(zone);
  return describeZone({ ...full, freeArea: takeBlocks(full.freeArea, 0, pages).area });
}

/** A zone's marks lowered together by as much, and its free pages, and its size: how they compare stays. */
export function* lowerMarks(node: ScenarioNode): Generator<ScenarioNode> {
  const change = (zones: readonly number[], to: (zone: ScenarioZone) => ScenarioZone): ScenarioNode => ({
    ...node,
    zones: node.zones.map((zone, i) => (zones.includes(i) ? to(zone) : zone)),
  });
  const all = [...node.zones.keys()];
  const groups = node.zones.length > 1 ? [all, ...all.map((i) => [i])] : [all];
  for (const group of groups) {
    const most = Math.max(...group.map((i) => node.zones[i]!.watermark.high));
    for (const by of steps(most)) {
      for (const first of FIRST_MARKS.keys()) {
        for (const [withFree, withSize] of [
          [true, true],
          [true, false],
          [false, false],
        ] as const) {
          yield change(group, (zone) => shifted(zone, first, by, withFree, withSize));
        }
      }
    }
  }
  yield* fewerFreePages(node);
}

/** Fewer free pages in a zone, whatever lists they are on. */
function* fewerFreePages(node: ScenarioNode): Generator<ScenarioNode> {
  for (const [i, zone] of node.zones.entries()) {
    for (const by of steps(freePages(zone.free))) {
      yield { ...node, zones: replaced(node.zones, i, withoutPages(zone, by)) };
      const size = { present: Math.max(1, zone.present - by), managed: lowered(zone.managed, by) };
      yield { ...node, zones: replaced(node.zones, i, { ...withoutPages(zone, by), ...size }) };
    }
  }
}
