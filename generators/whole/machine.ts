import fc from 'fast-check';
import { hasRule, type Kernel, type LayoutName, type Mover, type Numa, type WholeScenario } from '../../model/index.ts';
import { record } from '../record.ts';
import { largeMasksOf, lowMasksOf, masksOf, noFsMasksOf, PATIENT_MASKS, type Mask } from './masks.ts';
import { arbitraryNodeDraw, wholeNodes, type NodeDraw, type Shape } from './nodes.ts';
import { arbitraryTaskDraw, wholeTask, type TaskDraw } from './tasks.ts';
import { arbitraryTurnDraw, wholeTurn, type Spared, type TurnDraw } from './turns.ts';

const MOST_NODES = 4;
const MOST_TASKS = 4;
/** Of a script; as often as not it is far shorter, and the machine goes on by itself. */
const MOST_TURNS = 40;
/** Rounds, in each of which everyone moves once, in which a machine comes to rest that ever does. */
const ROUNDS_TO_REST = 640;
/** The same where nothing can be reclaimed: who gives up does so sooner, and who does not never will. */
const BARE_ROUNDS = 128;
/** How often masks stand among the others that make callers wait for what their machine is short of. */
const SHORT_SHARE = 8;

interface Draw {
  readonly layout: LayoutName;
  readonly nodes: readonly NodeDraw[];
  readonly shape: Shape;
  /** Between two nodes, by how far their positions are apart. */
  readonly distances: readonly number[];
  readonly reclaimMode: number;
  readonly zonelistOrder: Numa['zonelistOrder'];
  readonly compaction: boolean;
  readonly laptopMode: boolean;
  readonly swapPages: number;
  /** Some requests may wait for ever. */
  readonly patient: boolean;
  readonly tasks: readonly TaskDraw[];
  readonly turns: readonly TurnDraw[];
  /** What reclaim spares in every turn. */
  readonly spares: Spared;
  /** Whether reclaim frees anything in any turn. */
  readonly reclaims: boolean;
  readonly productive: boolean;
}

const arbitraryDraw = record<Draw>({
  layout: fc.constantFrom('x86_64', 'x86_64', 'x86_32'),
  nodes: fc.array(arbitraryNodeDraw, { minLength: 1, maxLength: MOST_NODES }),
  shape: fc.constantFrom<Shape[]>(
    'drawn',
    'drawn',
    'drawn',
    'bare',
    'bare',
    'starved',
    'starved',
    'pressed',
    'cornered',
    'shattered',
    'shattered',
  ),
  distances: fc.array(fc.constantFrom(20, 29, 30, 31, 40), { minLength: MOST_NODES, maxLength: MOST_NODES }),
  reclaimMode: fc.constantFrom(0, 0, 1),
  zonelistOrder: fc.constantFrom('default', 'default', 'node', 'zone'),
  compaction: fc.constantFrom(true, true, true, true, false),
  laptopMode: fc.constantFrom(false, false, false, true),
  swapPages: fc.constantFrom(0, 10_000),
  patient: fc.constantFrom(false, false, true),
  tasks: fc.array(arbitraryTaskDraw, { minLength: 1, maxLength: MOST_TASKS }),
  turns: fc.oneof(
    fc.array(arbitraryTurnDraw, { maxLength: MOST_TURNS / 4, size: 'max' }),
    fc.array(arbitraryTurnDraw, { maxLength: MOST_TURNS, size: 'max' }),
  ),
  spares: fc.constantFrom<Spared[]>('nothing', 'groups', 'groups', 'lists'),
  reclaims: fc.constantFrom(true, true, true, true, false),
  productive: fc.boolean(),
});

const times = (masks: readonly Mask[]): readonly Mask[] => Array.from({ length: SHORT_SHARE }, () => masks).flat();

/** Machines of one to four nodes, some without memory or processors, some with one zone, and tasks that allocate. */
export function arbitraryWhole(k: Kernel): fc.Arbitrary<WholeScenario> {
  const later = hasRule(k, 'zoneWatermarkFast');
  const patientMasks = masksOf(later);
  const impatientMasks = patientMasks.slice(0, -PATIENT_MASKS);
  const large = largeMasksOf(later);
  const starvedMasks = [...patientMasks, ...times(noFsMasksOf(later))];
  const corneredMasks = [...impatientMasks, ...times(lowMasksOf(later))];
  const masksFor = ({ shape, patient }: Draw): readonly Mask[] => {
    if (shape === 'cornered') return corneredMasks;
    if (!patient) return impatientMasks;
    return shape === 'starved' ? starvedMasks : patientMasks;
  };
  return arbitraryDraw.map((draw): WholeScenario => {
    const { layout, nodes, tasks, turns } = draw;
    const count = nodes.length;
    const masks = masksFor(draw);
    const spared = draw.shape === 'bare' && draw.spares === 'nothing' ? 'groups' : draw.spares;
    const reclaiming = { spared, reclaims: draw.reclaims };
    const movers: readonly Mover[] = [
      ...nodes.map((_, kswapd) => ({ kswapd })),
      ...tasks.flatMap((_, task) => [{ task }, { task }]),
    ];
    return {
      system: {
        swapPages: draw.swapPages,
        bufferHeadsOverLimit: false,
        compaction: draw.compaction || draw.shape === 'shattered',
        cma: true,
        extfragThreshold: 500,
        laptopMode: draw.laptopMode,
        layout,
        distance: nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : draw.distances[Math.abs(i - j)]!))),
        zoneReclaimMode: draw.reclaimMode,
        suspendedStorage: false,
        zonelistOrder: draw.zonelistOrder,
      },
      hasCpus: nodes.map(({ hasCpus }, n) => hasCpus || n === 0),
      nodes: wholeNodes(k, layout, nodes, draw.shape),
      tasks: tasks.map((task) => wholeTask(task, count, { any: masks, large }, draw.shape === 'shattered')),
      script: turns.map((turn) => wholeTurn(turn, reclaiming, movers, count, tasks.length)),
      afterwards: draw.productive || draw.shape === 'cornered' ? 'productive' : 'stop',
      limit: turns.length + (count + tasks.length) * (draw.shape === 'bare' ? BARE_ROUNDS : ROUNDS_TO_REST),
    };
  });
}
