import fc from 'fast-check';
import type { CompactResult, Mover, WholeEvent, WholeTurn } from '../../model/index.ts';
import { record } from '../record.ts';

export interface TurnDraw {
  readonly who: number;
  readonly scanned: number;
  readonly reclaimed: readonly number[];
  readonly compacts: boolean;
  readonly compactResult: CompactResult;
  /** What comes to the one that waits: it is spared, told, or too late. */
  readonly comes: 'nothing' | 'groups spared' | 'lists spared' | 'a fatal signal' | 'a signal' | 'a second' | 'early';
  readonly event: 'none' | 'online' | 'merge' | 'swap' | 'bufferHeads' | 'kill';
  readonly at: number;
}

export const arbitraryTurnDraw = record<TurnDraw>({
  who: fc.nat(),
  scanned: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 200 }) }, fc.constantFrom(12, 1000, 10_000)),
  reclaimed: fc.array(fc.constantFrom(0, 0, 1, 32, 100), { minLength: 4, maxLength: 4 }),
  compacts: fc.boolean(),
  compactResult: fc.constantFrom<CompactResult[]>('skipped', 'deferred', 'complete', 'success'),
  comes: fc.constantFrom<TurnDraw['comes'][]>(
    'nothing',
    'nothing',
    'nothing',
    'groups spared',
    'lists spared',
    'a fatal signal',
    'a fatal signal',
    'a fatal signal',
    'a signal',
    'a second',
    'early',
  ),
  event: fc.oneof(
    { weight: 7, arbitrary: fc.constant('none' as const) },
    { weight: 5, arbitrary: fc.constantFrom('online', 'merge', 'swap', 'bufferHeads', 'kill') },
  ),
  at: fc.nat(),
});

/** What reclaim spares for as long as it may: control groups for their low limits, or active lists. */
export type Spared = 'nothing' | 'groups' | 'lists';

/** How reclaim goes throughout a script: what it spares, and whether it ever comes upon a page that it can free. */
export interface Reclaiming {
  readonly spared: Spared;
  readonly reclaims: boolean;
}

/** What is done to one that waits. A throttled task that a fatal signal reaches goes on; elsewhere it is not heard. */
function coming({ comes, at }: TurnDraw): Partial<WholeTurn> {
  switch (comes) {
    case 'nothing':
      return {};
    case 'groups spared':
      return { memcgLowSkipped: true };
    case 'lists spared':
      return { skippedDeactivate: true };
    case 'a fatal signal':
      return { signal: 'fatal' };
    case 'a signal':
      return { signal: 'other' };
    case 'a second':
      return { timeout: true };
    case 'early':
      return { remaining: 1 + (at % 25) };
  }
}

/** A turn of a machine with these movers, so many nodes and so many tasks. */
export function wholeTurn(
  turn: TurnDraw,
  { spared, reclaims }: Reclaiming,
  movers: readonly Mover[],
  nodes: number,
  tasks: number,
): WholeTurn {
  const event = eventOf(turn, nodes, tasks);
  return {
    who: movers[turn.who % movers.length]!,
    scanned: turn.scanned,
    reclaimed: reclaims ? turn.reclaimed : [],
    compactResult: turn.compactResult,
    ...(turn.compacts ? { merge: [{ node: turn.at % nodes, zone: 2, from: 0, to: 3, count: 8 }] } : {}),
    ...(spared === 'groups' ? { memcgLowSkipped: true } : {}),
    ...(spared === 'lists' ? { skippedDeactivate: true } : {}),
    ...coming(turn),
    ...(event === undefined ? {} : { events: [event] }),
  };
}

function eventOf({ event, at }: TurnDraw, nodes: number, tasks: number): WholeEvent | undefined {
  const node = at % nodes;
  switch (event) {
    case 'none':
      return undefined;
    case 'online':
      return { online: { node, zone: 1, pages: 1024 } };
    case 'merge':
      return { merge: { node, zone: 1 + (at % 2), from: 0, to: 2, count: 16 } };
    case 'swap':
      return { swap: at % 2 === 0 ? 0 : 500 };
    case 'bufferHeads':
      return { bufferHeads: at % 2 === 0 };
    case 'kill':
      return { kill: { task: at % tasks } };
  }
}
