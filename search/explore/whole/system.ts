import type { WholeScope } from '../../../kernel/schema/wholeScope.ts';
import { runWhole, type Kernel, type WholeMachine } from '../../../model/index.ts';
import {
  isAskedOf,
  type MachineEventualProperty,
  type MachineProperty,
  type Property,
} from '../../../properties/index.ts';
import { coverageIn } from '../happenings.ts';
import { unrolled, type WholeLasso } from '../liveness/lasso.ts';
import { markedKernel } from '../machine/marked.ts';
import type { Marks } from '../marks.ts';
import type { Owed, System } from '../system.ts';
import { IN_ALLOCATOR, IN_DIRECT_RECLAIM, turnCoverageOf, turnJudgesOf } from './judging.ts';
import { turnsOf, wholeScenarioOf, type WholeMove } from './move.ts';
import { tracesIn, type Traces } from '../machine/rest.ts';
import { wholeWithoutTraces } from './rest.ts';
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
    onTurn: (stretch) => {
      cover(stretch);
      judgeTurn(stretch);
    },
  });
}

/** What is owed in the end on a machine. */
function owedBy(property: MachineEventualProperty, start: WholeMachine): Owed<WholeMachine, WholeMove> {
  const { from, until, underLoad } = property;
  const chances = property.chances(start).map(({ name, happens }) => ({
    name,
    happens: (before: WholeMachine, move: WholeMove, after: WholeMachine): boolean =>
      move.kind === 'turn' && happens({ before, turn: move.turn, after }),
  }));
  return { property, owedTo: property.owedTo(start), from, until, underLoad, chances };
}

/** Throws if a round does not lead to where it began, when it is run. */
function checkRound(kernel: Kernel, lasso: WholeLasso, traces: Traces): void {
  const after = (rounds: number): string => {
    const { machine, turns } = runWhole(kernel, unrolled(lasso, rounds));
    return JSON.stringify(wholeWithoutTraces(machine, traces, turns));
  };
  if (lasso.loop.length > 0 && after(1) !== after(2)) throw new Error('a round does not lead to where it began');
}

/** A whole machine, as a system to be explored. */
export function wholeSystem(
  kernel: Kernel,
  scope: WholeScope,
  properties: readonly Property[],
  eventually: readonly MachineEventualProperty[] = [],
): System<WholeMachine, WholeMove> {
  const judged = turnPropertiesOf(kernel, properties);
  return {
    kernel,
    scope,
    properties: judged,
    judged: (marks) => judgedSpace(kernel, scope, judged, marks),
    bare: () => new WholeSpace({ kernel, scope }),
    scenarioOf: wholeScenarioOf,
    ask: () => [],
    owedOn: (start) => eventually.map((property) => owedBy(property, start)),
    isEvent: (move) => move.kind === 'turn' && move.turn.events !== undefined,
    lassoOf: (stem, round) => ({ stem: wholeScenarioOf(stem), loop: turnsOf(round) }),
    checkRound: (lasso) => checkRound(kernel, lasso as WholeLasso, tracesIn(scope)),
    coverage: (marks, movesTo) =>
      coverageIn(kernel, marks, movesTo, [
        [IN_ALLOCATOR, kernel.allocator],
        [IN_DIRECT_RECLAIM, kernel.directReclaim],
      ]),
  };
}
