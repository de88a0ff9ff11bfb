import { compactGap } from '../../model/rules/v4_19/compaction.ts';
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
        since: {
          'v4.19': { expected: 'COMPACT_SUCCESS', worked: 'a block of eight is free, and 153 exceed the min mark, 0' },
        },
      },
      {
        given: { zone: 1, order: 3 },
        expected: 'COMPACT_SKIPPED',
        worked: 'no block of 8; 116 pages are not more than 100 + 16: too little room to work in',
        since: {
          'v4.19': {
            expected: 'COMPACT_CONTINUE',
            worked: 'no block of 8; 116 pages are more than 0 + 16: room enough',
          },
        },
      },
      {
        given: { zone: 2, order: 3 },
        expected: 'COMPACT_CONTINUE',
        worked: '117 are more than 116; 117 · 1000 / 8 = 14625; 15625 / 117 = 133; the index 867 is above 500',
        since: { 'v4.19': { expected: 'COMPACT_CONTINUE', worked: '117 are more than 0 + 16' } },
      },
      {
        given: { zone: 3, order: 5 },
        expected: 'COMPACT_NOT_SUITABLE_ZONE',
        worked: '320 · 1000 / 32 = 10000; 11000 / 20 = 550; the index 450 is from 0 to 500: memory lacks, not order',
        since: {
          'v4.19': {
            expected: 'COMPACT_CONTINUE',
            worked: 'for an order above 3 at the low mark: 320 are more than 100 + 64; the index is for others to ask',
          },
        },
      },
      { given: { zone: 1, order: -1 }, expected: 'COMPACT_CONTINUE', worked: 'asked for by hand: always' },
    ],
  }),
  example({
    rule: 'compactionSuitable',
    title: 'An unsuitable zone is skipped',
    zones: ZONES,
    system: { compaction: true },
    ask: (k, { system, node }, { zone, order }) => k.compactionSuitable(k, system, node.zones[zone]!, order, 0, 0),
    cases: [
      {
        given: { zone: 3, order: 5 },
        expected: 'COMPACT_SKIPPED',
        worked: 'the zone for which the rule above says COMPACT_NOT_SUITABLE_ZONE',
      },
      { given: { zone: 2, order: 3 }, expected: 'COMPACT_CONTINUE', worked: 'all other answers are handed on' },
      {
        given: { zone: 1, order: 3 },
        expected: 'COMPACT_SKIPPED',
        worked: '116 pages are not more than 100 + 16',
        since: { 'v4.19': { expected: 'COMPACT_CONTINUE', worked: '116 are more than 0 + 16' } },
      },
    ],
  }),
  example({
    rule: 'compactionSuitable',
    title: 'The index is asked only where a failure would do no harm',
    kernels: ['v4.19', 'v5.9'],
    zones: ZONES,
    ask: (k, { system, node }, { zone, order, compaction }: { zone: number; order: number; compaction: boolean }) =>
      k.compactionSuitable(k, { ...system, compaction }, node.zones[zone]!, order, 0, 0),
    cases: [
      {
        given: { zone: 3, order: 5, compaction: true },
        expected: 'COMPACT_SKIPPED',
        worked: 'order 5 is costly, above 3: the index 450 says that memory lacks',
      },
      {
        given: { zone: 1, order: 3, compaction: true },
        expected: 'COMPACT_CONTINUE',
        worked: 'order 3 is not: whatever the index, compaction shall try',
      },
      { given: { zone: 1, order: 3, compaction: false }, expected: 'COMPACT_SKIPPED', worked: 'it is not built in' },
    ],
  }),
  example({
    rule: 'compactionReady',
    title: 'Single pages enough, and none of 32 pages in one piece',
    zones: [{ name: 'Normal', min: 0, low: 100, high: 100, free: 200 }],
    system: { compaction: true },
    ask: (k, { system, node }, { order }) => k.compactionReady(k, system, node.zones[0]!, order, 0),
    cases: [
      {
        given: { order: 5 },
        expected: false,
        worked: 'compaction is possible, but 200 are not more than 100 + the gap 100 + 64',
        since: { 'v4.19': { expected: true, worked: 'compaction is possible, and 200 are more than 100 + 64' } },
      },
      {
        given: { order: 0 },
        expected: false,
        worked: 'the request would succeed as things are; 200 are not more than 100 + 100 + 2',
        since: { 'v4.19': { expected: true, worked: 'the request would succeed as things are' } },
      },
    ],
  }),
  example({
    rule: 'compactGap',
    title: 'Twice the request',
    kernels: ['v4.19', 'v5.9'],
    ask: (_k, _state, { order }) => compactGap(order),
    cases: [{ given: { order: 3 }, expected: 16, worked: '2 · 8' }],
  }),
];
