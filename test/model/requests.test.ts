import { describe, expect, test } from 'vitest';
import { v4_0 as k, type Machine } from '../../model/index.ts';
import { machine, RECLAIMABLE, type ZoneSketch } from './sketch.ts';

const waiting = (m: Machine): Machine => ({ ...m, waits: { ...m.waits, queued: true } });
const throttled = (m: Machine, tasks: number): Machine => ({ ...m, waits: { ...m.waits, throttled: tasks } });

const good: ZoneSketch = { ...RECLAIMABLE, high: 100, free: 101 };
const bad: ZoneSketch = { ...RECLAIMABLE, high: 100, free: 100 };

describe('pfmemalloc_watermark_ok', () => {
  // min marks 10 + 30 + 61 = 101; half of it, rounded down, is 50.
  const node = (free: number): readonly ZoneSketch[] => [
    { name: 'DMA', min: 10, free },
    { name: 'DMA32', min: 30 },
    { name: 'Normal', min: 61 },
    { name: 'Movable', min: 500, free: 9000 },
  ];

  test('is false at exactly half of the min marks up to Normal, true one page above', () => {
    expect(k.pfmemallocWatermarkOk(k, machine(node(50))).ok).toBe(false);
    expect(k.pfmemallocWatermarkOk(k, machine(node(51))).ok).toBe(true);
  });

  test('wakes a waiting kswapd for the Normal zone when it is false', () => {
    const { machine: after } = k.pfmemallocWatermarkOk(k, waiting(machine(node(50))));
    expect(after.waits).toMatchObject({ woken: true, queued: false });
    expect(after.node.kswapd.zoneIdx).toBe(2);
  });

  test('keeps a lower zone index that was asked for before', () => {
    const { machine: after } = k.pfmemallocWatermarkOk(k, waiting(machine(node(50), { zoneIdx: 1 })));
    expect(after.node.kswapd.zoneIdx).toBe(1);
  });

  test('changes nothing when kswapd does not wait', () => {
    const before = machine(node(50));
    expect(k.pfmemallocWatermarkOk(k, before).machine).toEqual(before);
  });

  test('is true without any reserve, and on a node without a Normal zone', () => {
    expect(k.pfmemallocWatermarkOk(k, machine([{ name: 'Normal', free: 0 }])).ok).toBe(true);
    expect(k.pfmemallocWatermarkOk(k, machine([{ name: 'Movable', min: 50 }])).ok).toBe(true);
  });
});

describe('prepare_kswapd_sleep', () => {
  test('lets kswapd sleep on a balanced node, not on another one', () => {
    expect(k.prepareKswapdSleep(k, machine([good]), 0, 0, 0).sleep).toBe(true);
    expect(k.prepareKswapdSleep(k, machine([bad]), 0, 0, 0).sleep).toBe(false);
  });

  test('does not when the short sleep was cut short, and looks at nothing else', () => {
    const { sleep, machine: after, records } = k.prepareKswapdSleep(k, throttled(machine([good]), 2), 0, 1, 0);
    expect({ sleep, throttled: after.waits.throttled, records }).toEqual({ sleep: false, throttled: 2, records: [] });
  });

  test('lets throttled tasks go, whether or not the node is balanced', () => {
    for (const zone of [good, bad]) {
      const { machine: after, records } = k.prepareKswapdSleep(k, throttled(machine([zone]), 2), 0, 0, 0);
      expect(after.waits.throttled).toBe(0);
      expect(records).toEqual([{ ev: 'pfmemalloc_wake' }]);
    }
  });
});

describe('wakeup_kswapd', () => {
  const zones: readonly ZoneSketch[] = [{ ...bad, name: 'DMA' }, bad, { ...bad, name: 'Movable', present: 0 }];
  const request = (before: Machine, zone: number, order: number, zoneIdx: number) => {
    const { machine: after, records } = k.wakeupKswapd(k, before, zone, order, zoneIdx);
    return { order: after.node.kswapd.order, zoneIdx: after.node.kswapd.zoneIdx, woken: after.waits.woken, records };
  };

  test('keeps a request only if its order is higher than the pending one', () => {
    const pending = machine(zones, { order: 3, zoneIdx: 1 });
    expect(request(pending, 1, 2, 0)).toMatchObject({ order: 3, zoneIdx: 1 });
    expect(request(pending, 1, 3, 0)).toMatchObject({ order: 3, zoneIdx: 1 });
    expect(request(pending, 1, 4, 0)).toMatchObject({ order: 4, zoneIdx: 0 });
  });

  test('never raises the zone index that is asked for', () => {
    expect(request(machine(zones, { order: 3, zoneIdx: 0 }), 1, 4, 1)).toMatchObject({ order: 4, zoneIdx: 0 });
  });

  test('wakes a waiting kswapd when the zone is not balanced', () => {
    expect(request(waiting(machine(zones)), 1, 0, 1)).toMatchObject({
      woken: true,
      records: [{ ev: 'wakeup', zone: 1, order: 0 }],
    });
  });

  test('only records the request while kswapd does not wait', () => {
    expect(request(machine(zones), 1, 5, 1)).toMatchObject({ order: 5, woken: false, records: [] });
  });

  test('records the request and wakes no one when the zone is balanced', () => {
    const balanced = waiting(machine([{ ...good, free: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4] }]));
    expect(request(balanced, 0, 5, 0)).toMatchObject({ order: 5, woken: false, records: [] });
  });

  test('does nothing at all for a zone that is not populated', () => {
    expect(request(waiting(machine(zones)), 2, 5, 0)).toEqual({ order: 0, zoneIdx: 2, woken: false, records: [] });
  });
});
