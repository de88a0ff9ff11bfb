import { isYieldPoint } from '../state/thread.ts';
import { MAX_ORDER } from '../units.ts';
import type { Mover, WholeAnswer } from './scenario.ts';
import { isDone, type WholeMachine } from './state.ts';

/** What reclaim frees of each zone in one go, as long as there is something to reclaim. Pages. */
const BOUNTY = 1024;

/** The answer of an environment in which reclaim and compaction get done what can be done. */
export function productiveAnswer({ memory }: WholeMachine): WholeAnswer {
  const merge = memory.pgdats.flatMap(({ node }, n) =>
    node.zones.flatMap((_, zone) =>
      Array.from({ length: MAX_ORDER - 1 }, (__, from) => ({ node: n, zone, from, to: from + 1, count: BOUNTY })),
    ),
  );
  const zones = memory.pgdats[0]!.node.zones.length;
  const reclaimed = new Array<number>(zones).fill(BOUNTY);
  return { scanned: zones * BOUNTY, reclaimed, merge, compactResult: 'success', timeout: true };
}

/** Everyone who could move, in order: the kswapds, then the tasks. */
export const moversOf = ({ memory, tasks }: WholeMachine): readonly Mover[] => [
  ...memory.pgdats.map((_, kswapd) => ({ kswapd })),
  ...tasks.map((_, task) => ({ task })),
];

/** Nobody has anything to do: every kswapd sleeps and was not woken, or does not run, and every task is done. */
export const isQuiet = ({ memory, tasks }: WholeMachine): boolean =>
  tasks.every(isDone) &&
  memory.pgdats.every(({ thread, waits }) => {
    if (!isYieldPoint(thread.at)) return thread.at === 'stopped';
    return thread.at === 'sleep' && !waits.woken;
  });
