import { expect, test } from 'vitest';
import { v5_9, watchScenario, type Turn } from '../../model/index.ts';
import { PLAIN } from '../../report/counterexample/style.ts';
import { renderTimeline } from '../../report/counterexample/timeline.ts';
import { RECLAIMABLE, scenario } from '../model/sketch.ts';

test('the timeline says in words what later kernels record', () => {
  const script: readonly Turn[] = [
    {},
    { events: [{ boost: { zone: 0, pages: 64 } }, { wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] },
    { scanned: 40, reclaimed: [32] },
    { reclaimed: [32] },
    {},
  ];
  const given = scenario([{ ...RECLAIMABLE, min: 10, low: 20, high: 30, free: 500 }], script, { zoneIdx: 1 });
  const run = watchScenario(v5_9, { ...given, system: { ...given.system, compaction: true } });
  const text = renderTimeline(run, PLAIN).replaceAll(/\s+/g, ' ');
  expect(text).toContain('shrink up to Normal, priority 12, order 0, nrToReclaim 94, may not write, may not swap');
  expect(text).toContain('the node: scanned 40, reclaimed 32');
  expect(text).toContain('Normal boost 64 -> 0; kcompactd order 9, zoneIdx 0');
  expect(text).toContain('pending zoneIdx 0 -> none');
});
