import type { Owed, System } from '../system.ts';
import { TURN, type Kinds } from './kinds.ts';
import type { Lasso } from './lasso.ts';

/** Moves that a round is run for, at least: more than it takes what only looks alike to come apart. */
const LEAST_MOVES = 1000;

/** What a lasso is said to show: that someone is owed something for ever. */
export interface Claim<S, M> {
  readonly owed: Owed<S, M>;
  readonly who: number;
  readonly lasso: Lasso;
  readonly kinds: Kinds<S, M>;
  /** Kinds of moves that there are none of in a round. */
  readonly over: number;
}

/**
 * Why a lasso does not show what it is said to, undefined if it does: it is run, many times round, with nothing
 * forgotten of its states.
 */
export function refuted<S, M>(system: System<S, M>, claim: Claim<S, M>): string | undefined {
  const { owed, who, lasso, kinds, over } = claim;
  const length = lasso.loop.length;
  const rounds = length === 0 ? 0 : Math.max(2, Math.ceil(LEAST_MOVES / length));
  const { stem, moves, ends } = system.run(lasso, rounds);
  const given = stem.findLastIndex((state) => owed.until(state, who));
  if (!stem.slice(given + 1).some((state) => owed.from(state, who))) return 'nothing is owed where the round begins';
  if (moves.some(({ after }) => owed.until(after, who))) return 'what is owed is given in the round';
  if (length === 0) return possible(system, kinds, stem.at(-1)!) === 0 ? undefined : 'it goes on where it seems to end';
  if (ends.length !== rounds + 1 || ends.some((end) => end !== ends[0])) return 'the round does not lead back';

  const made = moves.map(({ before, move, after }) => kinds.of(before, move, after));
  if (made.some((kind) => (kind & over) !== 0)) return 'something happens in the round that should have ceased';
  const could = moves.reduce((all, { before }) => all | possible(system, kinds, before), 0);
  const wanted = owed.chances.filter((chance) =>
    chance.asked === undefined
      ? (could & kinds.ofChance(chance)) !== 0
      : moves.some(({ before }) => chance.asked!(before)),
  );
  const taken = [TURN, ...wanted.map((chance) => kinds.ofChance(chance))];
  const perRound = made.length / rounds;
  for (let round = 0; round < rounds; round++) {
    const all = made.slice(round * perRound, (round + 1) * perRound).reduce((some, kind) => some | kind, 0);
    if (taken.some((kind) => (all & kind) === 0)) return 'a chance that comes in the round is not taken';
  }
  return undefined;
}

/** The kinds of all moves that could be made in a state. */
function possible<S, M>(system: System<S, M>, kinds: Kinds<S, M>, state: S): number {
  let all = 0;
  system.bare().expand(state, (next, move) => void (all |= kinds.of(state, move, next)));
  return all;
}
