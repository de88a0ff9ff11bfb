import { example } from '../example.ts';

const shown = ({ freePages, freeBlocksTotal, freeBlocksSuitable }: Record<string, number>) => ({
  freePages: freePages!,
  freeBlocksTotal: freeBlocksTotal!,
  freeBlocksSuitable: freeBlocksSuitable!,
});

/** 20 blocks of 8 pages; 116 single pages; 117; 20 blocks of 16 pages. */
const ZONES = [
  { name: 'DMA', low: 100, free: [0, 0, 0, 20] },
  { name: 'DMA32', low: 100, free: 116 },
  { name: 'Normal', low: 100, free: 117 },
  { name: 'Movable', low: 100, free: [0, 0, 0, 0, 20] },
] as const;

/** Worked examples of how free memory lies, and of what compaction could do about it. */
export const compactionExamples = [
  example({
    rule: 'fillContigPageInfo',
    title: 'A larger block counts once for each request that fits into it',
    zones: [{ name: 'Normal', free: [3, 2, 1] }],
    ask: (k, { node }, { order }) => shown({ ...k.fillContigPageInfo(k, node.zones[0]!, order) }),
    cases: [
      {
        given: { order: 1 },
        expected: { freePages: 11, freeBlocksTotal: 6, freeBlocksSuitable: 4 },
        worked: '3 + 2·2 + 1·4 pages in 3 + 2 + 1 blocks; two pairs, and two more in the block of four',
      },
    ],
  }),
  example({
    rule: '__fragmentationIndex',
    title: 'From lack of memory to fragmentation',
    ask: (k, _state, { order, freePages, freeBlocksTotal, freeBlocksSuitable }) =>
      k.__fragmentationIndex(k, order, { freePages, freeBlocksTotal, freeBlocksSuitable }),
    cases: [
      {
        given: { order: 3, freePages: 800, freeBlocksTotal: 800, freeBlocksSuitable: 0 },
        expected: 874,
        worked: '800 · 1000 / 8 = 100000; (1000 + 100000) / 800 = 126; 1000 - 126: the pages are there, in pieces',
      },
      {
        given: { order: 3, freePages: 8, freeBlocksTotal: 4, freeBlocksSuitable: 0 },
        expected: 500,
        worked: '8 · 1000 / 8 = 1000; 2000 / 4 = 500; 1000 - 500',
      },
      {
        given: { order: 5, freePages: 16, freeBlocksTotal: 1, freeBlocksSuitable: 0 },
        expected: -500,
        worked: '16 · 1000 / 32 = 500; 1500 / 1; 1000 - 1500: one large block, and too little memory',
      },
      {
        given: { order: 3, freePages: 0, freeBlocksTotal: 0, freeBlocksSuitable: 0 },
        expected: 0,
        worked: 'no free block at all: a plain lack of memory',
      },
      {
        given: { order: 3, freePages: 16, freeBlocksTotal: 2, freeBlocksSuitable: 2 },
        expected: -1000,
        worked: 'a block is large enough: the request would not fail',
      },
    ],
  }),
  example({
    rule: 'fragmentationIndex',
    title: 'Four single pages and two pairs, asked for eight in one piece',
    zones: [{ name: 'Normal', free: [4, 2] }],
    ask: (k, { node }, { order }) => k.fragmentationIndex(k, node.zones[0]!, order),
    cases: [
      {
        given: { order: 3 },
        expected: 667,
        worked: '8 pages in 6 blocks: 8 · 1000 / 8 = 1000; 2000 / 6 = 333; 1000 - 333',
      },
    ],
  }),
  example({
    rule: '__compactionSuitable',
    title: 'The four answers',
    zones: ZONES,
    ask: (k, { system, node }, { zone, order }) => k.__compactionSuitable(k, system, node.zones[zone]!, order, 0, 0),
    cases: [
      {
        given: { zone: 0, order: 3 },
        expected: 'COMPACT_PARTIAL',
        worked: '160 - 7 = 153 pages in large enough blocks exceed the low mark, 100: nothing to compact',
      },
      {
        given: { zone: 1, order: 3 },
        expected: 'COMPACT_SKIPPED',
        worked: 'no block of 8; 116 pages are not more than 100 + 16: too little room to work in',
      },
      {
        given: { zone: 2, order: 3 },
        expected: 'COMPACT_CONTINUE',
        worked: '117 are more than 116; 117 · 1000 / 8 = 14625; 15625 / 117 = 133; the index 867 is above 500',
      },
      {
        given: { zone: 3, order: 5 },
        expected: 'COMPACT_NOT_SUITABLE_ZONE',
        worked: '320 · 1000 / 32 = 10000; 11000 / 20 = 550; the index 450 is from 0 to 500: memory lacks, not order',
      },
      { given: { zone: 1, order: -1 }, expected: 'COMPACT_CONTINUE', worked: 'asked for by hand: always' },
    ],
  }),
  example({
    rule: 'compactionSuitable',
    title: 'An unsuitable zone is skipped',
    zones: ZONES,
    ask: (k, { system, node }, { zone, order }) => k.compactionSuitable(k, system, node.zones[zone]!, order, 0, 0),
    cases: [
      {
        given: { zone: 3, order: 5 },
        expected: 'COMPACT_SKIPPED',
        worked: 'the zone for which the rule above says COMPACT_NOT_SUITABLE_ZONE',
      },
      { given: { zone: 2, order: 3 }, expected: 'COMPACT_CONTINUE', worked: 'all other answers are handed on' },
    ],
  }),
];
