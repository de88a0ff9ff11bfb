import type { ChanceOf, Owed } from '../system.ts';

/** Someone goes on from where he waits. */
export const TURN = 1;
/** Something that an environment may stop doing. */
export const EVENT = 2;

const FIRST_CHANCE = 4;
/** Bits of kinds beside these two. */
const MOST_CHANCES = 29;

/** The kinds of moves that properties tell apart, as bits. */
export class Kinds<S, M> {
  readonly #chances: ChanceOf<S, M>[] = [];
  readonly #isEvent: (move: M) => boolean;

  constructor(owed: readonly Owed<S, M>[], isEvent: (move: M) => boolean) {
    this.#isEvent = isEvent;
    for (const chance of owed.flatMap(({ chances, givenBy, ceases }) => [...chances, givenBy, ceases])) {
      if (chance === undefined) continue;
      if (!this.#chances.some(({ name }) => name === chance.name)) this.#chances.push(chance);
    }
    if (this.#chances.length > MOST_CHANCES) throw new Error('properties tell more kinds of moves apart than can be');
  }

  /** The kinds of a move. */
  of(before: S, move: M, after: S): number {
    let kinds = this.#isEvent(move) ? EVENT : TURN;
    for (const [i, { happens }] of this.#chances.entries()) {
      if (happens(before, move, after)) kinds |= FIRST_CHANCE << i;
    }
    return kinds;
  }

  /** None for no chance. */
  ofChance(chance: ChanceOf<S, M> | undefined): number {
    if (chance === undefined) return 0;
    const { name } = chance;
    return FIRST_CHANCE << this.#chances.findIndex((one) => one.name === name);
  }
}
