import fc from 'fast-check';
import {
  bootDirectCase,
  runDirect,
  v5_9,
  type DirectCase,
  type DirectState,
  type DirectTurn,
  type Event,
  type Zone,
} from '../model/index.ts';
import { record } from './record.ts';

/** What a turn means to do; how many pages that is shows when the task has come so far. */
interface DirectPlan {
  readonly reclaim: 'none' | 'few' | 'asked' | 'all';
  readonly amount: number;
  readonly scanned: number;
  /** Control groups, and active lists, are spared where the pass spares them. */
  readonly groups: boolean;
  readonly lists: boolean;
  readonly throttle: 'nothing' | 'wake' | 'release' | 'kill' | 'signal' | 'timeout';
  readonly event: 'none' | 'take' | 'give' | 'lruCacheAdd' | 'bufferHeads' | 'swap';
  readonly zone: number;
  readonly order: number;
}

/** A whole script: plans that are repeated until the task returns, and how often something is reclaimed. */
export interface DirectPlans {
  readonly plans: readonly DirectPlan[];
  readonly luck: 'good' | 'late' | 'none';
  /** Nothing is reclaimed before this turn, if luck is late. */
  readonly from: number;
  /** Whether control groups, and active lists, are ever spared. */
  readonly groups: boolean;
  readonly lists: boolean;
}

const arbitraryPlan = record<DirectPlan>({
  reclaim: fc.constantFrom('none', 'none', 'few', 'asked', 'all'),
  amount: fc.integer({ min: 0, max: 40 }),
  scanned: fc.constantFrom(0, 0, 32, 100, 400),
  groups: fc.boolean(),
  lists: fc.boolean(),
  throttle: fc.constantFrom('nothing', 'wake', 'wake', 'release', 'release', 'kill', 'signal', 'timeout'),
  event: fc.constantFrom('none', 'none', 'none', 'take', 'give', 'lruCacheAdd', 'bufferHeads', 'swap'),
  zone: fc.integer({ min: 0, max: 4 }),
  order: fc.constantFrom(0, 0, 1, 3, 6, 10),
});

export const arbitraryDirectPlans = record<DirectPlans>({
  plans: fc.array(arbitraryPlan, { minLength: 1, maxLength: 8, size: 'max' }),
  luck: fc.constantFrom('good', 'late', 'none', 'none'),
  from: fc.integer({ min: 0, max: 30 }),
  groups: fc.boolean(),
  lists: fc.boolean(),
});

const MOST_TURNS = 120;
/** A task that is still throttled by then is left so. */
const MOST_THROTTLED_TURNS = 8;

/** The case with the script that the plans come to, played with v5.9: no turn spares what its pass does not spare. */
export function playDirectPlans(given: DirectCase, plans: DirectPlans): DirectCase {
  const script: DirectTurn[] = [];
  let state = toYieldPoint(bootDirectCase(v5_9, given));
  while (state.task.at !== 'done' && script.length < MOST_TURNS) {
    if (state.task.at === 'throttled' && script.length >= MOST_THROTTLED_TURNS) break;
    const turn = turnOf(state, plans, script.length);
    script.push(turn);
    state = toYieldPoint(runDirect(v5_9, state, [turn], undefined, 1));
  }
  // Empty turns at the end say nothing.
  const last = script.findLastIndex((turn) => Object.keys(turn).length > 0);
  return { ...given, script: script.slice(0, last + 1) };
}

const toYieldPoint = ({ memory, task }: DirectState): DirectState =>
  runDirect(v5_9, { memory, task }, [], undefined, 0);

function turnOf(state: DirectState, { plans, luck, from, groups, lists }: DirectPlans, turn: number): DirectTurn {
  const plan = plans[turn % plans.length]!;
  const { memory, task } = state;
  if (task.at === 'throttled') return throttledTurn(state, plan, turn);
  const { sc, node } = task;
  const lucky = luck === 'good' || (luck === 'late' && turn >= from);
  const { zones } = memory.pgdats[node]!.node;
  const reclaimed = lucky ? zones.map((zone) => pagesOf(plan, zone)) : [];
  const sparesGroups = groups && plan.groups && !sc.memcgLowReclaim && !sc.forceDeactivate;
  const sparesLists = lists && plan.lists && !sc.forceDeactivate;
  const events = eventsOf(plan, zones, turn);
  return {
    ...(plan.scanned > 0 ? { scanned: plan.scanned } : {}),
    ...(reclaimed.some((pages) => pages > 0) ? { reclaimed } : {}),
    ...(sparesGroups ? { memcgLowSkipped: true } : {}),
    ...(sparesLists ? { skippedDeactivate: true } : {}),
    ...(events.length > 0 ? { events } : {}),
  };
}

function pagesOf({ reclaim, amount }: DirectPlan, zone: Zone): number {
  switch (reclaim) {
    case 'none':
      return 0;
    case 'few':
      return amount;
    case 'asked':
      return 32;
    case 'all':
      return zone.managed;
  }
}

/** A throttled task waits a few turns at most before someone lets it go. */
function throttledTurn({ memory, task }: DirectState, { throttle }: DirectPlan, turn: number): DirectTurn {
  const released = turn >= 4 ? 'release' : throttle;
  switch (released) {
    case 'nothing':
      return {};
    case 'wake':
      return { wake: true };
    case 'release':
      return { wake: true, events: freeing(memory.pgdats[task.node]!.node.zones) };
    case 'kill':
      return { signal: 'fatal' };
    case 'signal':
      return { signal: 'other' };
    case 'timeout':
      return { timeout: true };
  }
}

const usedPages = ({ managed, freeArea, lru }: Zone): number =>
  managed - freeArea.pages - lru.inactiveAnon - lru.activeAnon - lru.inactiveFile - lru.activeFile;

/** All pages in use are freed. */
const freeing = (zones: readonly Zone[]): readonly Event[] =>
  zones.flatMap((zone, i) => (usedPages(zone) > 0 ? [{ give: { zone: i, order: 0, count: usedPages(zone) } }] : []));

function eventsOf(
  { event, zone: drawn, order, amount }: DirectPlan,
  zones: readonly Zone[],
  turn: number,
): readonly Event[] {
  const index = drawn % zones.length;
  switch (event) {
    case 'none':
      return [];
    case 'take':
      return [{ take: { zone: index, order, count: amount + 1 } }];
    case 'give': {
      const count = Math.min(amount, Math.floor(usedPages(zones[index]!) / 2 ** order));
      return count > 0 ? [{ give: { zone: index, order, count } }] : [];
    }
    case 'lruCacheAdd': {
      const pages = Math.min(amount, usedPages(zones[index]!));
      return pages > 0 ? [{ lruCacheAdd: { zone: index, pages } }] : [];
    }
    case 'bufferHeads':
      return [{ bufferHeads: turn % 2 === 0 }];
    case 'swap':
      return [{ swap: amount }];
  }
}
