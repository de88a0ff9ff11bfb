import { isWholeScope } from '../../kernel/schema/wholeScope.ts';
import { properties } from '../../properties/index.ts';
import { Helper } from '../../search/explore/helper.ts';
import type { Errand, ErrandResult } from '../../search/explore/helpers.ts';
import { kswapdSystem } from '../../search/explore/machine/system.ts';
import { wholeSystem } from '../../search/explore/whole/system.ts';
import { chooseKernel } from '../kernel/option.ts';
import type { Explored } from './pool.ts';

/** What a thread is asked to do, and for which exploration. */
export interface WorkerTask {
  readonly explored: Explored;
  readonly errand: Errand;
}

/** Expands chunks, whatever states are made of. */
interface AnyHelper {
  readonly expand: (errand: Errand) => ErrandResult<unknown>;
}

let helper: Promise<AnyHelper> | undefined;

/** A thread serves one exploration: its kernel is loaded once. */
async function helperOf({ kernel: asked, scope, properties: ids }: Explored): Promise<AnyHelper> {
  const { kernel } = await chooseKernel(asked);
  const judged = properties.filter(({ id }) => ids.includes(id));
  return isWholeScope(scope)
    ? new Helper(wholeSystem(kernel, scope, judged))
    : new Helper(kswapdSystem(kernel, scope, judged));
}

/** Expands one chunk of states. */
export default async function work({ explored, errand }: WorkerTask): Promise<ErrandResult<unknown>> {
  helper ??= helperOf(explored);
  return (await helper).expand(errand);
}
