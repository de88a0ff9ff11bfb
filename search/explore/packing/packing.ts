import { Layout, type Field } from './layout.ts';
import { sameData, sameForm, type Shape } from './shape.ts';

/** States as a fixed number of 32-bit words each. */
export interface Packing<S> {
  /** Words of one state. */
  readonly words: number;
  /** What is stored; parts of the state that never differ are not. */
  readonly fields: readonly Field[];
  /** Writes a state's words from `at` on; false if the state does not fit the shape. */
  readonly pack: (state: S, into: Int32Array, at: number) => boolean;
  /** A state as it was packed. What no state differs in is shared. */
  readonly unpack: (from: Int32Array, at: number) => S;
}

/**
 * The packing of a shape, as straight code without a loop: a search packs every state that it comes to, and what is
 * read field by name runs an order of magnitude slower.
 */
export function packingOf<S>(shape: Shape): Packing<S> {
  const code = new Code();
  const made = code.visit(shape, 'state', '');
  const { words, fields } = code.layout;
  const each = Array.from({ length: words }, (_, i) => i);
  const pack = [
    `let ${each.map((i) => `w${i} = 0`).join(', ')};`,
    ...code.lines,
    ...each.map((i) => `into[at + ${i}] = w${i};`),
    'return true;',
  ];
  const unpack = [...each.map((i) => `const w${i} = from[at + ${i}];`), `return ${made};`];
  const names = ['known', 'sameData', 'sameForm'];
  const body = [
    '"use strict";',
    ...code.memos.map(([last, ...sums]) => `let ${[last!, ...sums.map((sum) => `${sum} = 0`)].join(', ')};`),
    `return { pack(state, into, at) {\n${pack.join('\n')}\n}, unpack(from, at) {\n${unpack.join('\n')}\n} };`,
  ];
  // The text is made of the shape's numbers, and of paths and keys as JSON strings.
  const make = new Function(...names, body.join('\n')) as (
    ...given: readonly unknown[]
  ) => Pick<Packing<S>, 'pack' | 'unpack'>;
  return { words, fields, ...make(code.known, sameData, sameForm) };
}

const FAIL = 'return false;';

/** A literal for numbers and the like that are written as they are. */
const isLiteral = (value: unknown): boolean =>
  value === null || ['boolean', 'string', 'undefined'].includes(typeof value) || Number.isSafeInteger(value);

class Code {
  readonly layout = new Layout();
  /** What the code refers to as `known[i]`. */
  readonly known: unknown[] = [];
  /** The statements that pack. */
  readonly lines: string[] = [];
  /** The variables that hold the last record at some place, and its bits word by word. */
  readonly memos: string[][] = [];
  #locals = 0;

  /** Adds the code that packs a part, read as `read`; returns the expression that it is unpacked by. */
  visit(shape: Shape, read: string, path: string): string {
    switch (shape.kind) {
      case 'constant':
        return this.#constant(shape.value, read);
      case 'integer':
        return this.#integer(shape.lo, shape.bits, read, path);
      case 'one of':
        return this.#oneOf(shape.values, read, path);
      case 'record':
        return this.#record(shape.keys, shape.parts, read, path);
      case 'list': {
        const local = this.#local(read);
        this.lines.push(`if (!Array.isArray(${local}) || ${local}.length !== ${shape.parts.length}) ${FAIL}`);
        return `[${shape.parts.map((part, i) => this.visit(part, `${local}[${i}]`, `${path}[${i}]`)).join(', ')}]`;
      }
      case 'either':
        return this.#either(shape.forms, read, path);
    }
  }

  /**
   * A record is often the very same as in the state before, since states that follow from one share what did not
   * change: then its bits are too.
   */
  #record(keys: readonly string[], parts: readonly Shape[], read: string, path: string): string {
    const local = this.#local(read);
    const memo = `m${this.memos.length}`;
    const names: string[] = [memo];
    this.memos.push(names);
    const before = this.lines.length;
    const placed = this.layout.fields.length;
    this.lines.push(`if (typeof ${local} !== 'object' || ${local} === null) ${FAIL}`);
    const made = keys.map((key, i) => {
      const name = JSON.stringify(key);
      return `${name}: ${this.visit(parts[i]!, `${local}[${name}]`, path === '' ? key : `${path}.${key}`)}`;
    });
    const words = [...new Set(this.layout.fields.slice(placed).map(({ word }) => word))];
    const kept = words.map((word) => ({ word, sum: `${memo}_${word}`, rest: `r${memo}_${word}` }));
    names.push(...kept.map(({ sum }) => sum));
    this.lines.splice(
      before,
      0,
      `if (${local} === ${memo}) {`,
      ...kept.map(({ word, sum }) => `w${word} |= ${sum};`),
      '} else {',
      ...kept.map(({ word, rest }) => `const ${rest} = w${word}; w${word} = 0;`),
    );
    this.lines.push(
      ...kept.map(({ word, sum, rest }) => `${sum} = w${word}; w${word} |= ${rest};`),
      `${memo} = ${local};`,
      '}',
    );
    return `{ ${made.join(', ')} }`;
  }

  #local(read: string): string {
    const name = `v${this.#locals++}`;
    this.lines.push(`const ${name} = ${read};`);
    return name;
  }

  #literal(value: unknown): string {
    if (isLiteral(value)) return value === undefined ? 'undefined' : JSON.stringify(value);
    return `known[${this.known.push(value) - 1}]`;
  }

  #constant(value: unknown, read: string): string {
    const literal = this.#literal(value);
    if (typeof value === 'object' && value !== null) {
      const local = this.#local(read);
      this.lines.push(`if (${local} !== ${literal} && !sameData(${local}, ${literal})) ${FAIL}`);
    } else {
      this.lines.push(`if (${read} !== ${literal}) ${FAIL}`);
    }
    return literal;
  }

  #integer(lo: number, bits: number, read: string, path: string): string {
    const given = this.#local(read);
    this.lines.push(`if (typeof ${given} !== 'number') ${FAIL}`);
    const value = this.#local(lo === 0 ? given : `${given} - ${lo}`);
    // Neither a fraction nor a number below the range is its own unsigned self.
    this.lines.push(`if (${value} >>> 0 !== ${value} || ${value} >= ${2 ** bits}) ${FAIL}`);
    const from = this.#store(path, bits, value);
    return lo === 0 ? from : `${from} + ${lo}`;
  }

  /** Adds the code that stores a number below 2^bits; returns the expression that it is read by. */
  #store(path: string, bits: number, value: string): string {
    const { word, shift } = this.layout.place(path, bits);
    this.lines.push(`w${word} |= ${shift === 0 ? value : `${value} << ${shift}`};`);
    return `(w${word} >>> ${shift} & ${2 ** bits - 1})`;
  }

  #oneOf(values: readonly unknown[], read: string, path: string): string {
    const value = this.#local(read);
    const literals = values.map((one) => this.#literal(one));
    const index = this.#local(`${literals.map((one, i) => `${value} === ${one} ? ${i} : `).join('')}-1`);
    this.lines.push(`if (${index} < 0) ${FAIL}`);
    const from = this.#store(path, bitsFor(values.length), index);
    if (values.length === 2) return `(${from} === 0 ? ${literals[0]} : ${literals[1]})`;
    return `${this.#literal(values)}[${from}]`;
  }

  #either(forms: readonly Shape[], read: string, path: string): string {
    const value = this.#local(read);
    const index = `v${this.#locals++}`;
    this.lines.push(`let ${index} = -1;`);
    const unpacked = forms.map((form, i) => {
      this.lines.push(`${i === 0 ? '' : 'else '}if (sameForm(${this.#literal(form)}, ${value})) {`, `${index} = ${i};`);
      const made = this.visit(form, value, path);
      this.lines.push('}');
      return made;
    });
    this.lines.push(`if (${index} < 0) ${FAIL}`);
    const from = this.#store(path, bitsFor(forms.length), index);
    const last = unpacked.at(-1)!;
    return unpacked.slice(0, -1).reduceRight((rest, made, i) => `${from} === ${i} ? ${made} : ${rest}`, `(${last})`);
  }
}

const bitsFor = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));
