import { describe, expect, test } from 'vitest';
import { allocate, KERNEL, machineOf, only } from './sketch.ts';

const ample = { free: 1000, low: 100 };
const NORMAL = 2;

describe('the first attempt', () => {
  test('takes a page that leaves the zone one page above its low mark', () => {
    const { page, nodes } = allocate(machineOf({ nodes: [{ Normal: { free: 101, low: 100 } }] }), { gfp: KERNEL });
    expect(page).toEqual({ node: 0, zone: NORMAL, pfmemalloc: false });
    expect(nodes[0]!.zones[NORMAL]!.free).toEqual({ movable: [100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
  });

  test('refuses one at exactly the low mark, and wakes kswapd', () => {
    const { trace } = allocate(machineOf({ nodes: [{ Normal: { free: 100, low: 100 } }] }), { gfp: KERNEL });
    expect(trace.slice(1, 4)).toEqual([
      { ev: 'watermark', node: 0, zone: NORMAL, mark: 100, ok: false },
      { ev: 'wakeup_kswapd', node: 0, zone: NORMAL, order: 0, zoneIdx: NORMAL },
      { ev: 'wakeup', node: 0, zone: NORMAL, order: 0 },
    ]);
  });

  test('goes to no zone above the one that the mask allows', () => {
    const machine = machineOf({ nodes: [{ DMA: ample, DMA32: ample, Normal: ample, Movable: ample }] });
    expect(allocate(machine, { gfp: [...KERNEL, 'DMA32'] }).page?.zone).toBe(1);
    expect(allocate(machine, { gfp: [...KERNEL, 'HIGHMEM', 'MOVABLE'] }).page?.zone).toBe(3);
    expect(allocate(machine, { gfp: [...KERNEL, 'MOVABLE'] }).page?.zone).toBe(2);
  });

  test('is not made where no node of the mask has a zone, and nothing is said of it', () => {
    const machine = machineOf({ nodes: [{ Normal: ample }, { Movable: ample }] });
    expect(allocate(machine, { gfp: KERNEL, nodemask: [1] })).toMatchObject({ page: null, trace: [], attempts: 0 });
  });

  test('passes over a zone beyond its dirty limit only for pages that will be written to', () => {
    const machine = machineOf({ nodes: [{ DMA32: ample, Normal: { ...ample, dirtyOk: false } }] });
    expect(allocate(machine, { gfp: [...KERNEL, 'WRITE'] }).page?.zone).toBe(1);
    expect(allocate(machine, { gfp: KERNEL }).page?.zone).toBe(NORMAL);
  });
});

describe('fair shares', () => {
  test('a zone whose share is used up stands back for the next one of its node', () => {
    const depleted = { ...ample, flags: ['fairDepleted'] } as const;
    const machine = machineOf({ nodes: [{ DMA32: ample, Normal: depleted }] });
    const { page, trace } = allocate(machine, { gfp: KERNEL });
    expect(page?.zone).toBe(1);
    expect(only(trace, 'reset_batches')).toEqual([]);
  });

  test('are dealt out anew once all are used up: from low to high, in every zone up to the preferred one', () => {
    const depleted = { free: 1000, low: 100, high: 130, batch: -3, flags: ['fairDepleted'] } as const;
    const machine = machineOf({ nodes: [{ DMA32: depleted, Normal: depleted, Movable: depleted }] });
    const { page, nodes, attempts } = allocate(machine, { gfp: KERNEL });
    expect({ page, attempts }).toEqual({ page: { node: 0, zone: NORMAL, pfmemalloc: false }, attempts: 1 });
    expect(nodes[0]!.zones.map(({ allocBatch }) => allocBatch)).toEqual([0, 30, 29, -3]);
    expect(nodes[0]!.zones.map(({ flags }) => flags)).toEqual([[], [], [], ['fairDepleted']]);
  });

  test('a block that uses up a share to the last page marks the zone, one page before it does not', () => {
    const withBatch = (batch: number) => machineOf({ nodes: [{ Normal: { low: 0, free: [0, 0, 1], batch } }] });
    const flagsAfter = (batch: number) =>
      allocate(withBatch(batch), { gfp: KERNEL, order: 1 }).nodes[0]!.zones[NORMAL]!.flags;
    expect([flagsAfter(3), flagsAfter(2), flagsAfter(1)]).toEqual([[], ['fairDepleted'], ['fairDepleted']]);
  });

  test('a remote node serves before kswapd is woken', () => {
    const machine = machineOf({ nodes: [{ Normal: { free: 10, low: 100 } }, { Normal: ample }] });
    const { page, attempts, trace } = allocate(machine, { gfp: KERNEL });
    expect({ page, attempts }).toEqual({ page: { node: 1, zone: NORMAL, pfmemalloc: false }, attempts: 1 });
    expect(only(trace, 'wakeup_kswapd')).toEqual([]);
  });

  test('while fair, the local zone is looked at alone; then again, and the remote one after it', () => {
    const machine = machineOf({ nodes: [{ Normal: { free: 10, low: 100 } }, { Normal: ample }] });
    const { trace } = allocate(machine, { gfp: KERNEL });
    expect(trace.slice(1).map((record) => ('node' in record ? [record.ev, record.node] : record.ev))).toEqual([
      ['watermark', 0],
      ['watermark', 0],
      ['watermark', 1],
      ['rmqueue', 1],
    ]);
  });
});

describe('a zone that gives nothing after all', () => {
  test('is left for the next one, though it stays above its mark', () => {
    const machine = machineOf({ nodes: [{ DMA32: ample, Normal: { ...ample, rmqueueFails: 1 } }] });
    const { trace, page, nodes } = allocate(machine, { gfp: KERNEL });
    expect(only(trace, 'rmqueue').map(({ zone, ok }) => [zone, ok])).toEqual([
      [NORMAL, false],
      [1, true],
    ]);
    expect(page?.zone).toBe(1);
    expect(nodes[0]!.zones[NORMAL]!.rmqueueFails).toBe(0);
  });
});

describe('the zonelist cache', () => {
  const low = { free: 10, min: 50, low: 100 };

  test('is not used on a machine of one node', () => {
    const { caches, trace } = allocate(machineOf({ nodes: [{ Normal: low }], stale: true }), { gfp: ['HIGH'] });
    expect(caches).toEqual([{ full: [], stale: true }]);
    expect(only(trace, 'zlc_skip')).toEqual([]);
  });

  test('passes over zones that were full, until no other zone is left', () => {
    // The first attempt finds all remote zones dirty, the second one does not mind.
    const dirty = { ...ample, dirtyOk: false };
    const nodes = [{ Normal: low }, { DMA32: dirty, Normal: dirty }];
    const served = (full: readonly number[]) => {
      const { page, trace } = allocate(machineOf({ nodes, full }), { gfp: [...KERNEL, 'WRITE'] });
      const second = trace.slice(trace.findIndex((record) => record.ev === 'wakeup_kswapd'));
      return { zone: page?.zone, skipped: only(second, 'zlc_skip').map(({ zone }) => zone) };
    };
    expect(served([1])).toEqual({ zone: 1, skipped: [NORMAL] });
    expect(served([1, 2])).toEqual({ zone: NORMAL, skipped: [NORMAL, 1] });
  });

  test('is given up with fairness, so that it spares the first attempt no look at a remote zone', () => {
    const machine = machineOf({ nodes: [{ Normal: low }, { DMA32: ample, Normal: ample }], full: [1] });
    expect(allocate(machine, { gfp: KERNEL }).page).toMatchObject({ node: 1, zone: NORMAL });
  });

  test('is cleared before its first use if that was not done for a second', () => {
    const machine = machineOf({ nodes: [{ Normal: low }, { Normal: ample }], full: [0, 1], stale: true });
    expect(allocate(machine, { gfp: KERNEL }).caches[0]).toEqual({ full: [0], stale: false });
  });
});

describe('reclaim on the way', () => {
  const tight = { nodes: [{ Normal: { free: 10, low: 100, min: 50 } }], zoneReclaimMode: 1 };
  const give = { give: { node: 0, zone: NORMAL, order: 0, count: 200 } };

  test('gives the zone a second look if anything was reclaimed', () => {
    const { page, attempts } = allocate(machineOf(tight), {
      gfp: KERNEL,
      script: [{ result: 'some', events: [give] }],
    });
    expect({ page, attempts }).toEqual({ page: { node: 0, zone: NORMAL, pfmemalloc: false }, attempts: 1 });
  });

  test('gives none if nothing was scanned, whatever came free meanwhile', () => {
    const { trace } = allocate(machineOf(tight), { gfp: KERNEL, script: [{ result: 'noscan', events: [give] }] });
    expect(trace.slice(1, 4).map(({ ev }) => ev)).toEqual(['watermark', 'zone_reclaim', 'wakeup_kswapd']);
  });

  test('reaches nodes at a distance of 29, and no further', () => {
    const reclaimed = (distance: number) => {
      const nodes = [{ Normal: { free: 10, low: 100 } }, { Normal: { free: 10, low: 100 } }];
      const { trace } = allocate(machineOf({ nodes, distance, zoneReclaimMode: 1 }), { gfp: ['HIGH'] });
      return new Set(only(trace, 'zone_reclaim').map(({ node }) => node));
    };
    expect([reclaimed(29), reclaimed(30)]).toEqual([new Set([0, 1]), new Set([0])]);
  });
});
