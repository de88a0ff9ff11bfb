import type { Scenario, Turn } from '../../../model/index.ts';
import { scenarioOf, type Move } from '../machine/move.ts';

/** A run that goes on for ever: what leads to where it goes round, and the turns of a round. */
export interface Lasso {
  /** The run up to where the first round begins. */
  readonly stem: Scenario;
  /** The turns of a round; none if kswapd never comes to wait again. */
  readonly loop: readonly Turn[];
}

const isTurn = ({ kind }: Move): boolean => kind === 'turn';

/**
 * The lasso of moves: those that lead to a state, the first of them a start, and those that lead from it round to it
 * again. A round of turns begins where one ends, so the turn that was open at the state is closed in the stem.
 */
export function lassoOf(stem: readonly Move[], round: readonly Move[]): Lasso {
  const firstTurn = round.findIndex(isTurn);
  if (firstTurn < 0) return { stem: scenarioOf(stem), loop: [] };
  const whole = scenarioOf([...stem, ...round, ...round.slice(0, firstTurn + 1)]);
  const closed = stem.filter(isTurn).length + 1;
  const turns = round.filter(isTurn).length;
  const script = whole.script.slice(0, closed);
  return { stem: { ...whole, script, limit: closed }, loop: whole.script.slice(closed, closed + turns) };
}

/** The lasso as a scenario that goes round some times. */
export function unrolled({ stem, loop }: Lasso, rounds: number): Scenario {
  const script = [...stem.script, ...Array.from({ length: rounds }, () => loop).flat()];
  return { ...stem, script, limit: script.length };
}
