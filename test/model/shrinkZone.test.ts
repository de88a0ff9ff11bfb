import { describe, expect, test } from 'vitest';
import type { System, Turn } from '../../model/index.ts';
import { ask } from './ask.ts';
import { RECLAIMABLE, state, type ZoneSketch } from './sketch.ts';

interface Asked {
  readonly order?: number;
  readonly turn?: Turn;
  readonly system?: Partial<System>;
}

/** kswapd_shrink_zone asked about a node of one zone, after 5 pages were reclaimed and 7 asked for. */
const shrink = (zone: ZoneSketch, { order = 0, turn, system }: Asked = {}): unknown =>
  ask('kswapd_shrink_zone', state([zone], {}, system), {
    zone: 0,
    zoneIdx: 0,
    order,
    priority: 12,
    nrReclaimed: 5,
    nrAttempted: 7,
    script: turn === undefined ? [] : [turn],
  });

const shrunk = (nrToReclaim: number, order = 0) => ({
  trace: [{ ev: 'shrink', zone: 0, priority: 12, order, nrToReclaim }],
});
const passed = { ok: true, nrScanned: 0, nrReclaimed: 5, nrAttempted: 7, trace: [] };

describe('kswapd_shrink_zone passes a zone over that is balanced with its gap', () => {
  // The gap is min(low 50, 10000/100 = 100) = 50: more than 100 + 50 pages.
  test('a gap of the low mark, where that is less than a hundredth of the zone', () => {
    const zone = { ...RECLAIMABLE, managed: 10_000, low: 50, high: 100 };
    expect(shrink({ ...zone, free: 150 })).toMatchObject(shrunk(100));
    expect(shrink({ ...zone, free: 151 })).toMatchObject(passed);
  });

  // The gap is min(50, ceil(2001/100) = 21) = 21.
  test('a gap of a hundredth of the zone, rounded up, where that is less', () => {
    const zone = { ...RECLAIMABLE, managed: 2001, low: 50, high: 100 };
    expect(shrink({ ...zone, free: 121 })).toMatchObject(shrunk(100));
    expect(shrink({ ...zone, free: 122 })).toMatchObject(passed);
  });

  test('but not high memory while there are too many buffer heads', () => {
    const zone = { name: 'HighMem', high: 100, free: 5000 } as const;
    expect(shrink(zone, { system: { bufferHeadsOverLimit: true } })).toMatchObject(shrunk(100));
    expect(shrink({ ...zone, name: 'Normal' }, { system: { bufferHeadsOverLimit: true } })).toMatchObject(passed);
  });
});

describe('kswapd_shrink_zone asks for the high mark', () => {
  test('and for 32 pages at least', () => {
    expect(shrink({ high: 10 })).toMatchObject(shrunk(32));
    expect(shrink({ high: 32 })).toMatchObject(shrunk(32));
    expect(shrink({ high: 33 })).toMatchObject(shrunk(33));
  });

  test('and adds it to what was asked for in the round', () => {
    expect(shrink({ high: 50 })).toMatchObject({ nrAttempted: 57, nrToReclaim: 50 });
  });

  test('and is content when as many pages were scanned, however few were reclaimed', () => {
    expect(shrink({ high: 50 }, { turn: { scanned: 49 } })).toMatchObject({ ok: false, nrScanned: 49 });
    expect(shrink({ high: 50 }, { turn: { scanned: 50 } })).toMatchObject({ ok: true, nrReclaimed: 5 });
  });

  test('and counts what was reclaimed', () => {
    const zone = { ...RECLAIMABLE, high: 50 };
    expect(shrink(zone, { turn: { reclaimed: [20] } })).toMatchObject({ ok: false, nrReclaimed: 25, freePages: 20 });
  });
});

describe('kswapd_shrink_zone judges a high order as order 0 when compaction can do the rest', () => {
  // 200 single pages: over 100 + 50 for order 0, and over 50 + 2*8 = 66 for compaction, whose index is
  // 1000 - floor((1000 + 200000/8) / 200) = 870.
  const zone = { ...RECLAIMABLE, managed: 10_000, low: 50, high: 100, free: 200 };

  test('with compaction, the zone is passed over', () => {
    expect(shrink(zone, { order: 3, system: { compaction: true } })).toMatchObject(passed);
  });

  test('without it, the zone is shrunk', () => {
    expect(shrink(zone, { order: 3 })).toMatchObject(shrunk(100, 3));
  });

  test('so it is where compaction would be refused, at an index within the threshold', () => {
    const system = { compaction: true, extfragThreshold: 870 };
    expect(shrink(zone, { order: 3, system })).toMatchObject(shrunk(100, 3));
  });
});

describe('after shrinking', () => {
  const flagged: ZoneSketch = { ...RECLAIMABLE, high: 50, flags: ['congested', 'dirty', 'writeback'] };

  test('a zone that recovered loses its flags', () => {
    expect(shrink(flagged, { turn: { reclaimed: [51] } })).toMatchObject({ flags: [] });
  });

  test('a zone that did not is only no longer under writeback', () => {
    expect(shrink(flagged, { turn: { reclaimed: [50] } })).toMatchObject({ flags: ['congested', 'dirty'] });
  });

  test('nor is one that is no longer worth scanning, though it is balanced', () => {
    const turn = { events: [{ give: { zone: 0, order: 0, count: 51 } }] };
    expect(shrink({ ...flagged, lru: {} }, { turn })).toMatchObject({ flags: ['congested', 'dirty'], freePages: 51 });
  });

  test('a zone that is passed over keeps its flags', () => {
    expect(shrink({ ...flagged, free: 5000 })).toMatchObject({ flags: ['congested', 'dirty', 'writeback'] });
  });
});
