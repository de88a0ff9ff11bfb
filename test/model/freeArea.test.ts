import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giveBlocks, makeFreeArea, mergeBlocks, MIGRATE_TYPES, takeBlocks, type FreeArea } from '../../model/index.ts';

type Lists = Parameters<typeof makeFreeArea>[0];

/** All lists, of eleven orders each. */
const full = (lists: Lists): Record<string, number[]> =>
  Object.fromEntries(MIGRATE_TYPES.map((type) => [type, Array.from({ length: 11 }, (_, i) => lists[type]?.[i] ?? 0)]));

describe('a free area', () => {
  test('keeps the sums beside the lists', () => {
    // 3 + 2*2 = 7 movable pages, 4 + 8 = 12 of CMA.
    const area = makeFreeArea({ movable: [3, 2], cma: [0, 0, 1, 1] });
    expect(area.pages).toBe(19);
    expect(area.cmaPages).toBe(12);
    expect(area.nrFree).toEqual([3, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('gives blocks to the movable list, unmerged', () => {
    const area = giveBlocks(makeFreeArea({ movable: [1], unmovable: [1] }), 0, 3);
    expect(area.lists).toEqual(full({ movable: [4], unmovable: [1] }));
    expect(area.pages).toBe(5);
  });
});

describe('taking a block', () => {
  const taken = (lists: Lists, order: number, count: number) => {
    const { area, blocks } = takeBlocks(makeFreeArea(lists), order, count);
    return { lists: area.lists, blocks };
  };

  test('uses one of its own order if there is one', () => {
    expect(taken({ movable: [1, 1] }, 0, 1)).toEqual({ lists: full({ movable: [0, 1] }), blocks: 1 });
  });

  test('splits the smallest larger one otherwise, and leaves one block of each order in between', () => {
    expect(taken({ movable: [0, 0, 0, 1] }, 0, 1)).toEqual({ lists: full({ movable: [1, 1, 1, 0] }), blocks: 1 });
  });

  test('leaves them on the list that the block came from', () => {
    expect(taken({ cma: [0, 0, 1] }, 0, 1)).toEqual({ lists: full({ cma: [1, 1] }), blocks: 1 });
  });

  test('prefers a smaller block to a list that comes first', () => {
    expect(taken({ movable: [0, 1], cma: [1] }, 0, 1)).toEqual({ lists: full({ movable: [0, 1] }), blocks: 1 });
  });

  test('looks through movable, unmovable, reclaimable, highatomic and cma within an order', () => {
    const lists: Lists = { movable: [1], unmovable: [1], reclaimable: [1], highatomic: [1], cma: [1] };
    expect(taken(lists, 0, 3).lists).toEqual(full({ highatomic: [1], cma: [1] }));
  });

  test('never uses smaller blocks, and stops at the first that cannot be had', () => {
    expect(taken({ movable: [9, 0, 2] }, 2, 5)).toEqual({ lists: full({ movable: [9] }), blocks: 2 });
  });

  test('takes nothing when asked for none', () => {
    expect(taken({ movable: [9] }, 0, 0)).toEqual({ lists: full({ movable: [9] }), blocks: 0 });
  });
});

describe('merging movable blocks', () => {
  const merged = (movable: readonly number[], from: number, to: number, count: number) =>
    mergeBlocks(makeFreeArea({ movable, unmovable: [8] }), from, to, count).lists;

  test('makes one block of 2^(to-from)', () => {
    expect(merged([9], 0, 2, 1)).toEqual(full({ movable: [5, 0, 1], unmovable: [8] }));
  });

  test('stops when too few are left', () => {
    expect(merged([9], 0, 2, 50)).toEqual(full({ movable: [1, 0, 2], unmovable: [8] }));
  });

  test('of one order into itself changes nothing', () => {
    expect(merged([9], 0, 0, 5)).toEqual(full({ movable: [9], unmovable: [8] }));
  });
});

/** The same rules, one block at a time on lists that change. */
const naive = {
  take(lists: Record<string, number[]>, order: number): boolean {
    for (let from = order; from <= 10; from++) {
      for (const type of MIGRATE_TYPES) {
        const list = lists[type]!;
        if (list[from] === 0) continue;
        list[from]!--;
        for (let between = from - 1; between >= order; between--) list[between]!++;
        return true;
      }
    }
    return false;
  },
  merge(lists: Record<string, number[]>, from: number, to: number): boolean {
    const list = lists['movable']!;
    if (list[from]! < 2 ** (to - from)) return false;
    for (let i = 0; i < 2 ** (to - from); i++) list[from]!--;
    list[to]!++;
    return true;
  },
};

const order = fc.nat(10);
const blocks = fc.array(fc.nat(5), { maxLength: 11 });
const lists = fc.record(Object.fromEntries(MIGRATE_TYPES.map((type) => [type, blocks])), { requiredKeys: [] });

/** The sums beside the lists are what they would be if the area had been made from its lists. */
const expectSums = (area: FreeArea): void => expect(area).toEqual(makeFreeArea(area.lists));

describe('many blocks at once are as one block many times', () => {
  test('taking', () => {
    fc.assert(
      fc.property(lists, order, fc.nat(600), (start, of, count) => {
        const one = full(start);
        let got = 0;
        while (got < count && naive.take(one, of)) got++;
        const { area, blocks: taken } = takeBlocks(makeFreeArea(start), of, count);
        expect({ lists: area.lists, taken }).toEqual({ lists: one, taken: got });
        expectSums(area);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('merging', () => {
    fc.assert(
      fc.property(lists, order, order, fc.nat(8), (start, a, b, count) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const one = full(start);
        for (let i = 0; i < count && naive.merge(one, from, to); i++);
        const area = mergeBlocks(makeFreeArea(start), from, to, count);
        expect(area.lists).toEqual(one);
        expectSums(area);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('giving', () => {
    fc.assert(
      fc.property(lists, order, fc.nat(50), fc.nat(50), (start, of, first, second) => {
        const area = giveBlocks(giveBlocks(makeFreeArea(start), of, first), of, second);
        expect(area).toEqual(giveBlocks(makeFreeArea(start), of, first + second));
        expectSums(area);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('what is taken one at a time and what is taken together leave the same area', () => {
  fc.assert(
    fc.property(lists, order, fc.nat(40), (start, of, count) => {
      let area = makeFreeArea(start);
      for (let i = 0; i < count; i++) ({ area } = takeBlocks(area, of, 1));
      expect(area).toEqual(takeBlocks(makeFreeArea(start), of, count).area);
    }),
    { seed: 2, numRuns: 200 },
  );
});
