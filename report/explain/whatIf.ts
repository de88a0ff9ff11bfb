import { makeNode, MAX_ORDER, type Kernel, type ScenarioNode, type System } from '../../model/index.ts';
import type { Assumption } from '../../kernel/zoneinfo/assumption.ts';
import { wouldSleep } from './sleep.ts';

/** An assumption turned round, and whether the node's answer would turn with it. */
export interface WhatIf {
  readonly assumption: string;
  readonly instead: string;
  readonly sleeps: boolean;
}

/** Asks again with the opposite of what was assumed, where the opposite is one definite thing. */
export function whatIfs(
  k: Kernel,
  system: System,
  node: ScenarioNode,
  order: number,
  zoneIdx: number,
  assumed: readonly Assumption[],
): readonly WhatIf[] {
  const sleeps = (of: System, asked: ScenarioNode) => wouldSleep(k, of, makeNode(asked), order, zoneIdx);
  const found: WhatIf[] = [];
  if (assumed.some(({ field }) => field === 'swapPages')) {
    const swapPages = system.swapPages > 0 ? 0 : 1;
    const instead = swapPages > 0 ? 'with free swap' : 'without free swap';
    found.push({ assumption: 'swapPages', instead, sleeps: sleeps({ ...system, swapPages }, node) });
  }
  if (assumed.some(({ field, matters }) => field === 'free' && matters === 'highOrder')) {
    const instead = 'with free memory in blocks as large as can be';
    found.push({ assumption: 'free', instead, sleeps: sleeps(system, inLargeBlocks(node)) });
  }
  return found;
}

/** The node with all free memory in the fewest blocks. */
function inLargeBlocks(node: ScenarioNode): ScenarioNode {
  return {
    ...node,
    zones: node.zones.map((zone) => ({
      ...zone,
      free: Object.fromEntries(Object.entries(zone.free).map(([type, blocks]) => [type, fewestBlocks(blocks)])),
    })),
  };
}

function fewestBlocks(blocks: readonly number[]): readonly number[] {
  const pages = blocks.reduce((sum, count, order) => sum + count * 2 ** order, 0);
  const top = 2 ** (MAX_ORDER - 1);
  return blocks.map((_, order) =>
    order === MAX_ORDER - 1 ? Math.floor(pages / top) : Math.floor((pages % top) / 2 ** order) % 2,
  );
}
