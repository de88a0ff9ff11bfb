import { describe, expect, test } from 'vitest';
import { ALLOC_CMA, ALLOC_HARDER, ALLOC_HIGH, v4_0 as k } from '../../model/index.ts';
import { system, zone } from './sketch.ts';

/** __zone_watermark_ok for order 0 against mark 100, with 50 pages kept from requests of zone index 1. */
const ok = (freePages: number, flags = 0, zoneIdx = 1, mark = 100): boolean =>
  k.__zoneWatermarkOk(k, system(), zone({ reserve: [0, 50] }), 0, mark, zoneIdx, flags, freePages);

describe('a page may be taken while what is free exceeds mark and reserve', () => {
  test('exactly mark and reserve (100 + 50) is too little, one page more is enough', () => {
    expect(ok(150)).toBe(false);
    expect(ok(151)).toBe(true);
  });

  test('nothing is kept from the requests of the zone itself', () => {
    expect(ok(100, 0, 0)).toBe(false);
    expect(ok(101, 0, 0)).toBe(true);
  });

  test('a negative number of free pages is never enough', () => {
    expect(ok(-1, ALLOC_HIGH | ALLOC_HARDER, 0, 0)).toBe(false);
  });

  test('with no mark at all, no free page is too little and one is enough', () => {
    expect(ok(0, 0, 0, 0)).toBe(false);
    expect(ok(1, 0, 0, 0)).toBe(true);
  });
});

describe('flags lower the mark, never the reserve', () => {
  // 100 - 100/2 = 50; 50 + 50 = 100.
  test('HIGH halves it', () => {
    expect([100, 101].map((free) => ok(free, ALLOC_HIGH))).toEqual([false, true]);
  });

  // 100 - 100/4 = 75; 75 + 50 = 125.
  test('HARDER takes a quarter', () => {
    expect([125, 126].map((free) => ok(free, ALLOC_HARDER))).toEqual([false, true]);
  });

  // 100 - 50 = 50; 50 - floor(50/4) = 50 - 12 = 38; 38 + 50 = 88.
  test('HARDER after HIGH takes a quarter of what HIGH left, rounded in favour of the mark', () => {
    expect([88, 89].map((free) => ok(free, ALLOC_HIGH | ALLOC_HARDER))).toEqual([false, true]);
  });

  // 101 - floor(101/2) = 101 - 50 = 51, at zone index 0.
  test('an odd mark keeps the odd page', () => {
    expect([51, 52].map((free) => ok(free, ALLOC_HIGH, 0, 101))).toEqual([false, true]);
  });
});

describe('a high order walks the smaller orders', () => {
  const order3 = (free: readonly number[], mark: number): boolean =>
    k.zoneWatermarkOk(k, system(), zone({ free }), 3, mark, 0, 0);

  // 40 + 20 + 20 + 16 = 96 pages; less 7: 89 > 40. Without order 0: 49 > 20. Without order 1: 29 > 10.
  // Without order 2: 9 > 5.
  test('it passes while what is left in larger blocks exceeds a mark that halves each time', () => {
    expect(order3([40, 10, 5, 2], 40)).toBe(true);
  });

  // 88 pages; less 7: 81 > 40, 41 > 20, 21 > 10, and 1 > 5 fails.
  test('one block of the order is not enough when the last mark asks for more', () => {
    expect(order3([40, 10, 5, 1], 40)).toBe(false);
  });

  // 1000 pages; less 7: 993 > 10, and -7 > 5 fails.
  test('any number of small blocks does not help', () => {
    expect(order3([1000], 10)).toBe(false);
  });

  // mark 40: 8 pages of order 3 and 40 of order 4 are 48; less 7: 41 > 40; nothing small; 41 > 20, 10, 5.
  test('all but one page of the block must be there above the mark', () => {
    expect(order3([0, 0, 0, 6], 40)).toBe(true);
    expect(order3([0, 0, 0, 6], 41)).toBe(false);
  });
});

describe('free CMA pages', () => {
  // 100 + 60 pages are free, the mark is 100.
  const cma = { free: { movable: [100], cma: [60] } };
  const withCma = (flags: number, on: boolean): boolean =>
    k.zoneWatermarkOk(k, system({ cma: on }), zone(cma), 0, 100, 0, flags);

  test('do not count for a request that cannot use them', () => {
    expect(withCma(0, true)).toBe(false);
  });

  test('count for one that can', () => {
    expect(withCma(ALLOC_CMA, true)).toBe(true);
  });

  test('are ordinary pages in a kernel without CMA', () => {
    expect(withCma(0, false)).toBe(true);
  });
});

describe('the cheap counter and the careful check', () => {
  // 100 pages are free, the counter shows 160; the mark is 120.
  const cheap = (driftMark: number): boolean =>
    k.zoneWatermarkOk(k, system(), zone({ free: 100, drift: 60, driftMark }), 0, 120, 0, 0);
  const safe = (driftMark: number): boolean =>
    k.zoneWatermarkOkSafe(k, system(), zone({ free: 100, drift: 60, driftMark }), 0, 120, 0, 0);

  test('the cheap check believes the counter', () => {
    expect(cheap(200)).toBe(true);
  });

  test('the careful one counts again while the counter is below the drift mark', () => {
    expect(safe(161)).toBe(false);
  });

  test('it believes the counter from the drift mark on, and where there is no drift mark', () => {
    expect(safe(160)).toBe(true);
    expect(safe(0)).toBe(true);
  });

  test('a counter that drifted below zero reads zero', () => {
    const low = zone({ free: 100, drift: -200 });
    expect(k.zoneWatermarkOk(k, system(), low, 0, 0, 0, 0)).toBe(false);
  });

  test('a counter that drifted low is made good too', () => {
    const low = zone({ free: 100, drift: -200, driftMark: 1 });
    expect(k.zoneWatermarkOkSafe(k, system(), low, 0, 99, 0, 0)).toBe(true);
  });
});
