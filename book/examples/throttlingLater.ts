import { prepareToWait, withWaits, type Kernel } from '../../model/index.ts';
import { example, type State } from '../example.ts';

const ask = (k: Kernel, { machine }: State) => {
  const { ok, machine: after } = k.allowDirectReclaim(k, withWaits(machine, prepareToWait(machine.waits)));
  return { ok, kswapdWoken: after.waits.woken };
};

const LRU = { inactiveFile: 10 };

/** Worked examples of throttling direct reclaim in later kernels. */
export const laterThrottlingExamples = [
  example({
    rule: 'allowDirectReclaim',
    title: 'Half of the min marks of zones with something to reclaim',
    zones: [
      { name: 'DMA', min: 1000, free: 20 },
      { name: 'Normal', min: 160, free: 80, lru: LRU },
    ],
    ask,
    cases: [
      {
        given: {},
        expected: { ok: false, kswapdWoken: true },
        worked: 'DMA has nothing to reclaim and does not count; 80 is not more than 160 / 2. kswapd is woken',
      },
    ],
  }),
  example({
    rule: 'allowDirectReclaim',
    title: 'Nothing to reclaim anywhere',
    zones: [{ name: 'Normal', min: 160, free: 0 }],
    ask,
    cases: [{ given: {}, expected: { ok: true, kswapdWoken: false }, worked: 'waiting would never end' }],
  }),
  example({
    rule: 'allowDirectReclaim',
    title: 'A node past hope',
    zones: [{ name: 'Normal', min: 160, free: 0, lru: LRU }],
    request: [0, 0, 16],
    ask,
    cases: [
      {
        given: {},
        expected: { ok: true, kswapdWoken: false },
        worked: 'after 16 runs in vain kswapd would not come: who needs memory must reclaim',
      },
    ],
  }),
];
