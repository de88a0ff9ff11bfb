import { States } from './states.ts';
import { Table } from './table.ts';

/** Packed states in the order in which they were found, with the state that each was first reached from. */
export interface StateStore {
  readonly count: number;
  /** Bytes of memory that it takes. */
  readonly bytes: number;
  /** Bytes of memory that so many more states make it take. */
  readonly bytesWith: (more: number) => number;
  /** Adds a state, reached first from another one: its number, or -1 for a state that things start in. */
  readonly push: (from: Int32Array, at: number, parent: number) => void;
  readonly parent: (index: number) => number;
  /** The piece of memory that a state lies in; it starts there at `at(index)`. */
  readonly piece: (index: number) => Int32Array;
  readonly at: (index: number) => number;
  /** Copies states into one array, from one number on. */
  readonly copy: (first: number, count: number, into: Int32Array) => void;
  /** It is needed no more. */
  readonly close: () => void;
}

/** Packed states by their words, with the number of each. */
export interface KeyTable {
  /** Bytes of memory that it takes. */
  readonly bytes: number;
  /** Bytes of memory that it takes at its largest while so many more states are added. */
  readonly bytesWith: (more: number) => number;
  readonly capacity: number;
  /** Reads the places of some states that will be looked up soon, if that makes it quicker. */
  readonly touch: (from: Int32Array, count: number) => void;
  /** The number of a state, or -1 if it is not there. */
  readonly find: (from: Int32Array, at: number) => number;
  /** The number of a state that is there already, or -1: then it is added as number `index`. */
  readonly add: (from: Int32Array, at: number, index: number) => number;
  /** It is needed no more. */
  readonly close: () => void;
}

/** Where a search keeps its states. */
export interface Stores {
  readonly states: (words: number) => StateStore;
  readonly table: (words: number, capacity?: number) => KeyTable;
  /** Bytes that lie in files. */
  readonly spilled: () => number;
}

/** States in memory. */
export const IN_MEMORY: Stores = {
  states: (words) => new States(words),
  table: (words, capacity) => new Table(words, capacity),
  spilled: () => 0,
};
