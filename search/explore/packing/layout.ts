/** Where a field of a state lies in its words. */
export interface Field {
  /** `node.zones[0].pagesScanned`. */
  readonly path: string;
  readonly word: number;
  /** Bits below it in its word. */
  readonly shift: number;
  readonly bits: number;
}

const WORD = 32;

/** Hands out bits of as few 32-bit words as it can, field by field; no field lies in two words. */
export class Layout {
  readonly fields: Field[] = [];
  readonly #used: number[] = [];

  get words(): number {
    return Math.max(1, this.#used.length);
  }

  place(path: string, bits: number): Field {
    let word = this.#used.findIndex((used) => used + bits <= WORD);
    if (word < 0) word = this.#used.push(0) - 1;
    const field = { path, word, shift: this.#used[word]!, bits };
    this.#used[word]! += bits;
    this.fields.push(field);
    return field;
  }
}
