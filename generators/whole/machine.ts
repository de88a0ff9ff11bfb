import fc from 'fast-check';
import {
  hasRule,
  type Kernel,
  type LayoutName,
  type Mover,
  type TaskFlagName,
  type WholeEvent,
  type WholeRequest,
  type WholeScenario,
  type WholeScenarioTask,
  type WholeTurn,
} from '../../model/index.ts';
import { record } from '../record.ts';
import { masksOf, PATIENT_MASKS } from './masks.ts';
import { arbitraryNodeDraw, wholeNodes, type NodeDraw } from './nodes.ts';

const MOST_NODES = 4;
const MOST_TASKS = 4;
const MOST_REQUESTS = 8;
/** Turns after which a run is cut off: many times what a productive machine needs. */
const LIMIT = 4000;

interface RequestDraw {
  readonly mask: number;
  readonly order: number;
  readonly node: number;
  readonly lifetime: number | 'cache';
}

interface TaskDraw {
  readonly node: number;
  readonly flags: readonly TaskFlagName[];
  readonly requests: readonly RequestDraw[];
}

interface TurnDraw {
  readonly who: number;
  readonly scanned: number;
  readonly reclaimed: readonly number[];
  readonly compacts: boolean;
  readonly event: 'none' | 'online' | 'merge' | 'swap' | 'bufferHeads' | 'kill';
  readonly at: number;
}

interface Draw {
  readonly layout: LayoutName;
  readonly nodes: readonly NodeDraw[];
  readonly far: boolean;
  readonly reclaimMode: number;
  readonly swapPages: number;
  /** Some requests may wait for ever. */
  readonly patient: boolean;
  /** Little is free and nothing is on any list: reclaim finds nothing. */
  readonly bare: boolean;
  readonly tasks: readonly TaskDraw[];
  readonly turns: readonly TurnDraw[];
  readonly productive: boolean;
}

const arbitraryRequest = record<RequestDraw>({
  mask: fc.nat(),
  order: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3, 4, 9),
  node: fc.nat(),
  lifetime: fc.constantFrom<RequestDraw['lifetime'][]>('cache', 'cache', 'cache', 1, 5, 20, 60),
});

const arbitraryTurn = record<TurnDraw>({
  who: fc.nat(),
  scanned: fc.integer({ min: 0, max: 200 }),
  reclaimed: fc.array(fc.constantFrom(0, 0, 1, 32, 100), { minLength: 4, maxLength: 4 }),
  compacts: fc.boolean(),
  event: fc.constantFrom(
    'none',
    'none',
    'none',
    'none',
    'none',
    'none',
    'online',
    'merge',
    'swap',
    'bufferHeads',
    'kill',
  ),
  at: fc.nat(),
});

const arbitraryDraw = record<Draw>({
  layout: fc.constantFrom('x86_64', 'x86_64', 'x86_32'),
  nodes: fc.array(arbitraryNodeDraw, { minLength: 1, maxLength: MOST_NODES }),
  far: fc.boolean(),
  reclaimMode: fc.constantFrom(0, 0, 0, 1),
  swapPages: fc.constantFrom(0, 10_000),
  patient: fc.constantFrom(false, false, true),
  bare: fc.constantFrom(false, false, true),
  tasks: fc.array(
    record<TaskDraw>({
      node: fc.nat(),
      flags: fc.constantFrom<TaskFlagName[][]>([], [], [], ['MEMALLOC']),
      requests: fc.array(arbitraryRequest, { minLength: 1, maxLength: MOST_REQUESTS }),
    }),
    { minLength: 1, maxLength: MOST_TASKS },
  ),
  turns: fc.array(arbitraryTurn, { maxLength: 40 }),
  productive: fc.constantFrom(true, true, false),
});

/** Machines of one to four nodes, some without memory or processors, some with one zone, and tasks that allocate. */
export function arbitraryWhole(k: Kernel): fc.Arbitrary<WholeScenario> {
  const masks = masksOf(hasRule(k, 'zoneWatermarkFast'));
  return arbitraryDraw.map((draw): WholeScenario => {
    const { layout, nodes, tasks, turns } = draw;
    const count = nodes.length;
    const choice = draw.patient ? masks.length : masks.length - PATIENT_MASKS;
    const movers: readonly Mover[] = [
      ...nodes.map((_, kswapd) => ({ kswapd })),
      ...tasks.flatMap((_, task) => [{ task }, { task }]),
    ];
    const far = draw.far ? 40 : 20;
    return {
      system: {
        swapPages: draw.swapPages,
        bufferHeadsOverLimit: false,
        compaction: true,
        cma: true,
        extfragThreshold: 500,
        laptopMode: false,
        layout,
        distance: nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : far))),
        zoneReclaimMode: draw.reclaimMode,
        suspendedStorage: false,
        zonelistOrder: 'default',
      },
      hasCpus: nodes.map(({ hasCpus }, n) => hasCpus || n === 0),
      nodes: wholeNodes(k, layout, nodes, draw.bare),
      tasks: tasks.map(({ node, flags, requests }): WholeScenarioTask => ({
        flags,
        node: node % count,
        requests: requests.map((request): WholeRequest => ({
          gfp: masks[request.mask % choice]!.gfp,
          order: request.order,
          node: request.node % count,
          lifetime: request.lifetime,
        })),
      })),
      script: turns.map((turn) => wholeTurn(turn, movers, count, tasks.length)),
      afterwards: draw.productive ? 'productive' : 'stop',
      limit: LIMIT,
    };
  });
}

function wholeTurn(turn: TurnDraw, movers: readonly Mover[], nodes: number, tasks: number): WholeTurn {
  const event = eventOf(turn, nodes, tasks);
  return {
    who: movers[turn.who % movers.length]!,
    scanned: turn.scanned,
    reclaimed: turn.reclaimed,
    ...(turn.compacts ? { merge: [{ node: turn.at % nodes, zone: 2, from: 0, to: 3, count: 8 }] } : {}),
    ...(event === undefined ? {} : { events: [event] }),
  };
}

function eventOf({ event, at }: TurnDraw, nodes: number, tasks: number): WholeEvent | undefined {
  const node = at % nodes;
  switch (event) {
    case 'none':
      return undefined;
    case 'online':
      return { online: { node, zone: 1, pages: 1024 } };
    case 'merge':
      return { merge: { node, zone: 1 + (at % 2), from: 0, to: 2, count: 16 } };
    case 'swap':
      return { swap: at % 2 === 0 ? 0 : 500 };
    case 'bufferHeads':
      return { bufferHeads: at % 2 === 0 };
    case 'kill':
      return { kill: { task: at % tasks } };
  }
}
