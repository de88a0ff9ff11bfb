import { expect, test } from 'vitest';
import { linesThatMatch, textFiles } from './files.ts';

test('no file names a folder of one particular machine', () => {
  expect(linesThatMatch(textFiles(), /(?<![\w.\-/])\/(tm[p]|wor[k]|roo[t]|hom[e])\//)).toEqual([]);
});

test('no file reaches for data outside the project', () => {
  expect(linesThatMatch(textFiles(), /\.\.\/share[d]\b/)).toEqual([]);
});
