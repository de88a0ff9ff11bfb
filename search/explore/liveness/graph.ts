/** The moves of a space as a graph: where each leads, and of which kinds it is. */
export interface Graph {
  readonly states: number;
  /** The moves of state i are those from `first[i]` up to, not including, `first[i + 1]`. */
  readonly first: Int32Array;
  readonly to: Int32Array;
  /** Kinds of each move, or'ed. */
  readonly kinds: Uint32Array;
}

/** Bytes that a graph takes at its largest while it is made, with what is kept of its states while it is searched. */
export const graphBytes = ({
  states,
  transitions,
}: {
  readonly states: number;
  readonly transitions: number;
}): number => states * 16 + transitions * 8 * 3;

/** A graph as it is told: state by state, move by move. */
export class GraphBuilder {
  readonly #first: Int32Array;
  #to = new Int32Array(1 << 12);
  #kinds = new Uint32Array(1 << 12);
  #moves = 0;
  #state = 0;

  constructor(states: number) {
    this.#first = new Int32Array(states + 1);
  }

  /** A move of the state at hand. */
  add(to: number, kinds: number): void {
    if (this.#moves === this.#to.length) {
      const [targets, sorts] = [this.#to, this.#kinds];
      this.#to = new Int32Array(targets.length * 2);
      this.#to.set(targets);
      this.#kinds = new Uint32Array(sorts.length * 2);
      this.#kinds.set(sorts);
    }
    this.#to[this.#moves] = to;
    this.#kinds[this.#moves] = kinds;
    this.#moves++;
  }

  /** On to the next state. */
  next(): void {
    this.#first[++this.#state] = this.#moves;
  }

  graph(): Graph {
    return {
      states: this.#first.length - 1,
      first: this.#first,
      to: this.#to.subarray(0, this.#moves),
      kinds: this.#kinds.subarray(0, this.#moves),
    };
  }
}
