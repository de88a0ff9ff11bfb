import type { Scope } from '../../../kernel/schema/scope.ts';
import type { Kernel, Machine, Step, Turn } from '../../../model/index.ts';
import {
  isAskedOf,
  type Chance,
  type EventualProperty,
  type Property,
  type QuestionProperty,
  type StepProperty,
} from '../../../properties/index.ts';
import { coverageIn } from '../happenings.ts';
import type { KswapdLasso } from '../liveness/lasso.ts';
import { Marks } from '../marks.ts';
import { STEPS, type ChanceOf, type Owed, type System } from '../system.ts';
import { coverageOf } from './coverage.ts';
import { judgesOf } from './judges.ts';
import { markedKernel } from './marked.ts';
import { scenarioOf, type Move } from './move.ts';
import { askAll } from './questions.ts';
import { tracesIn, type Traces } from './rest.ts';
import { lassoOf, runOf } from './round.ts';
import { MachineSpace } from './space.ts';

/** The properties that speak of steps, and say something of a kernel. */
export const stepPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly StepProperty[] =>
  properties.filter((one): one is StepProperty => one.over === 'step' && isAskedOf(one, kernel));

/** The properties that ask about states, and say something of a kernel. */
export const questionPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly QuestionProperty[] =>
  properties.filter((one): one is QuestionProperty => one.over === 'question' && isAskedOf(one, kernel));

const NO_WORK: Turn = {};

/** A chance as moves of kswapd show it; events are none. */
const chanceOf = ({ name, happens, asked }: Chance): ChanceOf<Machine, Move> => ({
  name,
  ...(asked === undefined ? {} : { asked }),
  happens: (before, move, after) =>
    move.kind === 'turn' && happens({ before, after, work: move.work ?? NO_WORK, beganRun: move.beganRun }),
});

/** What is owed in the end on a node of so many zones. */
function owedBy(property: EventualProperty, zones: number): Owed<Machine, Move> {
  const { from, until, givenBy, ceases, underLoad } = property;
  return {
    property,
    owedTo: 1,
    from,
    until,
    ...(givenBy && { givenBy: chanceOf(givenBy) }),
    ...(ceases && { ceases: chanceOf(ceases) }),
    underLoad,
    chances: property.chances(zones).map(chanceOf),
  };
}

/** The space of a kernel's kswapd in a scope, with every step judged and marked. */
function judgedSpace(
  kernel: Kernel,
  scope: Scope,
  traces: Traces,
  properties: readonly StepProperty[],
  marks: Marks,
): MachineSpace {
  const judgeStep = judgesOf(kernel, properties, marks);
  const cover = coverageOf(marks);
  const steps = marks.id(STEPS);
  const onStep = (step: Step): void => {
    marks.hit(steps);
    cover(step);
    judgeStep(step);
  };
  return new MachineSpace({ kernel: markedKernel(kernel, marks), scope, traces, marks, onStep });
}

/** One kswapd and its environment, as a system to be explored. */
export function kswapdSystem(
  kernel: Kernel,
  scope: Scope,
  properties: readonly Property[],
  eventually: readonly EventualProperty[] = [],
): System<Machine, Move> {
  const judged = stepPropertiesOf(kernel, properties);
  const questions = questionPropertiesOf(kernel, properties);
  const traces = tracesIn(kernel, scope);
  return {
    kernel,
    scope,
    properties: judged,
    judged: (marks) => judgedSpace(kernel, scope, traces, judged, marks),
    bare: () => new MachineSpace({ kernel, scope, traces, marks: new Marks(), onStep: () => {} }),
    scenarioOf,
    questions,
    ask: (states, goOn) => askAll(kernel, scope, questions, states, goOn),
    owedOn: ({ node }) => eventually.map((property) => owedBy(property, node.zones.length)),
    isEvent: ({ kind }) => kind === 'event',
    lassoOf,
    run: (lasso, rounds) => runOf(kernel, lasso as KswapdLasso, rounds, traces),
    coverage: (marks, movesTo) => coverageIn(kernel, marks, movesTo),
  };
}
