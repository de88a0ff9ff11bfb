import { describe, expect, test } from 'vitest';
import { v4_0 as k, zonePageStateSnapshot } from '../../model/index.ts';
import { system, zone } from './sketch.ts';

// 4 + 6 file pages, 30 + 70 anonymous ones.
const lru = { inactiveFile: 4, activeFile: 6, inactiveAnon: 30, activeAnon: 70 };

describe('the pages that reclaim could take', () => {
  test('are the file pages alone without swap', () => {
    expect(k.zoneReclaimablePages(k, system({ swapPages: 0 }), zone({ lru }))).toBe(10);
  });

  test('are all of them while one page of swap is left', () => {
    expect(k.zoneReclaimablePages(k, system({ swapPages: 1 }), zone({ lru }))).toBe(110);
  });
});

describe('a zone is worth scanning until six times its pages were scanned in vain', () => {
  test.each([
    { swapPages: 0, pagesScanned: 59, answer: true },
    { swapPages: 0, pagesScanned: 60, answer: false },
    { swapPages: 1, pagesScanned: 659, answer: true },
    { swapPages: 1, pagesScanned: 660, answer: false },
  ])('$swapPages pages of swap, $pagesScanned scanned: $answer', ({ swapPages, pagesScanned, answer }) => {
    expect(k.zoneReclaimable(k, system({ swapPages }), zone({ lru, pagesScanned }))).toBe(answer);
  });

  test('a zone with nothing to reclaim never is, even unscanned', () => {
    expect(k.zoneReclaimable(k, system(), zone({}))).toBe(false);
  });
});

describe('shrinking a zone', () => {
  const pages = { inactiveFile: 5, activeFile: 3, inactiveAnon: 4, activeAnon: 2 };
  const before = zone({ lru: pages, pagesScanned: 40, free: 1 });

  test('takes inactive file, active file, inactive anon and active anon pages, in this order', () => {
    const { zone: after } = k.shrinkZone(k, system({ swapPages: 9 }), before, 0, 10);
    expect(after.lru).toEqual({ inactiveFile: 0, activeFile: 0, inactiveAnon: 2, activeAnon: 2 });
  });

  test('frees them one by one, and forgets what was scanned before', () => {
    const { zone: after } = k.shrinkZone(k, system({ swapPages: 9 }), before, 0, 10);
    expect(zonePageStateSnapshot(after)).toBe(11);
    expect(after.freeArea.lists.movable[0]).toBe(11);
    expect(after.pagesScanned).toBe(0);
  });

  test('gets no more than the eligible pages: the eight file pages without swap', () => {
    expect(k.shrinkZone(k, system(), before, 100, 10)).toMatchObject({ scanned: 100, reclaimed: 8 });
  });

  test('has scanned at least what it reclaimed', () => {
    expect(k.shrinkZone(k, system(), before, 0, 7)).toMatchObject({ scanned: 7, reclaimed: 7 });
  });

  test('adds what it scanned in vain', () => {
    const { zone: after, ...accounts } = k.shrinkZone(k, system(), before, 7, 0);
    expect(accounts).toEqual({ scanned: 7, reclaimed: 0 });
    expect(after.pagesScanned).toBe(47);
  });
});
