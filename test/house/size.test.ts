import { expect, test } from 'vitest';
import { linesThat, read, typescriptFiles } from './files.ts';

const MOST_LINES = 300;
const WIDEST_LINE = 120;

test(`no TypeScript file has more than ${MOST_LINES} lines: split a longer one`, () => {
  const counts = typescriptFiles().map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }));
  expect(counts.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
});

test(`no line of TypeScript is wider than ${WIDEST_LINE} characters`, () => {
  expect(linesThat(typescriptFiles(), (line) => [...line].length > WIDEST_LINE)).toEqual([]);
});
