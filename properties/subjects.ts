import {
  allocFlagsOf,
  makeNode,
  makeSetupMachine,
  setupAtBoot,
  watchDirectCase,
  watchScenario,
  watchWhole,
  type DirectCase,
  type Kernel,
  type Question,
  type Run,
  type Scenario,
  type SetupCase,
  type WholeScenario,
} from '../model/index.ts';
import type { AskedSubject, Failure, Property, Reach, See, SetupSubject, StepProperty } from './property.ts';

/** A case, of the kind that a property is judged on. */
export type Case = Scenario | Question | SetupCase | DirectCase | WholeScenario;

/** The state and the arguments of a question. */
export function ask(kernel: Kernel, { system, node: written, args }: Question): AskedSubject {
  const node = makeNode(written);
  return { kernel, system, node, zone: node.zones[args.zone]!, args, allocFlags: allocFlagsOf(args.allocFlags) };
}

/** A machine before and after set-up at boot. */
export function setUp(kernel: Kernel, { nodes, args }: SetupCase): SetupSubject {
  const before = makeSetupMachine(nodes, args);
  return { kernel, before, after: setupAtBoot(kernel, before) };
}

/** The kinds of case: a scenario that is run, a question about a state, a set-up, a direct reclaim, a whole machine. */
export type CaseKind = 'scenario' | 'question' | 'setup' | 'direct' | 'machine';

/** The kind of case that a property is judged on. */
export const caseKind = (property: Property): CaseKind =>
  property.over === 'step' || property.over === 'run' ? 'scenario' : property.over;

export type Judge = (property: Property, see: See<string>, reach?: Reach) => Failure | undefined;

/** A judge on one case of a kind. What the properties share (the run, the state) is made once. */
const JUDGES: Readonly<Record<CaseKind, (kernel: Kernel, given: Case) => Judge>> = {
  scenario: (kernel, given) => {
    const run = watchScenario(kernel, given as Scenario);
    return (property, see, reach) => {
      if (property.over === 'run') return property.check(run, see, reach);
      return property.over === 'step' ? judgeSteps(property, run, see, reach) : undefined;
    };
  },
  question: (kernel, given) => {
    const subject = ask(kernel, given as Question);
    return (property, see, reach) => (property.over === 'question' ? property.check(subject, see, reach) : undefined);
  },
  setup: (kernel, given) => {
    const subject = setUp(kernel, given as SetupCase);
    return (property, see, reach) => (property.over === 'setup' ? property.check(subject, see, reach) : undefined);
  },
  direct: (kernel, given) => {
    const run = watchDirectCase(kernel, given as DirectCase);
    return (property, see, reach) => (property.over === 'direct' ? property.check(run, see, reach) : undefined);
  },
  machine: (kernel, given) => {
    const run = watchWhole(kernel, given as WholeScenario);
    return (property, see, reach) => (property.over === 'machine' ? property.check(run, see, reach) : undefined);
  },
};

/** A judge of properties on one case. */
export const judgeOf = (kernel: Kernel, kind: CaseKind, given: Case): Judge => JUDGES[kind](kernel, given);

function judgeSteps(
  property: StepProperty,
  { kernel, steps }: Run,
  see: See<string>,
  reach?: Reach,
): Failure | undefined {
  for (const [i, step] of steps.entries()) {
    const failure = property.check({ kernel, step }, see, reach);
    if (failure !== undefined) return { ...failure, step: i };
  }
  return undefined;
}

const UNSEEN: See<string> = () => undefined;

/** Judges a case: the first failure, or undefined if the property holds. `see` hears of the kinds of case it met. */
export function judge(property: Property, kernel: Kernel, given: Case, see: See<string> = UNSEEN): Failure | undefined {
  return judgeOf(kernel, caseKind(property), given)(property, see);
}
