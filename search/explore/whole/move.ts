import type { WholeScenario, WholeTurn } from '../../../model/index.ts';

/** One move of a whole machine: a turn, in which one kswapd or task goes on from where it waits to its next wait. */
export type WholeMove =
  { readonly kind: 'start'; readonly start: WholeScenario } | { readonly kind: 'turn'; readonly turn: WholeTurn };

/** The turns of moves, the starts among them left out. */
export const turnsOf = (moves: readonly WholeMove[]): readonly WholeTurn[] =>
  moves.flatMap((move) => (move.kind === 'turn' ? [move.turn] : []));

/** The scenario that moves make, the first of them a start. */
export function wholeScenarioOf(moves: readonly WholeMove[]): WholeScenario {
  const [first] = moves;
  if (first?.kind !== 'start') throw new Error('a way begins at a start');
  const script = turnsOf(moves);
  return { ...first.start, script, limit: script.length };
}
