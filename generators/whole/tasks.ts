import fc from 'fast-check';
import {
  PAGE_ALLOC_COSTLY_ORDER,
  type TaskFlagName,
  type WholeRequest,
  type WholeScenarioTask,
} from '../../model/index.ts';
import { record } from '../record.ts';
import type { Mask } from './masks.ts';

const MOST_REQUESTS = 8;

interface RequestDraw {
  readonly mask: number;
  readonly order: number;
  /** Whether one that asks for a large block says how much trouble it is worth. */
  readonly considerate: boolean;
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
  considerate: fc.boolean(),
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

/** The masks that callers use, and that callers of large blocks use. */
export interface Masks {
  readonly any: readonly Mask[];
  readonly large: readonly Mask[];
}

/** A task of a machine with so many nodes, whose callers use some masks, and ask for single pages or larger blocks. */
export function wholeTask(
  { node, flags, requests }: TaskDraw,
  nodes: number,
  { any, large }: Masks,
  asksLarge: boolean,
): WholeScenarioTask {
  return {
    flags,
    node: node % nodes,
    requests: requests.map((request): WholeRequest => {
      const asked = request.node % nodes;
      const order = asksLarge && request.order === 0 ? 3 + (request.mask % 2) : request.order;
      const masks = order > PAGE_ALLOC_COSTLY_ORDER && request.considerate ? large : any;
      return {
        gfp: masks[request.mask % masks.length]!,
        order,
        node: asked,
        ...(request.confined ? { nodemask: Array.from({ length: asked + 1 }, (_, n) => n) } : {}),
        lifetime: request.lifetime,
      };
    }),
  };
}
