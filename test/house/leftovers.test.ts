import { expect, test } from 'vitest';
import { linesThatMatch, textFiles, typescriptFiles } from './files.ts';

// Patterns are spelled so that they do not match this file.

test('no file carries a note to do something later: do it, or open an issue', () => {
  expect(linesThatMatch(textFiles(), /\b(TO[D]O|FIX[M]E|XX[X])\b/)).toEqual([]);
});

test('no test is left out or run alone', () => {
  expect(linesThatMatch(typescriptFiles('test/'), /\.(only|skip|todo|skipIf|runIf)[.(]/)).toEqual([]);
});

test('no comment turns the type checker off', () => {
  expect(linesThatMatch(typescriptFiles(), /@ts-(ignore|nocheck)/)).toEqual([]);
});
