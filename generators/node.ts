import fc from 'fast-check';
import type { ScenarioNode, ScenarioZone, System } from '../model/index.ts';
import type { Layout } from './layout/layout.ts';
import { arbitraryMachine, machineLayout } from './layout/machine.ts';
import { arbitraryOddShape, arbitraryOddZone, oddLayout, type OddShape } from './layout/odd.ts';
import { record } from './record.ts';
import { arbitrarySystem } from './system.ts';
import { arbitraryThresholdAt, withThresholdAt, type ThresholdAt } from './threshold.ts';
import { arbitraryOrder, type FreeAim } from './zone/aim.ts';
import { arbitraryUse, fillZone, type Use } from './zone/fill.ts';

/** A node in a system. `order` is the order that much of the case turns on. */
export interface State {
  readonly system: System;
  readonly node: ScenarioNode;
  readonly order: number;
}

/** What restricts a drawn case. */
export interface Options {
  /** Nodes have these zones, sizes, marks and reserves; how the memory is used is drawn. */
  readonly layout?: Layout;
}

/**
 * How the zones of a node are used together: each as drawn; so that one is balanced and the others are not; or so that
 * the zones up to Normal together have half of their min marks free, and `off` pages more.
 */
type Theme =
  | { readonly is: 'drawn' }
  | { readonly is: 'oneBalanced'; readonly zone: number }
  | { readonly is: 'halfOfMin'; readonly off: number };

const arbitraryTheme: fc.Arbitrary<Theme> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Theme>({ is: 'drawn' }) },
  {
    weight: 1,
    arbitrary: record({ is: fc.constant('oneBalanced' as const), zone: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: record({ is: fc.constant('halfOfMin' as const), off: fc.constantFrom(0, 1, -1) }),
  },
);

interface Draw {
  readonly id: number;
  readonly system: System;
  readonly theme: Theme;
  readonly order: number;
  /** Whether a request of that order is pending already. */
  readonly pending: boolean;
  readonly zoneIdx: number;
  readonly threshold: ThresholdAt | undefined;
}

const common = {
  id: fc.constantFrom(0, 0, 0, 1),
  system: arbitrarySystem,
  theme: arbitraryTheme,
  order: arbitraryOrder,
  pending: fc.constantFrom(false, false, true),
  zoneIdx: fc.integer({ min: 0, max: 4 }),
  threshold: arbitraryThresholdAt,
};

const MOST_ZONES = 4;
/** A zone index above all that there are: no reserve counts. */
const OWN = 4;

/** A node with everything about it, in a system. Machines and odd nodes are about as frequent. */
export function arbitraryState({ layout }: Options = {}): fc.Arbitrary<State> {
  if (layout !== undefined) {
    const { length } = layout.zones;
    const uses = fc.array(arbitraryUse, { minLength: length, maxLength: length });
    return record({ ...common, uses }).map(({ uses: drawn, ...draw }) => makeState(layout, draw, drawn));
  }
  const most = { minLength: 1, maxLength: MOST_ZONES, size: 'max' } as const;
  const odd = record({
    ...common,
    shape: arbitraryOddShape,
    zones: fc.array(fc.tuple(arbitraryOddZone, arbitraryUse), most),
  }).map(({ shape, zones, ...draw }) =>
    makeState(
      oddLayout(
        shape,
        zones.map(([zone]) => zone),
      ),
      { ...draw, theme: themeOf(shape, draw.theme) },
      zones.map(([, use]) => use),
    ),
  );
  const machine = record({ ...common, machine: arbitraryMachine, uses: fc.array(arbitraryUse, most) }).map(
    ({ machine: drawn, uses, ...draw }) => makeState(machineLayout(drawn, uses.length), draw, uses),
  );
  return fc.oneof(odd, machine);
}

/** The zone that holds a quarter is the one that is balanced, or not. */
const themeOf = ({ quarter }: OddShape, theme: Theme): Theme =>
  quarter !== undefined && theme.is === 'drawn' ? { is: 'oneBalanced', zone: quarter.zone } : theme;

function makeState(layout: Layout, draw: Draw, uses: readonly Use[]): State {
  const aimed = usesOf(layout, draw, uses);
  const zones = layout.zones.map((zone, i) => fillZone(zone, aimed[i]!, draw.system));
  const top = Math.max(0, zones.findLastIndex(isPopulated));
  const request = {
    order: draw.pending ? draw.order : 0,
    zoneIdx: draw.pending ? Math.min(draw.zoneIdx, top) : top,
    failures: 0,
  };
  const node = { id: draw.id, zones, kswapd: request };
  return { system: withThresholdAt(draw.system, node, draw.order, draw.threshold), node, order: draw.order };
}

const isPopulated = ({ present }: Pick<ScenarioZone, 'present'>): boolean => present > 0;

function usesOf({ zones }: Layout, { theme, order }: Draw, uses: readonly Use[]): readonly Use[] {
  switch (theme.is) {
    case 'drawn':
      return uses;
    case 'oneBalanced': {
      const populated = zones.flatMap((zone, i) => (zone.managed > 0 ? [i] : []));
      const one = populated[theme.zone % Math.max(1, populated.length)];
      return uses.map((use, i) => (i === one ? balancedUse(use, order) : unbalancedUse(use, order)));
    }
    case 'halfOfMin':
      return halfOfMin(zones, theme.off, uses);
  }
}

const balancedUse = (use: Use, order: number): Use => ({ ...use, aim: { at: 'above', order, blocks: 2 } });

/** At its high mark or far below, with something to reclaim, so that it does not count as balanced. */
function unbalancedUse(use: Use, order: number): Use {
  const atMark: FreeAim = { at: 'edge', mark: 'high', order, zoneIdx: OWN, off: 0, counter: 'precise' };
  const aim = use.aim.at === 'edge' ? atMark : ({ at: 'below', of: 8 } as const);
  const lru = { ...use.lru, inactiveFile: Math.max(1, use.lru.inactiveFile), unit: 'pages' as const };
  return { ...use, aim, lru, scanned: { eighths: 0, off: 0 } };
}

/** Each zone up to Normal has so much free that their sum is half of the sum of min marks, rounded down. */
function halfOfMin(zones: Layout['zones'], off: number, uses: readonly Use[]): readonly Use[] {
  const normal = zones.findLastIndex(({ name }) => name === 'Normal');
  let sum = 0;
  return uses.map((use, i) => {
    const zone = zones[i]!;
    if (i > normal) return use;
    const before = Math.floor(sum / 2);
    sum += isPopulated(zone) ? zone.watermark.min : 0;
    const pages = Math.max(0, Math.floor(sum / 2) - before + (i === normal ? off : 0));
    return { ...use, cma: 0, aim: { at: 'pages', pages } };
  });
}
