import { v5_9, watchWhole, type WholeScenario } from '../model/index.ts';
import { PLAIN, renderCase } from '../report/counterexample/index.ts';
import { compactJson } from '../search/compactJson.ts';
import { fenced } from './markdown.ts';
import { SYSTEM, writtenMemory, type ZoneSketch } from './sketch.ts';

const EMPTY = { managed: 0 } as const;
const ZONES: readonly ZoneSketch[] = [
  { ...EMPTY, name: 'DMA' },
  { ...EMPTY, name: 'DMA32' },
  { name: 'Normal', min: 80, low: 100, high: 120, free: [0, 0, 0, 0, 0, 6], lru: { inactiveFile: 400 } },
  { ...EMPTY, name: 'Movable' },
];

/** Nothing is pending: the index after the last zone says so. */
const NOTHING_ASKED = { order: 0, zoneIdx: ZONES.length, failures: 0 };

const { system, nodes } = writtenMemory(SYSTEM, ZONES, NOTHING_ASKED);

/** A machine of one node, and a task that asks for three blocks of 32 pages. */
const THREE_BLOCKS: WholeScenario = {
  system,
  nodes,
  tasks: [
    {
      node: 0,
      requests: (['cache', 'cache', 8] as const).map((lifetime) => ({
        gfp: ['MOVABLE', 'DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'IO', 'FS'],
        order: 5,
        lifetime,
      })),
    },
  ],
  script: [{ who: { task: 0 } }, { who: { task: 0 } }, { who: { task: 0 } }],
  afterwards: 'productive',
  limit: 40,
};

/** A run of a whole machine, and what a tracer sees of it. */
export function machineStoryText(): string {
  const { end, turns, machine } = watchWhole(v5_9, THREE_BLOCKS);
  const [{ served }] = machine.tasks as readonly [(typeof machine.tasks)[number]];
  const shrunk = machine.memory.pgdats[0]!.node.zones[2]!.lru.inactiveFile === 0;
  if (end !== 'quiet' || served !== 3 || !shrunk)
    throw new Error(`The machine of the book ends as ${end}, with ${served} requests served`);
  return [
    '## One machine, three requests',
    'A machine of one node has 192 pages free in its Normal zone, in blocks of 32, and kswapd sleeps. A task asks ' +
      'for three such blocks: two for the page cache, and one that it keeps for eight turns. The first two are taken ' +
      'from above the low mark of 100 pages. Then 128 are free, and without the 31 others of a third block 97, which ' +
      'is not more than 100: kswapd is woken, and the request is served at the min mark, 80. After the ' +
      'script everyone moves in turn, and reclaim is as productive as it can be: kswapd reclaims all there is, ' +
      'gives the order up for having reclaimed twice its size, and goes to sleep. Here it is in v5.9:',
    fenced('text', renderCase({ kernel: v5_9, kind: 'machine', given: THREE_BLOCKS }, PLAIN)),
    `After ${turns} turns nobody has anything left to do. The scenario as a file, as ` +
      '`npx kswapd-spec replay FILE` reads it:',
    fenced('json', compactJson({ id: 'three-blocks', kernel: v5_9.name, ...THREE_BLOCKS })),
  ].join('\n\n');
}
