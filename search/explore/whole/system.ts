import type { WholeScope } from '../../../kernel/schema/wholeScope.ts';
import { bootWhole, takeWholeTurn, type Kernel, type WholeMachine, type WholeTurn } from '../../../model/index.ts';
import {
  isAskedOf,
  type MachineEventualProperty,
  type MachineProperty,
  type Property,
} from '../../../properties/index.ts';
import { coverageIn } from '../happenings.ts';
import type { WholeLasso } from '../liveness/lasso.ts';
import { markedKernel } from '../machine/marked.ts';
import type { Marks } from '../marks.ts';
import type { ChanceOf, LassoRun, Owed, System } from '../system.ts';
import { IN_ALLOCATOR, IN_DIRECT_RECLAIM, turnCoverageOf, turnJudgesOf } from './judging.ts';
import { turnsOf, wholeScenarioOf, type WholeMove } from './move.ts';
import { tracesIn, type Traces } from '../machine/rest.ts';
import { countedFromNow, wholeWithoutTraces } from './rest.ts';
import { WholeSpace } from './space.ts';
import { wholeStartsOf } from './starts.ts';

/** The properties of whole machines that a turn is judged by itself by, and that say something of a kernel. */
export const turnPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly MachineProperty[] =>
  properties.filter(
    (one): one is MachineProperty => one.over === 'machine' && one.spans === undefined && isAskedOf(one, kernel),
  );

function judgedSpace(
  kernel: Kernel,
  scope: WholeScope,
  traces: Traces,
  properties: readonly MachineProperty[],
  marks: Marks,
): WholeSpace {
  const marked = markedKernel(kernel, marks);
  const [scenario] = wholeStartsOf(kernel, scope);
  const judgeTurn = turnJudgesOf(kernel, scenario!, properties, marks);
  const cover = turnCoverageOf(marks);
  return new WholeSpace({
    kernel: marked,
    scope,
    traces,
    onTurn: (stretch) => {
      cover(stretch);
      judgeTurn(stretch);
    },
  });
}

/** A chance as moves show it; starts are none. */
const chanceOf = ({
  name,
  happens,
  asked,
}: ReturnType<MachineEventualProperty['chances']>[number]): ChanceOf<WholeMachine, WholeMove> => ({
  name,
  ...(asked === undefined ? {} : { asked }),
  happens: (before, move, after) => move.kind === 'turn' && happens({ before, turn: move.turn, after }),
});

/** What is owed in the end on a machine. */
function owedBy(property: MachineEventualProperty, start: WholeMachine): Owed<WholeMachine, WholeMove> {
  const { from, until, underLoad } = property;
  const chances = property.chances(start).map(chanceOf);
  return { property, owedTo: property.owedTo(start), from, until, underLoad, chances };
}

/** A lasso as it is run, so many times round; times are counted from each turn on. */
function runOf(
  kernel: Kernel,
  { stem, loop }: WholeLasso,
  rounds: number,
  traces: Traces,
): LassoRun<WholeMachine, WholeMove> {
  const after = (w: WholeMachine, turn: WholeTurn): WholeMachine =>
    countedFromNow(takeWholeTurn(kernel, w, turn, { turn: 0, observe: undefined, trace: [] }), 1);
  const told = (w: WholeMachine): string => JSON.stringify(wholeWithoutTraces(w, traces, 0));
  const states = [bootWhole(kernel, stem)];
  for (const turn of stem.script) states.push(after(states.at(-1)!, turn));
  let w = states.at(-1)!;
  const moves: LassoRun<WholeMachine, WholeMove>['moves'][number][] = [];
  const ends = [told(w)];
  for (let round = 0; round < rounds; round++) {
    for (const turn of loop) {
      const next = after(w, turn);
      moves.push({ before: w, move: { kind: 'turn', turn }, after: next });
      w = next;
    }
    ends.push(told(w));
  }
  return { stem: states, moves, ends };
}

/** A whole machine, as a system to be explored. */
export function wholeSystem(
  kernel: Kernel,
  scope: WholeScope,
  properties: readonly Property[],
  eventually: readonly MachineEventualProperty[] = [],
): System<WholeMachine, WholeMove> {
  const judged = turnPropertiesOf(kernel, properties);
  const traces = tracesIn(kernel, scope);
  return {
    kernel,
    scope,
    properties: judged,
    judged: (marks) => judgedSpace(kernel, scope, traces, judged, marks),
    bare: () => new WholeSpace({ kernel, scope, traces }),
    scenarioOf: wholeScenarioOf,
    questions: [],
    ask: () => [],
    owedOn: (start) => eventually.map((property) => owedBy(property, start)),
    isEvent: (move) => move.kind === 'turn' && move.turn.events !== undefined,
    lassoOf: (stem, round) => ({ stem: wholeScenarioOf(stem), loop: turnsOf(round) }),
    run: (lasso, rounds) => runOf(kernel, lasso as WholeLasso, rounds, traces),
    coverage: (marks, movesTo) =>
      coverageIn(kernel, marks, movesTo, [
        [IN_ALLOCATOR, kernel.allocator],
        [IN_DIRECT_RECLAIM, kernel.directReclaim],
      ]),
  };
}
