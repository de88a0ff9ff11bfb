import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readLines, readText } from '../../kernel/files.ts';
import { ownFolder } from '../cli/run.ts';

const path = join(ownFolder('files'), 'text');

test.each([
  ['plain', (text: string) => text],
  ['gzipped', (text: string) => gzipSync(text)],
])('the mark that editors begin a text with is no part of it: %s', (_how, packed) => {
  writeFileSync(path, packed('\uFEFF{"a": "\uFEFF"}\n'));
  expect(readText(path)).toBe('{"a": "\uFEFF"}\n');
  expect(readLines(path)).toEqual([{ number: 1, text: '{"a": "\uFEFF"}' }]);
});
