import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../kernel/inputError.ts';

/** Numbers in a page: what is read and written at once. */
const PAGE = 1 << 10;
const LEAST_PAGES = 2;

/**
 * 32-bit numbers in a file, all 0 at first, of which some pages are kept in memory: each page has one place there, and
 * gives way to the next one that has the same. The file has no name any more once it is open, so that nothing is left
 * of it however the process ends.
 */
export class FileInts {
  readonly #path: string;
  readonly #file: number;
  readonly #kept: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #pages: Float64Array;
  readonly #changed: Uint8Array;
  /** Pages that the file has. */
  #length = 0;
  #isClosed = false;

  constructor(folder: string, memory: number) {
    this.#path = join(folder, `${randomUUID()}.states`);
    const pages = Math.max(LEAST_PAGES, Math.floor(memory / (PAGE * 4)));
    this.#kept = new Int32Array(pages * PAGE);
    this.#bytes = new Uint8Array(this.#kept.buffer);
    this.#pages = new Float64Array(pages).fill(-1);
    this.#changed = new Uint8Array(pages);
    this.#file = this.#doing(() => {
      const file = openSync(this.#path, 'wx+');
      unlinkSync(this.#path);
      return file;
    });
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#kept.byteLength;
  }

  /** Bytes of the file. */
  get spilled(): number {
    return this.#length * PAGE * 4;
  }

  get(index: number): number {
    return this.#kept[this.#placeOf(index)]!;
  }

  set(index: number, value: number): void {
    const place = this.#placeOf(index);
    this.#kept[place] = value;
    this.#changed[place >>> 10] = 1;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What it holds is needed no more. */
  close(): void {
    closeSync(this.#file);
    this.#isClosed = true;
  }

  /** Where in memory a number is, once its page is there. */
  #placeOf(index: number): number {
    const page = Math.floor(index / PAGE);
    const place = page % this.#pages.length;
    if (this.#pages[place] !== page) this.#fetch(page, place);
    return place * PAGE + (index % PAGE);
  }

  #fetch(page: number, place: number): void {
    const start = place * PAGE * 4;
    this.#doing(() => {
      if (this.#changed[place] === 1) this.#write(this.#pages[place]!, start);
      let read = 0;
      if (page < this.#length) read = readSync(this.#file, this.#bytes, start, PAGE * 4, page * PAGE * 4);
      this.#bytes.fill(0, start + read, start + PAGE * 4);
    });
    this.#pages[place] = page;
    this.#changed[place] = 0;
  }

  #write(page: number, start: number): void {
    for (let done = 0; done < PAGE * 4;) {
      done += writeSync(this.#file, this.#bytes, start + done, PAGE * 4 - done, page * PAGE * 4 + done);
    }
    this.#length = Math.max(this.#length, page + 1);
  }

  #doing<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw noRoom(this.#path, error);
    }
  }
}

/** That states cannot be kept in files. */
export const noRoom = (where: string, error: unknown): InputError =>
  new InputError({
    what: 'states beyond --memory cannot be kept',
    where,
    found: error instanceof Error ? error.message : String(error),
    hint: 'allow more memory, or run where there is room',
  });
