import fc from 'fast-check';
import { baseOf, v4_0, type Kernel, type ScenarioNode, type ScenarioZone, type System } from '../model/index.ts';
import { generationOf, type Generation } from './generation.ts';
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
  /** The kernel that cases are for: v4.0 if left out. One that was made from another has the cases of that one. */
  readonly kernel?: Kernel;
}

/**
 * How the zones of a node are used together: each as drawn; so that one is balanced and the others are not; so that the
 * zones up to Normal together have half of their min marks free, and `off` pages more; or so that none is balanced.
 */
type Theme =
  | { readonly is: 'drawn' }
  | { readonly is: 'oneBalanced'; readonly zone: number }
  | { readonly is: 'halfOfMin'; readonly off: number }
  | { readonly is: 'noneBalanced' };

/** Where one zone is enough to balance a node, none is balanced more often. */
const arbitraryTheme = ({ byNode }: Generation): fc.Arbitrary<Theme> =>
  fc.oneof(
    { weight: byNode ? 4 : 8, arbitrary: fc.constant<Theme>({ is: 'drawn' }) },
    {
      weight: 1,
      arbitrary: record({ is: fc.constant('oneBalanced' as const), zone: fc.integer({ min: 0, max: 3 }) }),
    },
    {
      weight: 1,
      arbitrary: record({ is: fc.constant('halfOfMin' as const), off: fc.constantFrom(0, 1, -1) }),
    },
    { weight: byNode ? 4 : 0, arbitrary: fc.constant<Theme>({ is: 'noneBalanced' }) },
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
  /** Runs in a row without progress. */
  readonly failures: number;
}

const common = (generation: Generation) => ({
  id: fc.constantFrom(0, 0, 0, 1),
  system: arbitrarySystem,
  theme: arbitraryTheme(generation),
  order: arbitraryOrder,
  pending: fc.constantFrom(false, false, true),
  zoneIdx: fc.integer({ min: 0, max: 4 }),
  threshold: arbitraryThresholdAt,
  failures: generation.byNode ? fc.constantFrom(0, 0, 0, 0, 3, 14, 15, 15, 16, 17) : fc.constant(0),
});

const MOST_ZONES = 4;
/** A zone index above all that there are: no reserve counts. */
const OWN = 4;

/** A node with everything about it, in a system. Machines and odd nodes are about as frequent. */
export function arbitraryState({ layout, kernel = v4_0 }: Options = {}): fc.Arbitrary<State> {
  const generation = generationOf(kernel);
  const use = arbitraryUse(generation);
  const drawn = common(generation);
  if (layout !== undefined) {
    const { length } = layout.zones;
    const uses = fc.array(use, { minLength: length, maxLength: length });
    return record({ ...drawn, uses }).map(({ uses: own, ...draw }) => makeState(layout, draw, own, generation));
  }
  const most = { minLength: 1, maxLength: MOST_ZONES, size: 'max' } as const;
  const odd = record({
    ...drawn,
    shape: arbitraryOddShape,
    zones: fc.array(fc.tuple(arbitraryOddZone, use), most),
  }).map(({ shape, zones, ...draw }) =>
    makeState(
      oddLayout(
        shape,
        zones.map(([zone]) => zone),
      ),
      { ...draw, theme: themeOf(shape, draw.theme) },
      zones.map(([, own]) => own),
      generation,
    ),
  );
  const base = baseOf(kernel);
  const machine = record({ ...drawn, machine: arbitraryMachine, uses: fc.array(use, most) }).map(
    ({ machine: one, uses, ...draw }) => makeState(machineLayout(one, uses.length, base), draw, uses, generation),
  );
  return fc.oneof(odd, machine);
}

/** The zone that holds a quarter is the one that is balanced, or not. */
const themeOf = ({ quarter }: OddShape, theme: Theme): Theme =>
  quarter !== undefined && theme.is === 'drawn' ? { is: 'oneBalanced', zone: quarter.zone } : theme;

function makeState(layout: Layout, draw: Draw, uses: readonly Use[], { byNode }: Generation): State {
  const aimed = usesOf(layout, draw, uses);
  const zones = layout.zones.map((zone, i) => fillZone(zone, aimed[i]!, draw.system));
  const top = byNode ? zones.length - 1 : Math.max(0, zones.findLastIndex(isPopulated));
  const request = {
    order: draw.pending ? draw.order : 0,
    // From v4.8 on the index after the last one says that nothing is asked.
    zoneIdx: draw.pending ? Math.min(draw.zoneIdx, top) : byNode ? zones.length : top,
    failures: draw.failures,
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
    case 'noneBalanced':
      return uses.map((use) => unbalancedUse(use, order));
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
    sum += isPopulated(zone) && (use.later === undefined || zone.managed > 0) ? zone.watermark.min : 0;
    const pages = Math.max(0, Math.floor(sum / 2) - before + (i === normal ? off : 0));
    return unboosted({ ...use, cma: 0, aim: { at: 'pages', pages } });
  });
}

/** Later kernels count a zone only if it has something to reclaim, and its min mark with its boost. */
function unboosted(use: Use): Use {
  if (use.later === undefined) return use;
  const lru = { ...use.lru, inactiveFile: Math.max(1, use.lru.inactiveFile), unit: 'pages' as const };
  return { ...use, lru, later: { ...use.later, boost: 0 } };
}
