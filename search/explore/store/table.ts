import type { KeyTable } from './stores.ts';

/** Slots are at most this full; beyond, there are twice as many. */
export const MOST_FULL = 0.6;
export const FIRST_CAPACITY = 1 << 10;

/**
 * Packed states by their words, with the number of each: open addressing with linear probing in one typed array. The
 * words stand in the slots themselves, since a search spends most of its time waiting for memory.
 */
export class Table implements KeyTable {
  readonly #words: number;
  readonly #stride: number;
  #capacity = FIRST_CAPACITY;
  #slots: Int32Array;
  #count = 0;

  constructor(words: number, capacity = FIRST_CAPACITY) {
    this.#words = words;
    this.#stride = words + 1;
    while (this.#capacity < capacity) this.#capacity *= 2;
    this.#slots = new Int32Array(this.#capacity * this.#stride);
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Bytes that it takes at its largest while so many more states are added: a larger one beside it, if it grows. */
  bytesWith(more: number): number {
    return this.#count + more > this.#capacity * MOST_FULL ? this.bytes * 3 : this.bytes;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /**
   * Reads the places of some states without waiting for one before asking for the next, so that the processor fetches
   * them side by side. Returns a number that depends on all.
   */
  touch(from: Int32Array, count: number): number {
    const words = this.#words;
    const stride = this.#stride;
    const slots = this.#slots;
    const mask = this.#capacity - 1;
    let sum = 0;
    for (let i = 0, at = 0; i < count; i++, at += words) sum += slots[(hashOf(from, at, words) & mask) * stride]!;
    return sum;
  }

  /** The number of a state, or -1 if it is not there. */
  find(from: Int32Array, at: number): number {
    return this.#slots[this.#slotOf(from, at)]! - 1;
  }

  /** The number of a state that is there already, or -1: then it is added as number `index`. */
  add(from: Int32Array, at: number, index: number): number {
    let slot = this.#slotOf(from, at);
    const found = this.#slots[slot]!;
    if (found !== 0) return found - 1;
    if (this.#count + 1 > this.#capacity * MOST_FULL) {
      this.#grow();
      slot = this.#slotOf(from, at);
    }
    const slots = this.#slots;
    slots[slot] = index + 1;
    for (let w = 0; w < this.#words; w++) slots[slot + 1 + w] = from[at + w]!;
    this.#count++;
    return -1;
  }

  /** Where a state is, or would be. */
  #slotOf(from: Int32Array, at: number): number {
    const words = this.#words;
    const stride = this.#stride;
    const slots = this.#slots;
    const mask = this.#capacity - 1;
    let i = hashOf(from, at, words) & mask;
    for (;;) {
      const slot = i * stride;
      if (slots[slot] === 0) return slot;
      let w = 0;
      while (w < words && slots[slot + 1 + w] === from[at + w]) w++;
      if (w === words) return slot;
      i = (i + 1) & mask;
    }
  }

  close(): void {}

  #grow(): void {
    const before = this.#slots;
    const stride = this.#stride;
    this.#capacity *= 2;
    this.#slots = new Int32Array(this.#capacity * stride);
    for (let slot = 0; slot < before.length; slot += stride) {
      if (before[slot] === 0) continue;
      const to = this.#slotOf(before, slot + 1);
      for (let w = 0; w < stride; w++) this.#slots[to + w] = before[slot + w]!;
    }
  }
}

/** A number that every bit of the words takes part in. */
export function hashOf(from: Int32Array, at: number, words: number): number {
  let hash = Math.imul(from[at]!, 0x9e3779b1);
  hash ^= hash >>> 15;
  for (let w = 1; w < words; w++) {
    hash = Math.imul(hash ^ from[at + w]!, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash ^ (hash >>> 16);
}
