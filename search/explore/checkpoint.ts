import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { InputError } from '../../kernel/inputError.ts';
import type { MarkLine } from './marks.ts';
import type { ExploredEventually, ExploredProperty } from './result.ts';
import type { SavedSearch } from './search.ts';

/** What is found of a property, by its id. */
export type Kept<T extends { readonly property: { readonly id: string } }> = Omit<T, 'property'> & {
  readonly id: string;
};

/** What an exploration has found already, part by part; what is left out was not looked into to its end. */
export interface Found {
  /** Of questions. */
  readonly asked?: readonly Kept<ExploredProperty>[];
  /** Of what is owed in the end. */
  readonly eventually?: readonly Kept<ExploredEventually>[];
  /** Of properties of runs, those that are done. */
  readonly watched?: readonly Kept<ExploredProperty>[];
}

/** How far an exploration has come. */
export interface Progress {
  /** The search that is under way, or the last one. */
  readonly search?: SavedSearch;
  readonly marks?: readonly MarkLine[];
  readonly found: Found;
}

/** What a checkpoint file holds. */
interface Saved extends Progress {
  readonly format: typeof FORMAT;
  /** What was explored: only the same exploration goes on from it. */
  readonly key: string;
}

const FORMAT = 'kswapd-spec exploration 2';

/** What was found, with the id of its property. */
export function keptOf<T extends { readonly property: { readonly id: string } }>({ property, ...rest }: T): Kept<T> {
  return { ...rest, id: property.id };
}

/** What was kept, with its property again. */
export function restored<T extends { readonly property: { readonly id: string } }>(
  kept: readonly Kept<T>[],
  properties: readonly T['property'][],
): readonly T[] {
  return kept.map(({ id, ...rest }) => {
    const property = properties.find((one) => one.id === id)!;
    return Object.assign(rest, { property }) as unknown as T;
  });
}

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

  /** Saves how far an exploration has come, now or if the last time is long enough ago. */
  write(progress: () => Progress, when: 'now' | 'if it is time'): void {
    const start = performance.now();
    if (when === 'if it is time' && start < this.#next) return;
    const saved: Saved = { format: FORMAT, key: this.#key, ...progress() };
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
