import { giveBlocks, mergeBlocks, nrZones, takeBlocks, zoneNormal, zonePageState } from '../../model/index.ts';
import { example } from '../example.ts';

/** The first orders of a list of blocks. */
const orders = (blocks: readonly number[]): readonly number[] => blocks.slice(0, 3);

/** Worked examples of zones and of their free lists. */
export const zoneExamples = [
  example({
    rule: 'zonePageState',
    title: 'A counter that has drifted',
    zones: [
      { name: 'DMA', free: 100, drift: 60 },
      { name: 'Normal', free: 100, drift: -200 },
    ],
    ask: (_k, { node }, { zone }) => zonePageState(node.zones[zone]!),
    cases: [
      { given: { zone: 0 }, expected: 160, worked: '100 + 60' },
      { given: { zone: 1 }, expected: 0, worked: '100 - 200 is less than 0, and 0 is read' },
    ],
  }),
  example({
    rule: 'nrZones',
    title: 'Empty zones at the top do not count',
    zones: [{ name: 'DMA' }, { name: 'Normal' }, { name: 'Movable', managed: 0 }],
    ask: (_k, { node }) => nrZones(node),
    cases: [{ given: {}, expected: 2, worked: 'Normal, at index 1, is the highest populated zone' }],
  }),
  example({
    rule: 'zoneNormal',
    title: 'By name, not by position',
    zones: [{ name: 'DMA' }, { name: 'Normal' }, { name: 'Movable', managed: 0 }],
    ask: (_k, { node }) => zoneNormal(node),
    cases: [{ given: {}, expected: 1, worked: 'DMA is at 0' }],
  }),
  example({
    rule: 'takeBlocks',
    title: 'A larger block is split',
    zones: [{ name: 'Normal', free: [1, 0, 1] }],
    ask: (_k, { node }, { order, count }) => {
      const { area, blocks } = takeBlocks(node.zones[0]!.freeArea, order, count);
      return { blocksGot: blocks, leftByOrder: orders(area.nrFree) };
    },
    cases: [
      {
        given: { order: 0, count: 2 },
        expected: { blocksGot: 2, leftByOrder: [1, 1, 0] },
        worked: 'the single page, then one of the block of four, of which a pair and a single page remain',
      },
      {
        given: { order: 0, count: 9 },
        expected: { blocksGot: 5, leftByOrder: [0, 0, 0] },
        worked: 'there are 1 + 4 pages',
      },
      {
        given: { order: 1, count: 1 },
        expected: { blocksGot: 1, leftByOrder: [1, 1, 0] },
        worked: 'half of the block of four; the single page is of no use',
      },
    ],
  }),
  example({
    rule: 'giveBlocks',
    title: 'Freed blocks stay as they are',
    zones: [{ name: 'Normal', free: [1, 0, 1] }],
    ask: (_k, { node }, { order, count }) => orders(giveBlocks(node.zones[0]!.freeArea, order, count).nrFree),
    cases: [{ given: { order: 1, count: 2 }, expected: [1, 2, 1], worked: 'two pairs, which do not become a four' }],
  }),
  example({
    rule: 'mergeBlocks',
    title: 'As often as there are enough',
    zones: [{ name: 'Normal', free: [5] }],
    ask: (_k, { node }, { from, to, count }) => orders(mergeBlocks(node.zones[0]!.freeArea, from, to, count).nrFree),
    cases: [
      { given: { from: 0, to: 1, count: 4 }, expected: [1, 2, 0], worked: 'five single pages make two pairs' },
      { given: { from: 0, to: 2, count: 1 }, expected: [1, 0, 1], worked: 'or one block of four' },
    ],
  }),
];
