import { Expander, type Chunk, type Expansion } from './expander.ts';
import type { Marks } from './marks.ts';
import { packingOf, type Packing } from './packing/packing.ts';
import { shapeOf, widen, type Shape } from './packing/shape.ts';
import type { Space } from './space.ts';
import { IN_MEMORY, type KeyTable, type StateStore, type Stores } from './store/stores.ts';

/** States that are expanded before what they lead to is looked up, all together. */
const BATCH = 64;

/** More states than a batch is likely to find. */
const MOST_NEW = 4096;

/** How far a search has come. */
export interface Counts {
  readonly states: number;
  /** Moves tried, each from one state: also those that lead to a state known already. */
  readonly transitions: number;
  /** Moves on the longest of the shortest ways to a state. */
  readonly depth: number;
  /** States that are still to be expanded. */
  readonly queue: number;
  /** States before each layer of equal depth that was found from its first state on, and up to the end of the last. */
  readonly layers: readonly number[];
}

/** A search that was interrupted. */
export interface SavedSearch {
  readonly shape: Shape;
  readonly packed: Int32Array;
  readonly parents: Int32Array;
  readonly next: number;
  readonly transitions: number;
  readonly depth: number;
  readonly layers: readonly number[];
}

/** A search breadth first: every state of a space, each found on a shortest way. */
export class Search<S, M> {
  readonly space: Space<S, M>;
  readonly #marks: Marks | undefined;
  readonly #expander: Expander<S, M>;
  shape: Shape;
  packing: Packing<S>;
  states: StateStore;
  table: KeyTable;
  #stores: Stores = IN_MEMORY;
  /** The next state to be expanded. */
  #next = 0;
  #transitions = 0;
  #depth = 0;
  /** The first state that lies deeper than those that are being expanded. */
  #levelEnd = 0;
  /** The same of every depth up to that. */
  #layers = [0];

  constructor(space: Space<S, M>, marks?: Marks) {
    this.space = space;
    this.#marks = marks;
    this.#expander = new Expander(space, marks);
    const first: S[] = [];
    space.start((state) => first.push(state));
    marks?.commit();
    this.shape = first.reduce<Shape>((shape, state) => widen(shape, state), shapeOf(first[0]));
    this.packing = packingOf(this.shape);
    this.states = this.#stores.states(this.packing.words);
    this.table = this.#stores.table(this.packing.words);
    const words = new Int32Array(this.packing.words);
    for (const state of first) {
      this.packing.pack(state, words, 0);
      this.#add(words, 0, -1);
    }
    this.#levelEnd = this.states.count;
    this.#layers.push(this.#levelEnd);
  }

  get counts(): Counts {
    const { count } = this.states;
    const layers = this.#layers;
    return { states: count, transitions: this.#transitions, depth: this.#depth, queue: count - this.#next, layers };
  }

  /** Bytes that the states take, with the table that finds them. */
  get bytes(): number {
    return this.states.bytes + this.table.bytes;
  }

  /** Bytes that they take at their largest while the next batch is taken in, as far as can be foreseen. */
  get bytesAhead(): number {
    return this.states.bytesWith(MOST_NEW) + this.table.bytesWith(MOST_NEW);
  }

  state(index: number): S {
    return this.packing.unpack(this.states.piece(index), this.states.at(index));
  }

  /** The number of a state, which must have been found. */
  indexOf(state: S): number {
    const { pack, words } = this.packing;
    if (this.#one.length < words) this.#one = new Int32Array(words);
    const index = pack(state, this.#one, 0) ? this.table.find(this.#one, 0) : -1;
    if (index < 0) throw new Error('a state that was found is not there any more');
    return index;
  }

  /** The shortest way to a state: the states on it, from a start on. */
  wayTo(index: number): readonly number[] {
    const way: number[] = [];
    for (let i = index; i >= 0; i = this.states.parent(i)) way.push(i);
    return way.toReversed();
  }

  /** The moves along a way, the first of them a start. */
  movesAlong(way: readonly number[]): readonly M[] {
    return way.map((index, i) => this.moveTo(i === 0 ? -1 : way[i - 1]!, index));
  }

  /** The first move that leads from a state (-1: from nowhere) to another one, among those that are wanted. */
  moveTo(from: number, to: number, wanted: (move: M, next: S) => boolean = () => true): M {
    const words = new Int32Array(this.packing.words);
    const goal = this.states.piece(to).subarray(this.states.at(to), this.states.at(to) + words.length);
    let found: { readonly move: M } | undefined;
    const reach = (next: S, move: M): void => {
      if (found !== undefined || !this.packing.pack(next, words, 0)) return;
      if (words.every((word, w) => word === goal[w]) && wanted(move, next)) found = { move };
    };
    if (from < 0) this.space.start(reach);
    else this.space.expand(this.state(from), reach);
    this.#marks?.drop();
    if (found === undefined) throw new Error(`no move leads from state ${from} to state ${to}`);
    return found.move;
  }

  /** Every state that was found, in the order of their numbers. */
  *all(): Generator<S> {
    for (let i = 0; i < this.states.count; i++) yield this.state(i);
  }

  #add(from: Int32Array, at: number, parent: number): void {
    if (this.table.add(from, at, this.states.count) < 0) this.states.push(from, at, parent);
  }

  #one = new Int32Array(1);
  #batch = new Int32Array(BATCH);

  /** Expands some states; false if there is none left. */
  step(): boolean {
    if (this.counts.queue === 0) return false;
    if (this.#batch.length < BATCH * this.packing.words) this.#batch = new Int32Array(BATCH * this.packing.words);
    const chunk = this.chunk(0, BATCH, this.#batch);
    const expansion = this.#expander.expand(this.packing, chunk);
    if ('odd' in expansion) {
      this.widen(expansion.odd);
    } else {
      this.merge(chunk, expansion);
      this.#marks?.commit();
    }
    return true;
  }

  /** States to be expanded, after so many others: as many as there are, and at most so many. */
  chunk(after: number, most: number, into?: Int32Array): Chunk {
    const first = this.#next + after;
    const count = Math.min(most, this.states.count - first);
    const packed = into ?? new Int32Array(count * this.packing.words);
    this.states.copy(first, count, packed);
    return { first, count, packed };
  }

  /** Takes in what the next states to be expanded led to. */
  merge({ count }: Chunk, { reached, ends, words: filled }: Exclude<Expansion<S>, { odd: S }>): void {
    const { words } = this.packing;
    this.table.touch(reached, filled / words);
    let at = 0;
    for (let i = 0; i < count; i++) {
      if (this.#next === this.#levelEnd) {
        this.#depth++;
        this.#levelEnd = this.states.count;
        this.#layers.push(this.#levelEnd);
      }
      for (; at < ends[i]!; at += words) this.#add(reached, at, this.#next);
      this.#next++;
    }
    this.#transitions += filled / words;
  }

  /** All that is needed to go on later, as plain data. */
  saved(): SavedSearch {
    const { count } = this.states;
    const { words } = this.packing;
    const packed = new Int32Array(count * words);
    this.states.copy(0, count, packed);
    const parents = Int32Array.from({ length: count }, (_, i) => this.states.parent(i));
    const [next, transitions, depth, layers] = [this.#next, this.#transitions, this.#depth, this.#layers];
    return { shape: this.shape, packed, parents, next, transitions, depth, layers };
  }

  /** Goes on from where another search of the same space was saved. */
  resume({ shape, packed, parents, next, transitions, depth, layers }: SavedSearch): void {
    this.shape = shape;
    this.packing = packingOf(shape);
    const { words } = this.packing;
    this.states = this.#stores.states(words);
    this.table = this.#stores.table(words);
    for (const [i, parent] of parents.entries()) this.#add(packed, i * words, parent);
    this.#next = next;
    this.#transitions = transitions;
    this.#depth = depth;
    this.#levelEnd = layers.at(-1)!;
    this.#layers = [...layers];
  }

  /** Packs all states again, in a shape that another one fits too. */
  widen(odd: S): void {
    const wider = widen(this.shape, odd);
    if (wider === this.shape) throw new Error('a state fits its shape, and is not packed');
    this.#repack(wider);
  }

  /** Packs all states again in a wider shape. */
  #repack(shape: Shape): void {
    const { packing: before, states: old } = this;
    this.shape = shape;
    this.packing = packingOf(shape);
    const words = new Int32Array(this.packing.words);
    const { capacity } = this.table;
    this.table.close();
    this.states = this.#stores.states(this.packing.words);
    this.table = this.#stores.table(this.packing.words, capacity);
    for (let i = 0; i < old.count; i++) {
      this.packing.pack(before.unpack(old.piece(i), old.at(i)), words, 0);
      this.#add(words, 0, old.parent(i));
    }
    old.close();
  }

  /** Bytes of states that lie in files. */
  get spilled(): number {
    return this.#stores.spilled();
  }

  /** Keeps its states elsewhere from now on. */
  keepIn(stores: Stores): void {
    const { words } = this.packing;
    const { states: old } = this;
    const { capacity } = this.table;
    this.#stores = stores;
    this.table.close();
    this.states = stores.states(words);
    this.table = stores.table(words, capacity);
    for (let i = 0; i < old.count; i++) this.#add(old.piece(i), old.at(i), old.parent(i));
    old.close();
  }
}
