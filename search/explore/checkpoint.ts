import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { InputError } from '../../kernel/inputError.ts';
import type { MarkLine, Marks } from './marks.ts';
import type { SavedSearch, Search } from './search.ts';

/** What a checkpoint file holds. */
interface Saved {
  readonly format: typeof FORMAT;
  /** What was explored: only the same exploration goes on from it. */
  readonly key: string;
  readonly search: SavedSearch;
  readonly marks: readonly MarkLine[];
}

const FORMAT = 'kswapd-spec exploration 1';

/** Milliseconds between two saves, at least. */
const LEAST_MS = 500;
/** Saving takes at most one part in this many of the time. */
const MOST_SHARE = 20;

/** An exploration in a file, there as a whole or not at all, so that one that is killed can go on. */
export class Checkpoint {
  readonly #path: string;
  readonly #key: string;
  #next = performance.now() + LEAST_MS;

  constructor(path: string, key: string) {
    this.#path = path;
    this.#key = key;
  }

  /** What was saved, or undefined if nothing was; an InputError if it is of another exploration. */
  read(): Saved | undefined {
    if (!existsSync(this.#path)) return undefined;
    const saved = this.#parsed();
    if (saved?.format !== FORMAT) {
      throw new InputError({
        what: 'is no checkpoint',
        where: this.#path,
        expected: 'a file that --checkpoint wrote, or none',
        hint: 'choose another name, or remove the file',
      });
    }
    if (saved.key === this.#key) return saved;
    throw new InputError({
      what: 'is a checkpoint of another exploration',
      where: this.#path,
      expected: 'the same kernel, scope and properties as when it was written',
      hint: 'choose another name, or remove the file to begin again',
    });
  }

  #parsed(): Saved | undefined {
    try {
      const value: unknown = deserialize(readFileSync(this.#path));
      return typeof value === 'object' && value !== null ? (value as Saved) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Saves how far a search has come, now or if the last time is long enough ago. */
  write<S, M>(search: Search<S, M>, marks: Marks, when: 'now' | 'if it is time'): void {
    const start = performance.now();
    if (when === 'if it is time' && start < this.#next) return;
    const saved: Saved = { format: FORMAT, key: this.#key, search: search.saved(), marks: marks.lines() };
    const temporary = `${this.#path}.${randomUUID()}.tmp`;
    try {
      writeFileSync(temporary, serialize(saved));
      renameSync(temporary, this.#path);
    } catch (error) {
      rmSync(temporary, { force: true });
      const found = error instanceof Error ? error.message : String(error);
      throw new InputError({ what: 'cannot be written', where: this.#path, found, hint: 'may you write there?' });
    }
    const now = performance.now();
    this.#next = now + Math.max(LEAST_MS, (now - start) * MOST_SHARE);
  }

  /** The exploration is complete: there is nothing to go on from. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
