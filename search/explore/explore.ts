import type { Scope } from '../../kernel/schema/scope.ts';
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
import { watchedPropertiesOf, watchedSystem } from './machine/watched.ts';
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
    : [
        ...stepPropertiesOf(kernel, properties),
        ...questionPropertiesOf(kernel, properties),
        ...watchedPropertiesOf(kernel, properties),
      ];

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
  return exploreKswapd(plan, scope);
}

/**
 * A search of all states; and for each property of runs one that also tells states apart by what it remembers. To have
 * all of them remember at once would be one search of many more states.
 */
async function exploreKswapd(plan: ExplorePlan, scope: Scope): Promise<Exploration> {
  const { kernel, properties, eventually = [], time = Infinity, memory, folder, onProgress } = plan;
  const owed = eventually.filter((one): one is EventualProperty => !isOwedOnMachines(one));
  const found = await new Explorer(kswapdSystem(kernel, scope, properties, owed), plan).run();
  const results = [...found.properties];
  let { ms, cutOff } = found;
  for (const property of watchedPropertiesOf(kernel, properties)) {
    if (cutOff !== undefined) break;
    const limits: Limits = {
      time: Math.max(0, time - ms),
      ...(memory === undefined ? {} : { memory }),
      ...(folder === undefined ? {} : { folder }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const besides = await new Explorer(watchedSystem(kernel, scope, property), limits).run();
    results.push(...besides.properties);
    ms += besides.ms;
    ({ cutOff } = besides);
  }
  return { ...found, properties: results, ms, ...(cutOff === undefined ? {} : { cutOff }) };
}
