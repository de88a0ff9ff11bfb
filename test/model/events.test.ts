import { describe, expect, test } from 'vitest';
import { kernels, runScenario, v4_0, v5_9, watchScenario } from '../../model/index.ts';
import { scenario } from './sketch.ts';

const KERNELS = Object.values(kernels);

describe('pages that tasks hold and that become page cache', () => {
  const event = { lruCacheAdd: { zone: 1, pages: 7 } };
  const zones = [
    { name: 'DMA', managed: 50, free: 9, lru: { inactiveFile: 1 } },
    { name: 'Normal', managed: 50, free: 20, lru: { inactiveFile: 3, activeFile: 4, inactiveAnon: 5 } },
  ] as const;

  test.each(KERNELS)('in $name go on the inactive file list of their zone, and nothing else changes', (k) => {
    const { steps } = watchScenario(k, scenario(zones, [{ events: [event] }]));
    const { before, after } = steps.find(({ kind }) => kind === 'event')!;
    const [dma, normal] = before.node.zones;
    const grown = { ...normal!, lru: { ...normal!.lru, inactiveFile: 10 } };
    expect(after).toEqual({ ...before, node: { ...before.node, zones: [dma, grown] } });
  });

  test('make a zone that was given up worth scanning again', () => {
    const given = scenario([{ managed: 50, free: 1, high: 9, lru: { inactiveFile: 2 }, pagesScanned: 12 }], []);
    const { machine } = runScenario(v4_0, { ...given, script: [{ events: [{ lruCacheAdd: { zone: 0, pages: 1 } }] }] });
    const { system, node } = machine;
    expect(node.zones[0]!.pagesScanned).toBe(12);
    expect(v4_0.zoneReclaimable(v4_0, system, node.zones[0]!)).toBe(true);
  });

  test('leave a node that is past hope so', () => {
    const given = scenario(zones, [{ events: [event] }], { failures: 16 });
    expect(runScenario(v5_9, given).machine.node.kswapd.failures).toBe(16);
  });
});
