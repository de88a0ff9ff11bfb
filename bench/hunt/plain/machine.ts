import fc from 'fast-check';
import { hasRule, LAYOUTS, type GfpName, type Kernel, type WholeScenario } from '../../../model/index.ts';
import { plainNodes, plainSystem } from './node.ts';

/** GFP_KERNEL, GFP_HIGHUSER_MOVABLE, GFP_NOFS, GFP_ATOMIC and GFP_DMA, in the words of a kernel. */
const masksOf = (k: Kernel): readonly (readonly GfpName[])[] => {
  const later = hasRule(k, 'zoneWatermarkFast');
  const waits: readonly GfpName[] = later ? ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM'] : ['WAIT'];
  const atomic: readonly GfpName[] = later ? ['HIGH', 'ATOMIC', 'KSWAPD_RECLAIM'] : ['HIGH'];
  return [
    [...waits, 'IO', 'FS'],
    [...waits, 'IO', 'FS', 'HIGHMEM', 'MOVABLE'],
    [...waits, 'IO'],
    atomic,
    [...waits, 'IO', 'FS', 'DMA'],
  ];
};

const TASKS = 2;
const TURNS_TO_REST = 2000;

/** A machine of one or two nodes whose tasks ask for pages in any order. */
export const plainWhole = (k: Kernel): fc.Arbitrary<WholeScenario> =>
  fc
    .record({
      system: plainSystem,
      nodes: plainNodes(k, LAYOUTS.x86_64),
      requests: fc.array(
        fc.record({
          task: fc.nat(TASKS - 1),
          gfp: fc.constantFrom(...masksOf(k)),
          order: fc.nat(10),
          lifetime: fc.oneof(fc.nat(100), fc.constant('cache' as const)),
        }),
        { maxLength: 30 },
      ),
      turns: fc.array(
        fc.record({
          task: fc.boolean(),
          index: fc.nat(TASKS - 1),
          reclaimed: fc.array(fc.nat(1000), { maxLength: 3 }),
        }),
        { maxLength: 60 },
      ),
      productive: fc.boolean(),
    })
    .map(({ system, nodes, requests, turns, productive }) => ({
      system: {
        ...system,
        layout: 'x86_64',
        distance: nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : 20))),
        zoneReclaimMode: 0,
        suspendedStorage: false,
        zonelistOrder: 'default',
      },
      nodes: nodes.map(({ id, zones, kswapd }) => ({ id, zones, kswapd: { ...kswapd, waiting: true } })),
      tasks: Array.from({ length: TASKS }, (_, task) => ({
        node: task % nodes.length,
        requests: requests.flatMap(({ task: own, ...request }) => (own === task ? [request] : [])),
      })),
      script: turns.map(({ task, index, reclaimed }) => ({
        who: task ? { task: index } : { kswapd: index % nodes.length },
        reclaimed,
        scanned: reclaimed.reduce((sum, pages) => sum + pages, 0),
      })),
      afterwards: productive ? 'productive' : 'stop',
      limit: turns.length + TURNS_TO_REST,
    }));
