import { properties } from '../../properties/index.ts';
import { Hunter } from '../../search/hunt/hunter.ts';
import type { Batch, BatchResult, Quarry, Shrinking } from '../../search/hunt/task.ts';
import type { Case } from '../../properties/index.ts';
import { chooseKernel } from '../kernel/option.ts';

/** What a worker is asked to do, and for which hunt. */
export type WorkerTask = { readonly quarry: Quarry } & ({ readonly batch: Batch } | { readonly shrinking: Shrinking });

let hunter: Promise<Hunter> | undefined;

/** A worker serves one hunt: its kernel is loaded once. */
async function hunterOf({ kernel: asked, properties: ids }: Quarry): Promise<Hunter> {
  const { kernel } = await chooseKernel(asked);
  return new Hunter(
    kernel,
    properties.filter(({ id }) => ids.includes(id)),
  );
}

/** Does one task of a hunt, in a thread of its own. */
export default async function work(task: WorkerTask): Promise<BatchResult | Case> {
  hunter ??= hunterOf(task.quarry);
  const own = await hunter;
  return 'batch' in task ? own.run(task.batch) : own.shrink(task.shrinking);
}
