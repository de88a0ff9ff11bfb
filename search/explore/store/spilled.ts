import { mkdirSync } from 'node:fs';
import { FileInts, noRoom } from './fileInts.ts';
import type { KeyTable, StateStore, Stores } from './stores.ts';
import { FIRST_CAPACITY, hashOf, MOST_FULL } from './table.ts';

/** Parts of the memory that is allowed: each may be there twice while states are packed anew, or the table grows. */
const STATES_SHARE = 0.15;
const TABLE_SHARE = 0.3;

/** Packed states in a file, each followed by the number of the one that it was reached from. */
class SpilledStates implements StateStore {
  readonly #words: number;
  readonly #ints: FileInts;
  #count = 0;

  constructor(words: number, ints: FileInts) {
    this.#words = words;
    this.#ints = ints;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#ints.bytes;
  }

  bytesWith(): number {
    return this.bytes;
  }

  push(from: Int32Array, at: number, parent: number): void {
    const words = this.#words;
    const start = this.#count * (words + 1);
    for (let w = 0; w < words; w++) this.#ints.set(start + w, from[at + w]!);
    this.#ints.set(start + words, parent);
    this.#count++;
  }

  parent(index: number): number {
    return this.#ints.get(index * (this.#words + 1) + this.#words);
  }

  piece(index: number): Int32Array {
    const words = new Int32Array(this.#words);
    this.copy(index, 1, words);
    return words;
  }

  at(): number {
    return 0;
  }

  copy(first: number, count: number, into: Int32Array): void {
    const words = this.#words;
    for (let i = 0; i < count; i++) {
      const start = (first + i) * (words + 1);
      for (let w = 0; w < words; w++) into[i * words + w] = this.#ints.get(start + w);
    }
  }

  close(): void {
    this.#ints.close();
  }
}

/** Packed states by their words, in a file: open addressing as in memory. */
class SpilledTable implements KeyTable {
  readonly #words: number;
  readonly #make: () => FileInts;
  #ints: FileInts;
  #capacity = FIRST_CAPACITY;
  #count = 0;

  constructor(words: number, capacity: number, make: () => FileInts) {
    this.#words = words;
    this.#make = make;
    this.#ints = make();
    while (this.#capacity < capacity) this.#capacity *= 2;
  }

  get bytes(): number {
    return this.#ints.bytes;
  }

  bytesWith(): number {
    return this.bytes;
  }

  get capacity(): number {
    return this.#capacity;
  }

  touch(): void {}

  find(from: Int32Array, at: number): number {
    return this.#ints.get(this.#slotOf(from, at)) - 1;
  }

  add(from: Int32Array, at: number, index: number): number {
    let slot = this.#slotOf(from, at);
    const found = this.#ints.get(slot);
    if (found !== 0) return found - 1;
    if (this.#count + 1 > this.#capacity * MOST_FULL) {
      this.#grow();
      slot = this.#slotOf(from, at);
    }
    this.#fill(slot, from, at, index + 1);
    this.#count++;
    return -1;
  }

  close(): void {
    this.#ints.close();
  }

  #fill(slot: number, from: Int32Array, at: number, number: number): void {
    this.#ints.set(slot, number);
    for (let w = 0; w < this.#words; w++) this.#ints.set(slot + 1 + w, from[at + w]!);
  }

  /** Where a state is, or would be. */
  #slotOf(from: Int32Array, at: number): number {
    const words = this.#words;
    const ints = this.#ints;
    const mask = this.#capacity - 1;
    let i = hashOf(from, at, words) & mask;
    for (;;) {
      const slot = i * (words + 1);
      if (ints.get(slot) === 0) return slot;
      let w = 0;
      while (w < words && ints.get(slot + 1 + w) === from[at + w]) w++;
      if (w === words) return slot;
      i = (i + 1) & mask;
    }
  }

  #grow(): void {
    const before = this.#ints;
    const stride = this.#words + 1;
    const slots = this.#capacity;
    this.#capacity *= 2;
    this.#ints = this.#make();
    const words = new Int32Array(this.#words);
    for (let i = 0; i < slots; i++) {
      const number = before.get(i * stride);
      if (number === 0) continue;
      for (let w = 0; w < words.length; w++) words[w] = before.get(i * stride + 1 + w);
      this.#fill(this.#slotOf(words, 0), words, 0, number);
    }
    before.close();
  }
}

function makeRoom(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw noRoom(folder, error);
  }
}

/** States in files of a folder, with so many bytes of them in memory at most; a little more if that is very few. */
export function inFiles(folder: string, memory: number): Stores {
  makeRoom(folder);
  let opened: FileInts[] = [];
  const open = (share: number): FileInts => {
    const ints = new FileInts(folder, memory * share);
    opened.push(ints);
    return ints;
  };
  return {
    states: (words) => new SpilledStates(words, open(STATES_SHARE)),
    table: (words, capacity = FIRST_CAPACITY) => new SpilledTable(words, capacity, () => open(TABLE_SHARE)),
    spilled: () => {
      opened = opened.filter((ints) => !ints.isClosed);
      return opened.reduce((sum, ints) => sum + ints.spilled, 0);
    },
  };
}
