import fc from 'fast-check';
import {
  gfpOf,
  highestZone,
  v4_0,
  type DirectArgs,
  type DirectCase,
  type DirectTaskFlag,
  type GfpName,
  type ScenarioNode,
  type ZoneRef,
} from '../model/index.ts';
import { arbitraryDirectPlans, playDirectPlans } from './directScript.ts';
import { layoutOf } from './layout/layout.ts';
import { arbitraryState, type Options, type State } from './node.ts';
import { record } from './record.ts';

const ZONE_MASKS: readonly (readonly GfpName[])[] = [
  [],
  [],
  ['HIGHMEM', 'MOVABLE'],
  ['HIGHMEM', 'MOVABLE'],
  ['HIGHMEM'],
  ['MOVABLE'],
  ['DMA32'],
  ['DMA'],
];

/** What a direct reclaim is asked for, apart from the state that it meets. */
interface Draw {
  readonly zones: readonly GfpName[];
  readonly io: boolean;
  readonly fs: boolean;
  readonly costly: number | undefined;
  readonly nrToReclaim: number;
  readonly task: readonly DirectTaskFlag[] | undefined;
  /** All zones of a node, then those of the next; or all zones of a height, then those below. */
  readonly zoneOrder: boolean;
  /** Nothing is free, so that the task is throttled if anything is kept at all. */
  readonly poor: boolean;
  readonly backwards: boolean;
  readonly failures: readonly number[];
  readonly laptopMode: boolean;
  readonly compaction: boolean;
  readonly bufferHeads: boolean;
}

const arbitraryDraw = record<Draw>({
  zones: fc.constantFrom(...ZONE_MASKS),
  io: fc.constantFrom(true, true, true, true, true, false),
  fs: fc.boolean(),
  costly: fc.option(fc.integer({ min: 4, max: 10 }), { nil: undefined, freq: 2 }),
  nrToReclaim: fc.oneof(
    { weight: 3, arbitrary: fc.constant(32) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 400 }) },
  ),
  task: fc.constantFrom<(readonly DirectTaskFlag[] | undefined)[]>(
    undefined,
    undefined,
    undefined,
    [],
    [],
    [],
    [],
    ['KTHREAD'],
    ['FATAL_SIGNAL'],
  ),
  zoneOrder: fc.boolean(),
  poor: fc.boolean(),
  backwards: fc.boolean(),
  failures: fc.array(fc.constantFrom(0, 0, 3, 16), { minLength: 2, maxLength: 2 }),
  laptopMode: fc.boolean(),
  compaction: fc.constantFrom(true, true, false),
  bufferHeads: fc.constantFrom(false, false, true),
});

/** One or two nodes, a task that reclaims directly, and what happens to it. */
export function arbitraryDirectCase(options: Options = {}): fc.Arbitrary<DirectCase> {
  const nodes = arbitraryState(options).chain((first) => {
    const second = fc.oneof(fc.constant(undefined), arbitraryState({ layout: layoutOf(first.node) }));
    return second.map((other) => ({ first, other }));
  });
  return fc
    .tuple(nodes, arbitraryDraw, arbitraryDirectPlans)
    .map(([{ first, other }, draw, plans]) => playDirectPlans(makeCase(first, other, draw), plans));
}

function makeCase(first: State, other: State | undefined, draw: Draw): DirectCase {
  const states = other === undefined ? [first] : [first, other];
  const poor = draw.task !== undefined && draw.poor;
  const nodes = states.map(({ node: { zones, kswapd } }, id): ScenarioNode => {
    const { order, zoneIdx } = kswapd;
    return { id, zones: poor ? withoutFree(zones) : zones, kswapd: { order, zoneIdx, failures: draw.failures[id]! } };
  });
  const { laptopMode, compaction, bufferHeads } = draw;
  const base = {
    system: { ...first.system, laptopMode, compaction, bufferHeadsOverLimit: bufferHeads },
    nodes,
    zonelist: zonelistOf(nodes, draw),
    args: argsOf(nodes[0]!, draw, draw.costly ?? first.order),
    script: [],
  };
  return draw.task === undefined ? base : { ...base, task: draw.task };
}

const withoutFree = (zones: ScenarioNode['zones']): ScenarioNode['zones'] =>
  zones.map((zone) => Object.assign({}, zone, { free: {}, vmstatDrift: Math.min(0, zone.vmstatDrift) }));

function argsOf(node: ScenarioNode, { zones, io, fs, nrToReclaim }: Draw, order: number): DirectArgs {
  const gfpMask: readonly GfpName[] = [
    ...zones,
    'DIRECT_RECLAIM',
    'KSWAPD_RECLAIM',
    ...(io ? ['IO' as const] : []),
    ...(io && fs ? ['FS' as const] : []),
  ];
  return { order, gfpMask, nrToReclaim, reclaimIdx: highestZone(v4_0, node, gfpOf(gfpMask)) };
}

/** All managed zones, the highest first, in node order or in zone order. */
function zonelistOf(nodes: readonly ScenarioNode[], { zoneOrder, backwards }: Draw): readonly ZoneRef[] {
  const found = nodes.flatMap(({ zones }, n) =>
    zones.flatMap(({ managed }, z): readonly ZoneRef[] => (managed > 0 ? [[n, z]] : [])),
  );
  const nodeRank = ([node]: ZoneRef): number => (backwards ? -node : node);
  return found.toSorted((a, b) => {
    const byNode = nodeRank(a) - nodeRank(b);
    const byZone = b[1] - a[1];
    return zoneOrder ? byZone || byNode : byNode || byZone;
  });
}
