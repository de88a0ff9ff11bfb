import { kswapdInit, kswapdRun, kswapdStop, type Life } from '../../model/index.ts';
import { example } from '../example.ts';

const life = (booting: boolean, running: boolean): Life => ({
  booting,
  nodes: [
    { id: 0, hasMemory: true, kswapd: running },
    { id: 1, hasMemory: false, kswapd: false },
    { id: 2, hasMemory: true, kswapd: false },
  ],
});

const withKswapd = ({ nodes }: Life): readonly number[] => nodes.filter(({ kswapd }) => kswapd).map(({ id }) => id);

/** Worked examples of how kswapd threads come and go. */
export const lifeExamples = [
  example({
    rule: 'kswapdRun',
    title: 'Once per node; a failure halts only the boot',
    ask: (_k, _state, given: { booting: boolean; running: boolean; canStart: boolean }) =>
      kswapdRun(life(given.booting, given.running), 0, given.canStart).started,
    cases: [
      { given: { booting: true, running: false, canStart: true }, expected: 'started', worked: 'the usual case' },
      {
        given: { booting: false, running: true, canStart: true },
        expected: 'already running',
        worked: 'a node that gets more memory keeps its thread',
      },
      { given: { booting: true, running: false, canStart: false }, expected: 'halted', worked: 'at boot: a bug' },
      {
        given: { booting: false, running: false, canStart: false },
        expected: 'failed',
        worked: 'later: reported, and the node goes without',
      },
    ],
  }),
  example({
    rule: 'kswapdInit',
    title: 'Nodes without memory get none',
    ask: (_k, _state, { failsOn }) => {
      const { started, life: after } = kswapdInit(life(true, false), (id) => id !== failsOn);
      return { started, nodes: withKswapd(after) };
    },
    cases: [
      {
        given: { failsOn: -1 },
        expected: { started: 'started', nodes: [0, 2] },
        worked: 'of nodes 0, 1 and 2, node 1 has no memory',
      },
      {
        given: { failsOn: 2 },
        expected: { started: 'halted', nodes: [0] },
        worked: 'node 0 has its thread; node 2’s cannot be made, and the boot halts',
      },
    ],
  }),
  example({
    rule: 'startThread',
    title: 'The zone index that it has in mind at first',
    zones: [{ name: 'DMA' }, { name: 'Normal' }, { name: 'Movable', managed: 0 }],
    ask: (k, { node }) => {
      const { at, classzoneIdx } = k.startThread(node);
      return { startsAt: at, zoneIdx: classzoneIdx };
    },
    cases: [
      {
        given: {},
        expected: { startsAt: 'checkRequest', zoneIdx: 1 },
        worked: 'Normal, the highest populated zone',
        since: {
          'v4.19': {
            expected: { startsAt: 'startKswapd', zoneIdx: 2 },
            worked: 'the highest there is, populated or not',
          },
        },
      },
    ],
  }),
  example({
    rule: 'kswapdStop',
    title: 'The others go on',
    ask: (_k, _state, { id }) => withKswapd(kswapdStop(kswapdRun(life(false, true), 2, true).life, id)),
    cases: [{ given: { id: 0 }, expected: [2], worked: 'kswapd ran on nodes 0 and 2' }],
  }),
];
