import { describe, expect, test } from 'vitest';
import { v4_0 as k } from '../../model/index.ts';
import { system, zone } from './sketch.ts';

describe('how free memory lies', () => {
  // 3 + 2*2 + 1*4 + 1*8 = 19 pages in 7 blocks; the block of order 3 serves order 2 twice.
  test('blocks larger than the request count once for each time that it fits', () => {
    const info = k.fillContigPageInfo(k, zone({ free: [3, 2, 1, 1] }), 2);
    expect(info).toEqual({ freePages: 19, freeBlocksTotal: 7, freeBlocksSuitable: 3 });
  });
});

describe('the fragmentation index', () => {
  const index = (order: number, free: readonly number[]): number => k.fragmentationIndex(k, zone({ free }), order);

  test('is -1000 when the request would not fail', () => {
    expect(index(3, [0, 0, 0, 1])).toBe(-1000);
  });

  test('is 0 when nothing is free', () => {
    expect(index(3, [])).toBe(0);
  });

  // 10 pages in 10 blocks: 10000/8 = 1250; (1000 + 1250)/10 = 225; 1000 - 225 = 775.
  test('is 775 for order 3 with ten single pages', () => {
    expect(index(3, [10])).toBe(775);
  });

  // 1000 pages in 1000 blocks: 1000000/8 = 125000; 126000/1000 = 126; 1000 - 126 = 874.
  test('is 874 for order 3 with a thousand single pages: it is fragmentation, not lack of memory', () => {
    expect(index(3, [1000])).toBe(874);
  });

  // 4 pages in 1 block: 4000/8 = 500; 1500/1 = 1500; 1000 - 1500 = -500.
  test('falls below zero where few large blocks are left: -500 for order 3 with one block of order 2', () => {
    expect(index(3, [0, 0, 1])).toBe(-500);
  });

  // 3 pages in 2 blocks: floor(3000/4) = 750; floor(1750/2) = 875; 1000 - 875 = 125.
  test('is 125 for order 2 with one block of order 1 and one page', () => {
    expect(index(2, [1, 1])).toBe(125);
  });
});

describe('whether compaction suits a zone, with a low mark of 50 and order 3 (needs 50 + 2*8 = 66)', () => {
  const answer = (free: readonly number[], extfragThreshold = 500): string =>
    k.__compactionSuitable(k, system({ extfragThreshold }), zone({ low: 50, free }), 3, 0, 0);

  // 20 * 8 = 160 pages; less 7: 153 > 50, 25, 12, 6.
  test('PARTIAL: the request would succeed as things are', () => {
    expect(answer([0, 0, 0, 20])).toBe('COMPACT_PARTIAL');
  });

  test('SKIPPED: exactly the working space is too little', () => {
    expect(answer([66])).toBe('COMPACT_SKIPPED');
  });

  // 67 single pages: floor(67000/8) = 8375; floor(9375/67) = 139; the index is 861.
  test('CONTINUE: one page more, and an index of 861 over the threshold', () => {
    expect(answer([67], 860)).toBe('COMPACT_CONTINUE');
  });

  test('NOT_SUITABLE_ZONE: an index at the threshold', () => {
    expect(answer([67], 861)).toBe('COMPACT_NOT_SUITABLE_ZONE');
  });

  // 17 blocks of order 2 are 68 pages: 68000/8 = 8500; floor(9500/17) = 558; the index is 442.
  test('larger blocks below the order mean less fragmentation: an index of 442', () => {
    expect(answer([0, 0, 17], 441)).toBe('COMPACT_CONTINUE');
    expect(answer([0, 0, 17], 442)).toBe('COMPACT_NOT_SUITABLE_ZONE');
  });

  test('CONTINUE: order -1 compacts everything, however little is free', () => {
    expect(k.__compactionSuitable(k, system(), zone({ low: 50 }), -1, 0, 0)).toBe('COMPACT_CONTINUE');
  });

  test('an unsuitable zone is reported as SKIPPED by compaction_suitable', () => {
    const fragmented = zone({ low: 50, free: [67] });
    const asked = (extfragThreshold: number) =>
      k.compactionSuitable(k, system({ extfragThreshold }), fragmented, 3, 0, 0);
    expect([861, 860].map(asked)).toEqual(['COMPACT_SKIPPED', 'COMPACT_CONTINUE']);
  });
});

// 5 blocks of order 3 are 40 pages, more than twice the request; 40000/16 = 2500, and 1000 - 3500/5 = 300.
test('direct reclaim leaves no zone to compaction that compaction refuses, though enough is free', () => {
  const few = zone({ free: [0, 0, 0, 5] });
  expect(k.compactionSuitable(k, system(), few, 4, 0, 0)).toBe('COMPACT_SKIPPED');
  expect(k.zoneWatermarkOk(k, system(), few, 0, 32, 0, 0)).toBe(true);
  expect(k.compactionReady(k, system(), few, 4, 0)).toBe(false);
});
