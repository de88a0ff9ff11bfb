import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { readComments } from '../../book/comments.ts';
import { modelComments } from '../../book/modelComments.ts';
import { read, typescriptFiles } from '../house/files.ts';

const SOURCE = `
/** About the file. */

/**
 * A promise,
 * on two lines.
 *
 * And more.
 * @kernel v4.0 mm/vmscan.c some_rule
 * @abstracts one thing,
 *   and another.
 */
export function someRule(_k: Kernel, ask: (a: number, b: string) => boolean, { x }: Pair<A, B>): boolean {
  return ask(1, 'a');
}

/** An arrow. */
export const half = (pages: number): number => pages / 2;

/** A number. */
export const LIMIT = 12;

export function silent(): void {}
`;

test('a comment is read with its paragraphs, its tags and the parameters below it', () => {
  const [rule, half, limit, ...rest] = readComments('rules/some', SOURCE);
  expect(rule).toMatchObject({
    name: 'someRule',
    module: 'rules/some',
    text: ['A promise, on two lines.', 'And more.'],
    kernel: ['v4.0 mm/vmscan.c some_rule'],
    abstracts: ['one thing, and another.'],
    parameters: [
      { name: '_k', type: 'Kernel' },
      { name: 'ask', type: '(a: number, b: string) => boolean' },
      { name: '{ x }', type: 'Pair<A, B>' },
    ],
  });
  expect(half).toMatchObject({ name: 'half', text: ['An arrow.'], parameters: [{ name: 'pages', type: 'number' }] });
  expect(limit).toMatchObject({ name: 'LIMIT', parameters: undefined });
  expect(rest).toEqual([]);
});

test('the fields of an interface are read with their types and comments', () => {
  const [zone] = readComments(
    'state/some',
    `/** A zone. */
export interface Zone {
  /**
   * Pages that
   * exist.
   */
  readonly present: number;
  readonly lru: { readonly active: number };
  readonly reserve?: readonly number[];
}
export interface Other {
  readonly stranger: number;
}`,
  );
  expect(zone!.fields).toEqual([
    { name: 'present', type: 'number', text: 'Pages that exist.' },
    { name: 'lru', type: '{ readonly active: number }', text: '' },
    { name: 'reserve', type: 'readonly number[]', text: '' },
  ]);
});

test('an installed package, which has declarations only, makes the same book', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-declarations-'));
  try {
    for (const file of typescriptFiles('model/')) {
      const target = join(folder, file.replace(/\.ts$/, '.d.ts'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, ts.transpileDeclaration(read(file), { fileName: file }).outputText);
    }
    const declared = modelComments(join(folder, 'model'));
    expect(declared.length).toBeGreaterThan(100);
    expect([...makeBook({ comments: declared })]).toEqual([...makeBook()]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
