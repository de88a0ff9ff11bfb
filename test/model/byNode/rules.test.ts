import { describe, expect, test } from 'vitest';
import { v4_19, v5_9, type Kernel } from '../../../model/index.ts';
import { state, type ZoneSketch } from '../sketch.ts';
import { askLater, LATER, waiting } from './ask.ts';

const low: ZoneSketch = { name: 'DMA', min: 10, low: 20, high: 30, free: 5 };
const high: ZoneSketch = { name: 'Normal', min: 10, low: 20, high: 30, free: 31 };

describe.each(LATER)('watermarks in $name', (k) => {
  const ok = (zone: ZoneSketch, args: object): unknown =>
    askLater(k, 'zone_watermark_ok', state([zone]), {
      zone: 0,
      order: 0,
      mark: 100,
      zoneIdx: 0,
      allocFlags: [],
      ...args,
    });

  test('what is reserved for high-order atomic requests is kept from all others', () => {
    const zone = { free: 150, reservedHighatomic: 50 };
    expect(ok(zone, {})).toBe(false);
    expect(ok({ ...zone, free: 151 }, {})).toBe(true);
    expect(ok({ ...zone, free: 76 }, { allocFlags: ['HARDER'] })).toBe(true);
  });

  test('a victim of the OOM killer digs down to half of the mark, harder or not', () => {
    expect(ok({ free: 50 }, { allocFlags: ['OOM'] })).toBe(false);
    expect(ok({ free: 51 }, { allocFlags: ['OOM'] })).toBe(true);
    expect(ok({ free: 51 }, { allocFlags: ['OOM', 'HARDER'] })).toBe(true);
  });

  test('a high order needs one block, wherever the other free pages lie', () => {
    expect(ok({ free: [1000] }, { order: 1 })).toBe(false);
    expect(ok({ free: [1000, 1] }, { order: 1 })).toBe(true);
    expect(ok({ free: [1000, 0, 1] }, { order: 1 })).toBe(true);
  });

  test('a block counts only on a list that the request may use', () => {
    const atomic = { free: { movable: [1000], highatomic: [0, 1] } };
    expect(ok(atomic, { order: 1 })).toBe(false);
    expect(ok(atomic, { order: 1, allocFlags: ['HARDER'] })).toBe(true);
    const cma = { free: { movable: [1000], cma: [0, 1] } };
    expect(ok(cma, { order: 1 })).toBe(false);
    expect(ok(cma, { order: 1, allocFlags: ['CMA'] })).toBe(true);
  });
});

describe.each(LATER)('balance in $name', (k) => {
  const balanced = (zones: readonly ZoneSketch[], zoneIdx: number): unknown =>
    askLater(k, 'pgdat_balanced', state(zones), { order: 0, zoneIdx });

  test('one zone that the request may use is enough', () => {
    expect(balanced([low, high], 1)).toBe(true);
    expect(balanced([low, high], 0)).toBe(false);
  });

  test('the reserve for the index of the request is kept', () => {
    const reserving = { ...low, free: 31, reserve: [0, 1] };
    expect(balanced([reserving, { ...high, free: 0 }], 0)).toBe(true);
    expect(balanced([reserving, { ...high, free: 0 }], 1)).toBe(false);
  });

  test('a node with no managed zone that the request may use needs nothing', () => {
    expect(
      balanced(
        [
          { ...low, present: 100, managed: 0 },
          { ...high, free: 0 },
        ],
        0,
      ),
    ).toBe(true);
  });

  test.each([
    [15, false],
    [16, true],
  ])('after %i runs in vain kswapd may sleep on a node out of balance: %s', (failures, sleep) => {
    const given = state([low], { failures });
    const args = { order: 0, zoneIdx: 0, throttled: false };
    expect(askLater(k, 'prepare_kswapd_sleep', given, args)).toEqual({ sleep, pfmemallocWake: false });
  });
});

test('in v5.9 a boosted zone must be above its mark and the boost; v4.19 knows no boosts', () => {
  const boosted = state([{ ...high, boost: 10 }]);
  expect(askLater(v5_9, 'pgdat_balanced', boosted, { order: 0, zoneIdx: 0 })).toBe(false);
  expect(askLater(v4_19, 'pgdat_balanced', boosted, { order: 0, zoneIdx: 0 })).toBe(true);
});

describe.each(LATER)('throttling in $name', (k) => {
  const asked = (zones: readonly ZoneSketch[], failures = 0): unknown =>
    askLater(k, 'allow_direct_reclaim', state(zones, { failures }), { kswapdWaiting: true });
  const pages = { lru: { inactiveFile: 1 } };

  test('half of the min marks must be exceeded, and kswapd is woken when they are not', () => {
    expect(asked([{ ...low, ...pages, name: 'Normal' }])).toEqual({ ok: false, woken: true, zoneIdx: 0 });
    expect(asked([{ ...low, ...pages, name: 'Normal', free: 6 }])).toEqual({ ok: true, woken: false, zoneIdx: 0 });
  });

  test('a zone with nothing to reclaim counts neither for the reserve nor for what is free', () => {
    const normal = { ...high, ...pages, free: 5 };
    expect(asked([{ ...low, free: 1000 }, normal])).toMatchObject({ ok: false });
    expect(asked([{ ...low, ...pages, free: 1000 }, normal])).toMatchObject({ ok: true });
  });

  test('nobody waits for a kswapd that has given the node up', () => {
    expect(asked([{ ...low, ...pages, name: 'Normal' }], 16)).toEqual({ ok: true, woken: false, zoneIdx: 0 });
  });
});

describe.each(LATER)('a wake-up in $name', (k) => {
  const wake = (zones: readonly ZoneSketch[], changes: object, kswapd?: Parameters<typeof state>[1]): unknown => {
    const args = { zone: 0, order: 0, zoneIdx: 0, directReclaim: true, kswapdWaiting: true, ...changes };
    return askLater(k, 'wakeup_kswapd', state(zones, kswapd, { compaction: true }), args);
  };

  test('raises the pending order and index each by itself', () => {
    expect(wake([low, low], { order: 1, zoneIdx: 1 }, { order: 3, zoneIdx: 0 })).toMatchObject({
      order: 3,
      zoneIdx: 1,
    });
    expect(wake([low, low], { order: 4, zoneIdx: 0 }, { order: 3, zoneIdx: 1 })).toMatchObject({
      order: 4,
      zoneIdx: 1,
    });
  });

  test('fills in the index where none was asked', () => {
    expect(wake([low, low], { zoneIdx: 0 }, { zoneIdx: 2 })).toMatchObject({ zoneIdx: 0 });
  });

  test('wakes kcompactd in place of kswapd when there is nothing to reclaim and the caller cannot compact', () => {
    const kcompactd = [{ ev: 'kcompactd', order: 0, zoneIdx: 0 }];
    expect(wake([high], { directReclaim: false })).toMatchObject({ woken: false, trace: kcompactd });
    expect(wake([high], {})).toMatchObject({ woken: false, trace: [] });
    expect(wake([low], { directReclaim: false }, { failures: 16 })).toMatchObject({ woken: false, trace: kcompactd });
  });

  test('changes nothing through a zone without managed pages', () => {
    expect(wake([{ ...low, present: 9, managed: 0 }], { order: 5 })).toMatchObject({ woken: false, order: 0 });
  });
});

test('in v5.9 a boosted node is woken for though it is balanced', () => {
  const boosted = state([{ ...high, free: 41, boost: 10 }]);
  const wakes = (k: Kernel): boolean => k.wakeupKswapd(k, waiting(k, boosted), 0, 0, 0).machine.waits.woken;
  expect(wakes(v5_9)).toBe(true);
  expect(wakes(v4_19)).toBe(false);
});

describe.each(LATER)('shrinking a node in $name', (k) => {
  const pages = { lru: { inactiveFile: 10, inactiveAnon: 10 } };
  const { system, node } = state(
    [
      { ...low, ...pages },
      { ...high, ...pages },
    ],
    { failures: 9 },
    { swapPages: 1 },
  );
  const shrink = (reclaimIdx: number, maySwap: boolean, wanted: readonly number[]) => {
    const shrunk = k.shrinkNode(k, system, node, reclaimIdx, maySwap, 7, wanted);
    const free = shrunk.node.zones.map((zone) => zone.freeArea.pages);
    return { scanned: shrunk.scanned, reclaimed: shrunk.reclaimed, free, failures: shrunk.node.kswapd.failures };
  };

  test('takes nothing from zones above the index, and no more than is there', () => {
    expect(shrink(0, true, [100, 100])).toEqual({ scanned: 20, reclaimed: 20, free: [25, 31], failures: 0 });
  });

  test('without swapping takes file pages only', () => {
    expect(shrink(1, false, [100, 100])).toEqual({ scanned: 20, reclaimed: 20, free: [15, 41], failures: 0 });
  });

  test('that yields nothing leaves the failures as they are', () => {
    expect(shrink(1, true, [0])).toEqual({ scanned: 7, reclaimed: 0, free: [5, 31], failures: 9 });
  });
});

describe.each(LATER)('compaction in $name', (k) => {
  const suitable = (zone: ZoneSketch, order: number, allocFlags: readonly string[] = [], compaction = true): unknown =>
    askLater(k, 'compaction_suitable', state([zone], {}, { compaction }), { zone: 0, order, allocFlags, zoneIdx: 0 });
  const marks = { min: 100, low: 200, high: 300 };

  test('needs twice the request above min, and above low for a costly order', () => {
    expect(suitable({ ...marks, free: 116 }, 3)).toBe('COMPACT_SKIPPED');
    expect(suitable({ ...marks, free: 117 }, 3)).toBe('COMPACT_CONTINUE');
    expect(suitable({ ...marks, free: 232 }, 4)).toBe('COMPACT_SKIPPED');
    expect(suitable({ ...marks, free: 233 }, 4)).toBe('COMPACT_CONTINUE');
  });

  test('judges success at the mark that the flags name', () => {
    const zone = { ...marks, free: [200, 0, 1] };
    expect(suitable(zone, 1)).toBe('COMPACT_SUCCESS');
    expect(suitable(zone, 1, ['WMARK_LOW'])).toBe('COMPACT_SUCCESS');
    expect(suitable(zone, 1, ['WMARK_HIGH'])).toBe('COMPACT_CONTINUE');
  });

  test('is never suitable where it is not built in', () => {
    expect(suitable({ ...marks, free: [500, 1] }, 1, [], false)).toBe('COMPACT_SKIPPED');
  });
});

test.each(LATER)('in $name a caller of whom nothing else is said can compact by itself', (k) => {
  const before = waiting(k, state([high], {}, { compaction: true }));
  expect(k.wakeupKswapd(k, before, 0, 0, 0).records).toEqual([]);
  expect(k.wakeupKswapd(k, before, 0, 0, 0, false).records).toHaveLength(1);
});
