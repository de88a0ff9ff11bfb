import {
  runDirectCase,
  watchDirectCase,
  type DirectCase,
  type DirectShrinkRecord,
  type DirectTurn,
  type Kernel,
  type System,
  type ZoneRef,
} from '../../../model/index.ts';
import { scenarioNode, system, type ZoneSketch } from '../sketch.ts';

interface DirectSketch {
  /** Zones of each node. */
  readonly nodes: readonly (readonly ZoneSketch[])[];
  /** All zones of a node, the highest first, then those of the next, if left out. */
  readonly zonelist?: readonly ZoneRef[];
  readonly args?: Partial<DirectCase['args']>;
  readonly task?: DirectCase['task'];
  readonly script?: readonly DirectTurn[];
  readonly system?: Partial<System>;
  readonly failures?: number;
}

/** A direct reclaim of 32 pages for order 0, from all zones. */
export function directCase({
  nodes,
  zonelist,
  args,
  task,
  script = [],
  failures = 0,
  ...rest
}: DirectSketch): DirectCase {
  const all = nodes.flatMap((zones, n) => zones.map((_zone, z): ZoneRef => [n, z]).toReversed());
  const reclaimIdx = nodes[0]!.length - 1;
  return {
    system: system(rest.system),
    nodes: nodes.map((zones, id) => ({ ...scenarioNode(zones, { failures }), id })),
    zonelist: zonelist ?? all,
    args: { order: 0, gfpMask: ['FS'], nrToReclaim: 32, reclaimIdx, ...args },
    ...(task === undefined ? {} : { task }),
    script,
  };
}

/** What the task returns; undefined if it is still throttled. */
export function returned(k: Kernel, given: DirectCase): number | undefined {
  const { end, task } = runDirectCase(k, given);
  return end === 'returned' ? task.result : undefined;
}

/** What was shrunk. */
export const shrunk = (k: Kernel, given: DirectCase): readonly DirectShrinkRecord[] =>
  watchDirectCase(k, given).trace.flatMap((record) => (record.ev === 'shrink' && 'node' in record ? [record] : []));
