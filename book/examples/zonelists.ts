import { makeNode, withZone, type Kernel, type Memory, type Node, type Nodes, type Numa } from '../../model/index.ts';
import { example, type Answer } from '../example.ts';
import { writtenNode } from '../sketch.ts';

/** A node with so many managed pages in DMA32 and in Normal, and so many present in Normal. */
const node = (id: number, dma32: number, normal: number, present = normal): Node => {
  const made = makeNode(
    writtenNode([
      { name: 'DMA', managed: 0 },
      { name: 'DMA32', managed: dma32 },
      { name: 'Normal', managed: normal },
      { name: 'Movable', managed: 0 },
    ]),
  );
  return { ...withZone(made, 2, { ...made.zones[2]!, present }), id };
};

/** Node 2 is near to node 0, node 1 is far away. */
const DISTANCE = [
  [10, 30, 20],
  [30, 10, 30],
  [20, 30, 10],
];

const nodes = (zonelistOrder: Numa['zonelistOrder'], hasCpus = [true, true, true]): Nodes => ({
  nodes: [node(0, 1000, 1000), node(1, 0, 1000), node(2, 0, 0, 1000)],
  hasCpus,
  numa: { layout: 'x86_64', distance: DISTANCE, zonelistOrder },
});

const named = (list: readonly (readonly [number, number])[]): string =>
  list.map(([at, zone]) => `${at}.${['DMA', 'DMA32', 'Normal', 'Movable'][zone]!}`).join(' ');

const cached = (memory: Memory): Answer => ({ full: memory.zonelists[0]!.zlc.full });
const LIST = { node: 0, thisNode: false };
const withFull = (memory: Memory, full: readonly number[], stale: boolean): Memory => ({
  ...memory,
  zonelists: [{ ...memory.zonelists[0]!, zlc: { full, stale } }],
});
const ZONES = [{ name: 'DMA' }, { name: 'Normal' }] as const;

/** Worked examples of where requests look for memory. */
export const zonelistExamples = [
  example({
    rule: 'zonelistOf',
    title: 'Node 0 has DMA32 and Normal; node 1 has Normal; all pages of node 2’s Normal are taken',
    ask: (k, _state, { zonelistOrder, order }: { zonelistOrder: string; order: readonly string[] }) =>
      named(k.zonelistOf(k, nodes(zonelistOrder as Numa['zonelistOrder']), order.map(Number))),
    cases: [
      {
        given: { zonelistOrder: 'node', order: ['0', '2', '1'] },
        expected: '0.Normal 0.DMA32 2.Normal 1.Normal',
        worked: 'all zones of a node before the next one, the highest first',
        since: { 'v4.19': { expected: '0.Normal 0.DMA32 1.Normal', worked: 'node 2 has nothing to give' } },
      },
      {
        given: { zonelistOrder: 'zone', order: ['0', '2', '1'] },
        expected: '0.Normal 2.Normal 1.Normal 0.DMA32',
        worked: 'all Normal zones before DMA32',
        since: { 'v4.19': { expected: '0.Normal 0.DMA32 1.Normal', worked: 'zone order is not asked any more' } },
      },
    ],
  }),
  example({
    rule: 'findNextBestNode',
    title: 'From node 0, node 2 is at a distance of 20 and node 1 of 30',
    ask: (k, _state, { used }: { used: readonly string[] }) =>
      k.findNextBestNode(k, nodes('node'), 0, used.map(Number), [0, 0, 0]) ?? 'nothing',
    cases: [
      { given: { used: [] }, expected: 0, worked: 'the local node comes first' },
      { given: { used: ['0'] }, expected: 2, worked: 'then the nearest' },
      { given: { used: ['0', '2'] }, expected: 1, worked: 'then the other one' },
      { given: { used: ['0', '1', '2'] }, expected: 'nothing', worked: 'there is none left' },
    ],
  }),
  example({
    rule: 'buildZonelists',
    title: 'The same three nodes',
    ask: (k: Kernel) =>
      Object.fromEntries(
        k.buildZonelists(k, nodes('node')).map(({ fallback }, i) => [`node ${i}`, named(fallback)] as const),
      ),
    cases: [
      {
        given: {},
        expected: {
          'node 0': '0.Normal 0.DMA32 2.Normal 1.Normal',
          'node 1': '1.Normal 2.Normal 0.Normal 0.DMA32',
          'node 2': '2.Normal 0.Normal 0.DMA32 1.Normal',
        },
        worked: 'each with its own first. From node 1 the others are equally far, but lower nodes stand back',
        since: {
          'v4.19': {
            expected: {
              'node 0': '0.Normal 0.DMA32 1.Normal',
              'node 1': '1.Normal 0.Normal 0.DMA32',
              'node 2': '0.Normal 0.DMA32 1.Normal',
            },
            worked: 'the same without node 2, whose pages are all taken',
          },
        },
      },
    ],
  }),
  example({
    rule: 'zoneAllowsReclaim',
    title: 'As far away as RECLAIM_DISTANCE',
    ask: (k, { memory }, { distance }) => {
      const numa = { ...memory.numa, distance: [[10, distance]] };
      return k.zoneAllowsReclaim(k, { ...memory, numa }, [0, 0], [1, 0]);
    },
    cases: [
      { given: { distance: 29 }, expected: true, worked: '29 is less than 30' },
      {
        given: { distance: 30 },
        expected: false,
        worked: '30 is not less than 30',
        since: { 'v4.19': { expected: true, worked: '30 is not more than 30' } },
      },
    ],
  }),
  example({
    rule: 'zlcSetup',
    title: 'Once a second',
    zones: ZONES,
    ask: (k, { memory }, { stale }: { stale: boolean }) => cached(k.zlcSetup(k, withFull(memory, [0], stale), LIST)),
    cases: [
      { given: { stale: true }, expected: { full: [] }, worked: 'a second has passed: all zones are worth trying' },
      { given: { stale: false }, expected: { full: [0] }, worked: 'not yet' },
    ],
  }),
  example({
    rule: 'zlcZoneWorthTrying',
    title: 'The first zone of the list was full',
    zones: ZONES,
    ask: (k, { memory }, { position }) => k.zlcZoneWorthTrying(k, withFull(memory, [0], false), LIST, position),
    cases: [
      { given: { position: 0 }, expected: false, worked: 'that one' },
      { given: { position: 1 }, expected: true, worked: 'the other one' },
    ],
  }),
  example({
    rule: 'zlcMarkZoneFull',
    title: 'One more',
    zones: ZONES,
    ask: (k, { memory }, { position }) => cached(k.zlcMarkZoneFull(k, withFull(memory, [1], false), LIST, position)),
    cases: [{ given: { position: 0 }, expected: { full: [0, 1] }, worked: 'the second was known to be full' }],
  }),
  example({
    rule: 'zlcClearZonesFull',
    title: 'After reclaim',
    zones: ZONES,
    ask: (k, { memory }) => cached(k.zlcClearZonesFull(k, withFull(memory, [0, 1], false), LIST)),
    cases: [{ given: {}, expected: { full: [] }, worked: 'pages came free' }],
  }),
];
