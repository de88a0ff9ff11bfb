import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { equivalents } from '../../scripts/mutate/equivalents.ts';
import { placed, textsOf } from '../../scripts/mutate/mutants.ts';

const list = equivalents();

const texts = new Map<string, ReadonlySet<string>>();
function textsIn(file: string): ReadonlySet<string> {
  const found = texts.get(file) ?? textsOf(file, readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
  texts.set(file, found);
  return found;
}

it.each(list)('$file still has $text in $within', ({ file, within, text }) => {
  expect(textsIn(file)).toContain(placed(within, text));
});

it.each(list)('$text of $within says why nobody can tell, and is changed', ({ text, to, why }) => {
  expect(why).toMatch(/^[A-Z`].*\.$/);
  expect(to).not.toContain(text);
});

test('no mutant is listed twice', () => {
  const ids = list.flatMap(({ file, within, text, to }) => to.map((one) => `${file} ${within}: ${text} → ${one}`));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});
