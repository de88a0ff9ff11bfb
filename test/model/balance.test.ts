import { describe, expect, test } from 'vitest';
import { makeNode, mebibytes, v4_0 as k } from '../../model/index.ts';
import { RECLAIMABLE, scenarioNode, system, zone, type ZoneSketch } from './sketch.ts';

const balanced = (zones: readonly ZoneSketch[], order = 0, zoneIdx = zones.length - 1, swapPages = 0): boolean =>
  k.pgdatBalanced(k, system({ swapPages }), makeNode(scenarioNode(zones)), order, zoneIdx);

describe('a zone is balanced', () => {
  const asked = (free: number, gap: number): boolean =>
    k.zoneBalanced(k, system(), zone({ high: 100, free }), 0, gap, 0);

  test('one page above its high mark', () => {
    expect([100, 101].map((free) => asked(free, 0))).toEqual([false, true]);
  });

  test('with a gap, one page above both', () => {
    expect([120, 121].map((free) => asked(free, 20))).toEqual([false, true]);
  });

  // 20 blocks of order 3, 160 pages, hidden from the cheap counter; the drift mark makes the careful check count them.
  test('for a high order only where compaction does not refuse it, if compaction is built in', () => {
    const hidden = zone({ high: 50, free: [0, 0, 0, 20], drift: -160, driftMark: 500 });
    const withCompaction = (compaction: boolean, order: number): boolean =>
      k.zoneBalanced(k, system({ compaction }), hidden, order, 0, 0);
    expect(withCompaction(false, 3)).toBe(true);
    expect(withCompaction(true, 3)).toBe(false);
    expect(withCompaction(true, 0)).toBe(true);
  });
});

describe('order 0: every populated zone must be balanced', () => {
  const good: ZoneSketch = { ...RECLAIMABLE, high: 100, free: 101 };
  const bad: ZoneSketch = { ...RECLAIMABLE, high: 100, free: 100 };

  test('all are', () => {
    expect(balanced([{ ...good, name: 'DMA' }, good])).toBe(true);
  });

  test('one of a thousandth of the memory is not', () => {
    expect(
      balanced([
        { ...bad, name: 'DMA', managed: 100 },
        { ...good, managed: 100_000 },
      ]),
    ).toBe(false);
  });

  test('zones above the index are not asked', () => {
    expect(balanced([{ ...good, name: 'DMA' }, bad], 0, 0)).toBe(true);
  });

  test('a zone that is no longer worth scanning counts as balanced', () => {
    // 1000 file pages, six times scanned.
    const givenUp = { ...bad, pagesScanned: 6000 };
    expect(balanced([{ ...good, name: 'DMA' }, givenUp])).toBe(true);
    expect(
      balanced([
        { ...good, name: 'DMA' },
        { ...givenUp, pagesScanned: 5999 },
      ]),
    ).toBe(false);
  });

  test('a zone that is not populated is not asked', () => {
    expect(balanced([good, { ...bad, name: 'Movable', present: 0 }])).toBe(true);
  });

  test('each zone is asked at its own index, where nothing is kept from it', () => {
    expect(balanced([{ ...good, name: 'DMA', reserve: [0, 5000] }, good])).toBe(true);
  });
});

/** A zone that an order-3 request finds balanced, or unbalanced: its free pages are single ones. */
const order3 = (name: ZoneSketch['name'], managed: number, isBalanced: boolean): ZoneSketch => ({
  ...RECLAIMABLE,
  name: name!,
  managed,
  high: 100,
  free: isBalanced ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4] : 1000,
});

describe('high orders: a quarter of the managed pages must lie in balanced zones', () => {
  test('a DMA zone of 16 MiB does not balance a machine with 1 GiB of Normal memory', () => {
    const node = [order3('DMA', mebibytes(16), true), order3('Normal', mebibytes(1024), false)];
    expect(balanced(node, 3)).toBe(false);
  });

  // 3 * 16 MiB: 16 of 64 MiB are a quarter.
  test('it does balance a machine of 64 MiB', () => {
    expect(balanced([order3('DMA', mebibytes(16), true), order3('Normal', mebibytes(48), false)], 3)).toBe(true);
  });

  // x86-32: 16 + 752 + 256 MiB are 1 GiB.
  const highmem = (low: number, high: number): readonly ZoneSketch[] => [
    order3('DMA', mebibytes(16), false),
    order3('Normal', low, false),
    order3('HighMem', high, true),
  ];

  test('256 MiB of high memory balance a machine of 1 GiB', () => {
    expect(balanced(highmem(mebibytes(752), mebibytes(256)), 3)).toBe(true);
  });

  // 256 of 1296 MiB are a fifth.
  test('256 MiB of high memory over 1 GiB of Normal memory do not', () => {
    expect(balanced(highmem(mebibytes(1024), mebibytes(256)), 3)).toBe(false);
  });

  // x86-64: 16 + 3056 + 1024 MiB are 4 GiB, 1048576 pages: a quarter is 262144 pages, 1 GiB.
  const normal = (shifted: number): readonly ZoneSketch[] => [
    order3('DMA', mebibytes(16), false),
    order3('DMA32', mebibytes(3056) + shifted, false),
    order3('Normal', mebibytes(1024) - shifted, true),
  ];

  test('a Normal zone of 1 GiB balances a machine of 4 GiB: exactly a quarter is enough', () => {
    expect(balanced(normal(0), 3)).toBe(true);
  });

  test('with one page of it in DMA32 instead, it does not', () => {
    expect(balanced(normal(1), 3)).toBe(false);
  });

  // 100 pages of 403: floor(403 / 4) = 100. Of 404: 101.
  test('the quarter is rounded down', () => {
    expect(balanced([order3('DMA', 303, false), order3('Normal', 100, true)], 3)).toBe(true);
    expect(balanced([order3('DMA', 304, false), order3('Normal', 100, true)], 3)).toBe(false);
  });

  test('a zone that is not worth scanning counts with all its pages', () => {
    const givenUp = { ...order3('Normal', 100, false), pagesScanned: 6000 };
    expect(balanced([order3('DMA', 300, false), givenUp], 3)).toBe(true);
  });

  test('a zone that is not populated counts on neither side', () => {
    const absent = { ...order3('Movable', 5000, true), present: 0 };
    expect(balanced([order3('DMA', 100, false), order3('Normal', 30, true), absent], 3)).toBe(false);
    expect(balanced([order3('DMA', 100, false), order3('Normal', 40, true), absent], 3)).toBe(true);
  });

  test('zones above the index count on neither side', () => {
    const node = [order3('DMA', 100, false), order3('Normal', 100, true)];
    expect(balanced(node, 3, 0)).toBe(false);
  });
});
