import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { compareBook } from '../../book/folder.ts';
import { ROOT } from '../house/files.ts';

test('docs/specification is what `npm run docs` writes: run it after changes', () => {
  expect(compareBook(makeBook(), join(ROOT, 'docs/specification'))).toEqual([]);
});

test('the same model makes the same book', () => {
  expect([...makeBook()]).toEqual([...makeBook()]);
});
