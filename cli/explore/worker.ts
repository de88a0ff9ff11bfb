import type { Machine } from '../../model/index.ts';
import { properties } from '../../properties/index.ts';
import { stepPropertiesOf } from '../../search/explore/explore.ts';
import type { Errand, ErrandResult } from '../../search/explore/helpers.ts';
import { Helper } from '../../search/explore/machine/judging.ts';
import { chooseKernel } from '../kernel/option.ts';
import type { Explored } from './pool.ts';

/** What a thread is asked to do, and for which exploration. */
export interface WorkerTask {
  readonly explored: Explored;
  readonly errand: Errand;
}

let helper: Promise<Helper> | undefined;

/** A thread serves one exploration: its kernel is loaded once. */
async function helperOf({ kernel: asked, scope, properties: ids }: Explored): Promise<Helper> {
  const { kernel } = await chooseKernel(asked);
  const judged = stepPropertiesOf(kernel, properties).filter(({ id }) => ids.includes(id));
  return new Helper(kernel, scope, judged);
}

/** Expands one chunk of states. */
export default async function work({ explored, errand }: WorkerTask): Promise<ErrandResult<Machine>> {
  helper ??= helperOf(explored);
  return (await helper).expand(errand);
}
