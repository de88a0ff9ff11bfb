import type { Scope } from '../../kernel/schema/scope.ts';
import { isWholeScope, type AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { Kernel } from '../../model/index.ts';
import {
  isOwedOnMachines,
  type AnyEventualProperty,
  type EventualProperty,
  type Property,
} from '../../properties/index.ts';
import { Checkpoint, keptOf, restored } from './checkpoint.ts';
import { Explorer, type Limits } from './explorer.ts';
import { kswapdSystem, questionPropertiesOf, stepPropertiesOf } from './machine/system.ts';
import { watchedPropertiesOf, watchedSystem } from './machine/watched.ts';
import type { Exploration, ExploredProperty } from './result.ts';
import { turnPropertiesOf, wholeSystem } from './whole/system.ts';

/** An exploration that is asked for. */
export interface ExplorePlan extends Limits {
  readonly kernel: Kernel;
  readonly scope: AnyScope;
  readonly properties: readonly Property[];
  /** What is owed in the end, looked for once every state was visited; nothing if left out. */
  readonly eventually?: readonly AnyEventualProperty[];
  /** A file that it goes on from, if there is one, and that it is saved in on the way and when it is cut off. */
  readonly checkpoint?: string;
  /** Tells the text of the kernel from others, if it is a user’s own: a checkpoint is for no other. */
  readonly digest?: string;
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
export async function explore(plan: ExplorePlan): Promise<Exploration> {
  const { kernel, scope, properties, eventually = [] } = plan;
  const checkpoint = checkpointOf(plan, '');
  if (isWholeScope(scope)) {
    const owed = eventually.filter(isOwedOnMachines);
    const found = await new Explorer(wholeSystem(kernel, scope, properties, owed), plan, checkpoint).run();
    if (found.cutOff === undefined) checkpoint?.remove();
    return found;
  }
  const owed = eventually.filter((one): one is EventualProperty => !isOwedOnMachines(one));
  const found = await new Explorer(kswapdSystem(kernel, scope, properties, owed), plan, checkpoint).run();
  const runs = checkpointOf(plan, '.runs');
  const all = await withWatched(plan, scope, found, runs);
  if (all.cutOff === undefined) {
    checkpoint?.remove();
    runs?.remove();
  }
  return all;
}

/** The checkpoint of a part of an exploration, if it is to have one. */
function checkpointOf(plan: ExplorePlan, part: string): Checkpoint | undefined {
  const { checkpoint, kernel, digest = '', scope, properties, eventually = [] } = plan;
  if (checkpoint === undefined) return undefined;
  const ids = [...properties, ...eventually].map(({ id }) => id);
  return new Checkpoint(checkpoint + part, JSON.stringify([kernel.name, kernel.base, digest, scope, ids]));
}

/**
 * For each property of runs a search that also tells states apart by what it remembers. To have all of them remember
 * at once would be one search of many more states.
 */
async function withWatched(
  plan: ExplorePlan,
  scope: Scope,
  first: Exploration,
  checkpoint: Checkpoint | undefined,
): Promise<Exploration> {
  const { kernel, properties, time = Infinity, memory, folder, onProgress } = plan;
  const watched = watchedPropertiesOf(kernel, properties);
  let kept = checkpoint?.read()?.found.watched ?? [];
  const found = [...restored<ExploredProperty>(kept, watched)];
  let { ms, cutOff } = first;
  for (const property of watched.slice(found.length)) {
    if (cutOff === undefined && ms >= time) cutOff = 'time';
    if (cutOff !== undefined) break;
    const limits: Limits = {
      time: time - ms,
      ...(memory === undefined ? {} : { memory }),
      ...(folder === undefined ? {} : { folder }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const besides = await new Explorer(watchedSystem(kernel, scope, property), limits, checkpoint).run();
    found.push(...besides.properties);
    ms += besides.ms;
    ({ cutOff } = besides);
    if (cutOff !== undefined) break;
    kept = found.map(keptOf);
    checkpoint?.write(() => ({ found: { watched: kept } }), 'now');
  }
  const notReached = [...first.notReached, ...watched.slice(found.length)];
  return {
    ...first,
    properties: [...first.properties, ...found],
    notReached,
    ms,
    ...(cutOff === undefined ? {} : { cutOff }),
  };
}
