import { describe, expect, test } from 'vitest';
import { v4_0 } from '../../../model/index.ts';
import { RECLAIMABLE, system, zone as sketched } from '../sketch.ts';
import { directCase, returned, shrunk } from './sketch.ts';

const priorities = (given: Parameters<typeof shrunk>[1]): readonly number[] =>
  shrunk(v4_0, given).map(({ priority }) => priority);

const TWELVE_TO_NOUGHT = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

/** The first walk is enough for one page. */
const SOME = [{ reclaimed: [1, 1, 1] }];

describe('direct reclaim of v4.0, worked by hand', () => {
  test('shrinks each zone of the zonelist by itself, up to the zone that was asked for', () => {
    const zones = [{ name: 'DMA', ...RECLAIMABLE }, RECLAIMABLE, { name: 'Movable', ...RECLAIMABLE }] as const;
    const given = directCase({ nodes: [zones, zones], args: { reclaimIdx: 1, nrToReclaim: 1 }, script: SOME });
    expect(shrunk(v4_0, given).map(({ node, zone }) => [node, zone])).toEqual([
      [0, 1],
      [0, 0],
      [1, 1],
      [1, 0],
    ]);
  });

  test('reclaims from the zone at hand only, and returns the pages of all', () => {
    const zones = [{ name: 'DMA', ...RECLAIMABLE }, RECLAIMABLE] as const;
    const script = [{ reclaimed: [100, 7] }, { reclaimed: [5, 100] }];
    expect(returned(v4_0, directCase({ nodes: [zones], args: { nrToReclaim: 12 }, script }))).toBe(12);
  });

  test('leaves zones without pages alone', () => {
    const given = directCase({
      nodes: [[{ name: 'DMA', managed: 0 }, RECLAIMABLE]],
      args: { nrToReclaim: 1 },
      script: SOME,
    });
    expect(shrunk(v4_0, given).map(({ zone }) => zone)).toEqual([1]);
  });

  test('makes two passes, the second below low limits, and counts a zone worth scanning as progress', () => {
    const given = directCase({ nodes: [[RECLAIMABLE]] });
    expect(priorities(given)).toEqual([...TWELVE_TO_NOUGHT, ...TWELVE_TO_NOUGHT]);
    expect(shrunk(v4_0, given).map(({ memcgLowReclaim }) => memcgLowReclaim)).toEqual([
      ...TWELVE_TO_NOUGHT.map(() => false),
      ...TWELVE_TO_NOUGHT.map(() => true),
    ]);
    expect(returned(v4_0, given)).toBe(1);
  });

  test('shrinks a zone that is given up at priority 12 only, and returns 0', () => {
    const given = directCase({ nodes: [[{ lru: { inactiveFile: 10 }, pagesScanned: 60 }]] });
    expect(priorities(given)).toEqual([12, 12]);
    expect(returned(v4_0, given)).toBe(0);
  });

  test('asks whether the zone is given up after the events of its turn', () => {
    const full = { lru: { inactiveFile: 10 }, pagesScanned: 60 };
    const given = directCase({
      nodes: [[full]],
      // Thirteen walks of the second pass: only the last one decides.
      script: [{}, { events: [{ give: { zone: 0, order: 0, count: 1 } }] }],
    });
    expect(priorities(given)).toEqual([12, ...TWELVE_TO_NOUGHT]);
    expect(returned(v4_0, given)).toBe(1);
  });

  // The last of 26 walks scans the ten pages six times over: nothing is worth another try then.
  test('is no progress if every zone is given up in the last walk of all, and some if one is not', () => {
    const small = { lru: { inactiveFile: 10 } };
    const worn = [...Array.from({ length: 25 }, () => ({})), { scanned: 60 }];
    expect(returned(v4_0, directCase({ nodes: [[small]], script: worn }))).toBe(0);
    const two = [{ name: 'DMA', ...small }, RECLAIMABLE] as const;
    const both = [...Array.from({ length: 51 }, () => ({})), { scanned: 60 }];
    expect(returned(v4_0, directCase({ nodes: [two], script: both }))).toBe(1);
  });

  test('in laptop mode writes once more than half as much again as was wanted has been scanned', () => {
    const writes = (scanned: number) =>
      shrunk(v4_0, directCase({ nodes: [[RECLAIMABLE]], system: { laptopMode: true }, script: [{ scanned }] })).map(
        ({ mayWritepage }) => mayWritepage,
      );
    expect(writes(48).slice(0, 6)).toEqual([false, false, false, false, true, true]);
    expect(writes(49).slice(0, 3)).toEqual([false, true, true]);
  });

  test('does not heed buffer heads', () => {
    const zones = [RECLAIMABLE, { name: 'HighMem', ...RECLAIMABLE }] as const;
    const args = { gfpMask: [], reclaimIdx: 0, nrToReclaim: 1 } as const;
    const given = directCase({ nodes: [zones], args, script: SOME, system: { bufferHeadsOverLimit: true } });
    expect(shrunk(v4_0, given).map(({ zone }) => zone)).toEqual([0]);
  });

  test('leaves a zone to compaction for orders above 3 only', () => {
    const given = (order: number) =>
      directCase({
        nodes: [[{ ...RECLAIMABLE, min: 10, high: 30, free: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5] }]],
        args: { order },
        system: { compaction: true },
      });
    expect(shrunk(v4_0, given(4))).toEqual([]);
    expect(returned(v4_0, given(4))).toBe(1);
    expect(shrunk(v4_0, given(3)).length).toBe(26);
  });
});

describe('compaction_ready of v4.0', () => {
  // High mark 30, gap min(low 20, 1 % of 10,000) = 20, twice the request of order 4 = 32: more than 82 pages.
  const ready = (free: readonly number[]): boolean => {
    const asked = sketched({ managed: 10_000, min: 10, low: 20, high: 30, free });
    return v4_0.compactionReady(v4_0, system({ compaction: true }), asked, 4, 0);
  };

  test('asks for more than high mark, gap and twice the request', () => {
    expect(ready([0, 1, 0, 0, 5])).toBe(false);
    expect(ready([1, 1, 0, 0, 5])).toBe(true);
  });
});
