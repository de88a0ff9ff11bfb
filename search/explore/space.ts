/**
 * What is explored: states, which are plain data of stable shape, and what may happen in each. A search reads nothing
 * else of a model, so that users' models are explored as they are written.
 */
export interface Space<S, M> {
  /** Tells of every state that things may start in. */
  readonly start: (reach: Reach<S, M>) => void;
  /** Tells of every state that one move leads to; two moves may lead to the same. */
  readonly expand: (state: S, reach: Reach<S, M>) => void;
}

/** Hears of a state, and of the move that led there. */
export type Reach<S, M> = (next: S, move: M) => void;
