import type { StateStore } from './stores.ts';

/** States in one piece of memory. */
const CHUNK = 1 << 14;

/**
 * Packed states in the order in which they were found, with the state that each was first reached from. Memory comes in
 * pieces, so that growing copies nothing.
 */
export class States implements StateStore {
  readonly #words: number;
  #count = 0;
  readonly #packed: Int32Array[] = [];
  readonly #parents: Int32Array[] = [];

  constructor(words: number) {
    this.#words = words;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#packed.length * CHUNK * (this.#words + 1) * 4;
  }

  /** Bytes that so many more states make it take. */
  bytesWith(more: number): number {
    return Math.ceil((this.#count + more) / CHUNK) * CHUNK * (this.#words + 1) * 4;
  }

  /** Adds a state, reached first from another one: its number, or -1 for a state that things start in. */
  push(from: Int32Array, at: number, parent: number): void {
    const words = this.#words;
    const chunk = this.#count >>> 14;
    const inside = this.#count & (CHUNK - 1);
    if (chunk === this.#packed.length) {
      this.#packed.push(new Int32Array(CHUNK * words));
      this.#parents.push(new Int32Array(CHUNK));
    }
    const packed = this.#packed[chunk]!;
    for (let w = 0; w < words; w++) packed[inside * words + w] = from[at + w]!;
    this.#parents[chunk]![inside] = parent;
    this.#count++;
  }

  parent(index: number): number {
    return this.#parents[index >>> 14]![index & (CHUNK - 1)]!;
  }

  /** The piece that a state lies in; it starts there at `at(index)`. */
  piece(index: number): Int32Array {
    return this.#packed[index >>> 14]!;
  }

  at(index: number): number {
    return (index & (CHUNK - 1)) * this.#words;
  }

  close(): void {}

  /** Copies states into one array, from one number on. */
  copy(first: number, count: number, into: Int32Array): void {
    const words = this.#words;
    for (let done = 0; done < count;) {
      const index = first + done;
      const here = Math.min(count - done, CHUNK - (index & (CHUNK - 1)));
      const at = this.at(index);
      into.set(this.piece(index).subarray(at, at + here * words), done * words);
      done += here;
    }
  }
}
