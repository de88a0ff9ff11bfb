import type { Event, Scenario, Turn } from '../../../model/index.ts';
import type { Start } from './starts.ts';

/**
 * One move from a state where kswapd waits, its wait's work done, to the next: something that another task does
 * meanwhile; or kswapd going on to its next wait, and what comes of that. Without it kswapd is on its way.
 */
export type Move =
  | { readonly kind: 'start'; readonly start: Start; readonly work?: Turn }
  | { readonly kind: 'event'; readonly event: Event }
  | {
      readonly kind: 'turn';
      readonly left: Turn;
      readonly work?: Turn;
      /** Whether kswapd began to balance anew on its way. */
      readonly beganRun: boolean;
    };

/** The turns that moves make, the first of them a start. The last turn stays open if kswapd has not gone on yet. */
function scriptOf(moves: readonly Move[]): readonly Turn[] {
  const turns: Turn[] = [];
  let open: Turn | undefined;
  let events: Event[] = [];
  const withEvents = (turn: Turn): Turn => (events.length === 0 ? turn : { ...turn, events });
  for (const move of moves) {
    if (move.kind === 'event') {
      events.push(move.event);
      continue;
    }
    if (move.kind === 'turn') turns.push({ ...withEvents(open ?? {}), ...move.left });
    open = move.work;
    events = [];
  }
  return open === undefined ? turns : [...turns, withEvents(open)];
}

/** The scenario that moves make, the first of them a start. */
export function scenarioOf(moves: readonly Move[]): Scenario {
  const [first] = moves;
  if (first?.kind !== 'start') throw new Error('a way begins at a start');
  const script = scriptOf(moves);
  return { ...first.start, script, limit: script.length };
}
