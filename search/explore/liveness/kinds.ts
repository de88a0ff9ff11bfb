import type { Machine, Turn } from '../../../model/index.ts';
import type { Chance, EventualProperty } from '../../../properties/index.ts';
import type { Move } from '../machine/move.ts';

/** kswapd goes on. */
export const TURN = 1;
/** Another task does something. */
export const EVENT = 2;

const FIRST_CHANCE = 4;
const NO_WORK: Turn = {};

/** The kinds of moves that properties tell apart, as bits. */
export class Kinds {
  readonly #chances: Chance[] = [];

  constructor(properties: readonly EventualProperty[], zones: number) {
    for (const chance of properties.flatMap(({ chances }) => chances(zones))) {
      if (!this.#chances.some(({ name }) => name === chance.name)) this.#chances.push(chance);
    }
  }

  /** The kinds of a move. */
  of(before: Machine, move: Move, after: Machine): number {
    if (move.kind === 'event') return EVENT;
    const going = { before, after, work: move.work ?? NO_WORK };
    let kinds = TURN;
    for (const [i, { happens }] of this.#chances.entries()) if (happens(going)) kinds |= FIRST_CHANCE << i;
    return kinds;
  }

  ofChance({ name }: Chance): number {
    return FIRST_CHANCE << this.#chances.findIndex((one) => one.name === name);
  }
}
