import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareBook, writeBook } from '../../book/folder.ts';
import { InputError } from '../../kernel/inputError.ts';

const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-book-'));
const book = new Map([
  ['README.md', 'first\n'],
  ['rules/one.md', 'second\n'],
]);

afterAll(() => rmSync(folder, { recursive: true }));

test('a written book is in step, until a file of it is changed, lost or added', () => {
  const out = join(folder, 'out');
  writeBook(book, out);
  expect(compareBook(book, out)).toEqual([]);

  writeFileSync(join(out, 'README.md'), 'other\n');
  rmSync(join(out, 'rules/one.md'));
  writeFileSync(join(out, 'rules/two.md'), 'old\n');
  expect(compareBook(book, out)).toEqual([
    { path: 'README.md', how: 'differs' },
    { path: 'rules/one.md', how: 'is missing' },
    { path: 'rules/two.md', how: 'is left over' },
  ]);
});

test('of a folder that is not there, everything is missing', () => {
  expect(compareBook(book, join(folder, 'nowhere')).map(({ how }) => how)).toEqual(['is missing', 'is missing']);
});

test('a file in place of the folder is unusable input', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => writeBook(book, file)).toThrow(InputError);
});
