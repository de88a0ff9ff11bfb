import { describe, expect, test } from 'vitest';
import {
  type Kernel,
  makeSetupMachine,
  mebibytes,
  setupAtBoot,
  setupWithMinFree,
  v4_0,
  v4_19,
  v5_9,
  type RawZone,
  type SetupArgs,
  type SetupMachine,
  type SetupZone,
} from '../../model/index.ts';

const zone = (name: RawZone['name'], managed: number, changes: Partial<RawZone> = {}): RawZone => ({
  name,
  present: managed,
  managed,
  watermark: { min: 0, low: 0, high: 0 },
  percpuDriftMark: 0,
  ...changes,
});

const machine = (zones: readonly RawZone[], args: Partial<SetupArgs> = {}): SetupMachine =>
  makeSetupMachine([{ id: 0, zones }], {
    totalramPages: zones.reduce((sum, { managed }) => sum + managed, 0),
    onlineCpus: 4,
    minFreeKbytes: 4096,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [256, 32, 0],
    ...args,
  });

const zonesOf = (m: SetupMachine): readonly SetupZone[] => m.nodes[0]!.zones;
const marksOf = (m: SetupMachine) => zonesOf(m).map(({ watermark: { min, low, high } }) => [min, low, high]);

describe('watermark_scale_factor, from v4.6 on', () => {
  const normal = [zone('Normal', 1_000_000)];
  const marks = (watermarkScaleFactor: number) =>
    marksOf(v4_19.setupPerZoneWmarks(v4_19, machine(normal, { watermarkScaleFactor })));

  // 4096 KiB are 1024 pages, all of them Normal's share; a quarter of it is 256.
  test('sets the distance of the marks where it is more than a quarter of the share', () => {
    expect(marks(100)).toEqual([[1024, 1024 + 10_000, 1024 + 20_000]]);
    expect(marks(1)).toEqual([[1024, 1024 + 256, 1024 + 512]]);
  });

  test('is 10 unless something else is said: a thousandth of the zone', () => {
    expect(marksOf(v4_19.setupPerZoneWmarks(v4_19, machine(normal)))).toEqual([[1024, 2024, 3024]]);
  });

  test('is not known to v4.0', () => {
    const m = machine(normal, { watermarkScaleFactor: 1000 });
    expect(marksOf(v4_0.setupPerZoneWmarks(v4_0, m))).toEqual([[1024, 1280, 1536]]);
  });
});

describe('a zone whose lowmem_reserve_ratio is 0', () => {
  const zones = [zone('DMA', 4000), zone('Normal', 100_000), zone('Movable', 50_000)];
  const reserves = (k: Kernel) =>
    zonesOf(k.setupPerZoneLowmemReserve(k, machine(zones, { lowmemReserveRatio: [200, 0] }))).map(
      ({ lowmemReserve }) => lowmemReserve,
    );

  test('keeps all that lies above it in v4.0, where 0 means 1', () => {
    expect(reserves(v4_0)).toEqual([
      [0, 500, 750],
      [0, 0, 50_000],
      [0, 0, 0],
    ]);
  });

  test('keeps nothing in v4.19', () => {
    expect(reserves(v4_19)).toEqual([
      [0, 500, 750],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test('keeps nothing in v5.9, where its own pages no longer count for the zones below it either', () => {
    expect(reserves(v5_9)).toEqual([
      [0, 500, 250],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});

test('an empty zone keeps nothing in v5.9, and as much as any other before', () => {
  const m = machine([zone('DMA', 0), zone('Normal', 100_000), zone('Movable', 0)]);
  expect(zonesOf(v4_19.setupPerZoneLowmemReserve(v4_19, m))[0]!.lowmemReserve).toEqual([0, 390, 390]);
  expect(zonesOf(v5_9.setupPerZoneLowmemReserve(v5_9, m))[0]!.lowmemReserve).toEqual([0, 0, 0]);
});

describe('a boost, from v5.0 on', () => {
  const boosted = machine([zone('Normal', 1_000_000, { watermark: { min: 100, low: 200, high: 300 }, boost: 700 })]);

  test('counts with the high mark in what users cannot have', () => {
    const total = (k: Kernel) => k.calculateTotalreservePages(k, boosted).totalreservePages;
    expect([total(v4_0), total(v4_19), total(v5_9)]).toEqual([300, 300, 1000]);
  });

  test('ends when the marks are set anew', () => {
    const after = setupWithMinFree(v5_9, boosted);
    expect(zonesOf(after)[0]!.boost).toBe(0);
    expect(marksOf(after)).toEqual([[1024, 2024, 3024]]);
    expect(after.totalreservePages).toBe(3024);
  });
});

// The root of 16 times 1 TiB in KiB is 2^17 = 131072.
test('min_free_kbytes ends at 64 MiB up to v5.7, and at 256 MiB from v5.8 on', () => {
  const minFree = (k: Kernel) => setupAtBoot(k, machine([zone('Normal', mebibytes(1024 * 1024))])).minFreeKbytes;
  expect([minFree(v4_0), minFree(v4_19), minFree(v5_9)]).toEqual([65_536, 65_536, 131_072]);
});

test('a node’s own total is kept from v4.8 on', () => {
  const m = machine([zone('Normal', 1_000_000)]);
  const totals = [v4_0, v4_19, v5_9].map((k) => setupAtBoot(k, m).nodes[0]!.totalreservePages > 0);
  expect(totals).toEqual([false, true, true]);
});

test('Movable made of high memory has the marks of high memory', () => {
  const zones = [zone('Normal', 100_000), zone('HighMem', 0), zone('Movable', 300_000)];
  const min = (movableIsHighmem: boolean) =>
    zonesOf(v5_9.setupPerZoneWmarks(v5_9, machine(zones, { movableIsHighmem }))).at(-1)!.watermark.min;
  expect([min(false), min(true)]).toEqual([768, 128]);
});

// 4 cpus; 2 * 3 * (1 + 0) = 6 pages each. The kernel subtracts without a sign.
test('a low mark below min, which no set-up makes, counts as far above it', () => {
  const odd = machine([zone('Normal', 1000, { watermark: { min: 50, low: 40, high: 60 }, percpuDriftMark: 7 })]);
  const [after] = zonesOf(v4_19.refreshZoneStatThresholds(v4_19, odd));
  expect(after).toMatchObject({ normalThreshold: 6, pressureThreshold: 125, percpuDriftMark: 7 });
});

test('in v4.19 the ratio of the highest zone is neither looked at nor set right', () => {
  const zones = [zone('DMA', 1000), zone('Normal', 100_000)];
  const given = machine(zones, { lowmemReserveRatio: [-3, -5] });
  const after = v4_19.setupPerZoneLowmemReserve(v4_19, given);
  expect(after.lowmemReserveRatio).toEqual([0, -5]);
});

test.each([v4_0, v4_19, v5_9])('in $name what is reserved towards lower zones stays what it was', (k) => {
  const given = machine([zone('DMA', 1000), zone('Normal', 100_000)]);
  const before = given.nodes.map((node) => ({
    ...node,
    zones: node.zones.map((one) => ({ ...one, lowmemReserve: [7, 8] })),
  }));
  const after = k.setupPerZoneLowmemReserve(k, { ...given, nodes: before });
  expect(zonesOf(after).map(({ lowmemReserve }) => lowmemReserve)).toEqual([
    [0, Math.floor(100_000 / 256)],
    [7, 0],
  ]);
});
