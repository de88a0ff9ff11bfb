import { prepareToWait, withThrottled, withWaits, type Kernel } from '../../model/index.ts';
import { releaseThrottled } from '../../model/rules/pfmemalloc.ts';
import { example, type State } from '../example.ts';
import type { ZoneSketch } from '../sketch.ts';

const zones = (normalFree: number): readonly ZoneSketch[] => [
  { name: 'DMA', min: 40, free: 20 },
  { name: 'Normal', min: 160, free: normalFree },
  { name: 'HighMem', min: 10, free: 5000 },
];

const ask = (k: Kernel, { machine }: State, { kswapdWaits }: { readonly kswapdWaits: boolean }) => {
  const asked = kswapdWaits ? withWaits(machine, prepareToWait(machine.waits)) : machine;
  const { ok, machine: after } = k.pfmemallocWatermarkOk(k, asked);
  return { ok, kswapdWoken: after.waits.woken, pendingZoneIdx: after.node.kswapd.zoneIdx };
};

/** Worked examples of throttling direct reclaim. */
export const throttlingExamples = [
  example({
    rule: 'pfmemallocWatermarkOk',
    title: 'Half of the min marks up to Normal must be exceeded',
    zones: zones(80),
    ask,
    cases: [
      {
        given: { kswapdWaits: true },
        expected: { ok: false, kswapdWoken: true, pendingZoneIdx: 1 },
        worked: '20 + 80 is not more than (40 + 160) / 2; high memory does not count. kswapd is woken for Normal',
      },
      {
        given: { kswapdWaits: false },
        expected: { ok: false, kswapdWoken: false, pendingZoneIdx: 2 },
        worked: 'the same, but kswapd is awake: nothing is asked of it',
      },
    ],
  }),
  example({
    rule: 'pfmemallocWatermarkOk',
    title: 'With one page more, the task goes on',
    zones: zones(81),
    ask,
    cases: [
      {
        given: { kswapdWaits: true },
        expected: { ok: true, kswapdWoken: false, pendingZoneIdx: 2 },
        worked: '20 + 81 is more than 100',
      },
    ],
  }),
  example({
    rule: 'releaseThrottled',
    title: 'No one is left behind',
    ask: (_k, { machine }, { throttled }) =>
      releaseThrottled(withWaits(machine, withThrottled(machine.waits, throttled))).waits.throttled,
    cases: [{ given: { throttled: 3 }, expected: 0, worked: 'all three go on' }],
  }),
];
