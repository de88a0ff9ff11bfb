import {
  allocFlagsOf,
  makeNode,
  makeSetupMachine,
  setupAtBoot,
  watchScenario,
  type Kernel,
  type Question,
  type Scenario,
  type SetupCase,
} from '../model/index.ts';
import type { AskedSubject, Failure, Property, See, SetupSubject } from './property.ts';

/** A case, of the kind that a property is judged on. */
export type Case = Scenario | Question | SetupCase;

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

/**
 * Judges a case: the first failure, or undefined if the property holds. `see` hears of the kinds of case that it met.
 */
export function judge(property: Property, kernel: Kernel, given: Case, see: See<string>): Failure | undefined {
  switch (property.over) {
    case 'question':
      return property.check(ask(kernel, given as Question), see);
    case 'setup':
      return property.check(setUp(kernel, given as SetupCase), see);
    case 'run':
      return property.check(watchScenario(kernel, given as Scenario), see);
    case 'step': {
      const { steps } = watchScenario(kernel, given as Scenario);
      for (const [i, step] of steps.entries()) {
        const failure = property.check({ kernel, step }, see);
        if (failure !== undefined) return { ...failure, step: i };
      }
      return undefined;
    }
  }
}
