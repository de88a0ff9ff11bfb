import type { Marks } from './marks.ts';
import type { Packing } from './packing/packing.ts';
import type { Space } from './space.ts';

/** Packed states that were found one after the other, to be expanded. */
export interface Chunk {
  /** The number of the first of them. */
  readonly first: number;
  readonly count: number;
  readonly packed: Int32Array;
}

/** What states lead to, packed, in order; or one that does not fit the shape. */
export type Expansion<S> =
  | {
      readonly reached: Int32Array;
      /** Words reached up to the end of each state that was expanded. */
      readonly ends: Int32Array;
      readonly words: number;
    }
  | { readonly odd: S };

/** Expands packed states. What it returns is its own, and is overwritten by the next expansion. */
export class Expander<S, M> {
  readonly #space: Space<S, M>;
  readonly #marks: Marks | undefined;
  #reached = new Int32Array(1 << 10);
  #ends = new Int32Array(1 << 6);

  constructor(space: Space<S, M>, marks: Marks | undefined) {
    this.#space = space;
    this.#marks = marks;
  }

  expand({ pack, unpack, words }: Packing<S>, { first, count, packed }: Chunk): Expansion<S> {
    if (this.#ends.length < count) this.#ends = new Int32Array(count);
    let filled = 0;
    let odd: { readonly odd: S } | undefined;
    const reach = (state: S): void => {
      if (filled + words > this.#reached.length) this.#reached = grown(this.#reached);
      if (pack(state, this.#reached, filled)) filled += words;
      else odd ??= { odd: state };
    };
    for (let i = 0; i < count; i++) {
      if (this.#marks !== undefined) this.#marks.at = first + i;
      this.#space.expand(unpack(packed, i * words), reach);
      this.#ends[i] = filled;
      if (odd === undefined) continue;
      this.#marks?.drop();
      return odd;
    }
    return { reached: this.#reached, ends: this.#ends, words: filled };
  }
}

const grown = (buffer: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(buffer.length * 2);
  larger.set(buffer);
  return larger;
};
