import { isWholeScope, type AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { Kernel } from '../../model/index.ts';
import {
  isOwedOnMachines,
  type AnyEventualProperty,
  type EventualProperty,
  type Property,
} from '../../properties/index.ts';
import { Explorer, type Limits } from './explorer.ts';
import { kswapdSystem, questionPropertiesOf, stepPropertiesOf } from './machine/system.ts';
import type { Exploration } from './result.ts';
import { turnPropertiesOf, wholeSystem } from './whole/system.ts';

/** An exploration that is asked for. */
export interface ExplorePlan extends Limits {
  readonly kernel: Kernel;
  readonly scope: AnyScope;
  readonly properties: readonly Property[];
  /** What is owed in the end, looked for once every state was visited; nothing if left out. */
  readonly eventually?: readonly AnyEventualProperty[];
}

/** The properties that an exploration of a scope judges. */
export const explorablePropertiesOf = (
  kernel: Kernel,
  scope: AnyScope,
  properties: readonly Property[],
): readonly Property[] =>
  isWholeScope(scope)
    ? turnPropertiesOf(kernel, properties)
    : [...stepPropertiesOf(kernel, properties), ...questionPropertiesOf(kernel, properties)];

/** What an exploration of a scope looks for in the end. */
export const eventualPropertiesOf = (
  scope: AnyScope,
  eventually: readonly AnyEventualProperty[],
): readonly AnyEventualProperty[] => eventually.filter((one) => isOwedOnMachines(one) === isWholeScope(scope));

/** Visits every state of a scope, judges every step, and asks all questions about every state. */
export function explore(plan: ExplorePlan): Promise<Exploration> {
  const { kernel, scope, properties, eventually = [] } = plan;
  if (isWholeScope(scope)) {
    const owed = eventually.filter(isOwedOnMachines);
    return new Explorer(wholeSystem(kernel, scope, properties, owed), plan).run();
  }
  const owed = eventually.filter((one): one is EventualProperty => !isOwedOnMachines(one));
  return new Explorer(kswapdSystem(kernel, scope, properties, owed), plan).run();
}
