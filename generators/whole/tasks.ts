import fc from 'fast-check';
import type { TaskFlagName, WholeRequest, WholeScenarioTask } from '../../model/index.ts';
import { record } from '../record.ts';
import type { Mask } from './masks.ts';

const MOST_REQUESTS = 6;

interface RequestDraw {
  readonly mask: number;
  readonly order: number;
  readonly node: number;
  /** Whether it may use the nodes up to its own only. */
  readonly confined: boolean;
  readonly lifetime: number | 'cache';
}

export interface TaskDraw {
  readonly node: number;
  readonly flags: readonly TaskFlagName[];
  readonly requests: readonly RequestDraw[];
}

const arbitraryRequest = record<RequestDraw>({
  mask: fc.nat(),
  order: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3, 4, 9),
  node: fc.nat(),
  confined: fc.constantFrom(false, false, false, false, false, true),
  lifetime: fc.constantFrom<RequestDraw['lifetime'][]>('cache', 'cache', 'cache', 1, 5, 20, 60),
});

export const arbitraryTaskDraw = record<TaskDraw>({
  node: fc.nat(),
  flags: fc.constantFrom<TaskFlagName[][]>(
    [],
    [],
    [],
    [],
    [],
    ['MEMALLOC'],
    ['OOM_VICTIM'],
    ['OOM_VICTIM'],
    ['RT'],
    ['KTHREAD'],
  ),
  requests: fc.array(arbitraryRequest, { minLength: 1, maxLength: MOST_REQUESTS }),
});

/** A task of a machine with so many nodes, whose callers use some masks, and ask for single pages or larger blocks. */
export function wholeTask(
  { node, flags, requests }: TaskDraw,
  nodes: number,
  masks: readonly Mask[],
  large: boolean,
): WholeScenarioTask {
  return {
    flags,
    node: node % nodes,
    requests: requests.map((request): WholeRequest => {
      const asked = request.node % nodes;
      return {
        gfp: masks[request.mask % masks.length]!,
        order: large && request.order === 0 ? 3 + (request.mask % 2) : request.order,
        node: asked,
        ...(request.confined ? { nodemask: Array.from({ length: asked + 1 }, (_, n) => n) } : {}),
        lifetime: request.lifetime,
      };
    }),
  };
}
