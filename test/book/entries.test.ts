import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { examples } from '../../book/examples/index.ts';
import { RULE_FAMILIES } from '../../book/families.ts';
import { modelComments } from '../../book/modelComments.ts';
import { plain } from '../../book/markdown.ts';
import { glossary } from '../../book/glossary.ts';
import { allocatorRules } from '../../model/alloc/index.ts';
import { pointsOf, v4_0 } from '../../model/index.ts';
import { properties } from '../../properties/index.ts';

const book = makeBook();
const entries = RULE_FAMILIES.flatMap((family) => family.entries.map(({ name }) => name));

/** The rules that the pages do not speak of: those of later kernels, of the page allocator and of direct reclaim. */
const elsewhere: ReadonlySet<string> = new Set([
  ...v4_0.absent,
  ...Object.keys(allocatorRules),
  'compactionReady',
  'startThread',
]);
const rules = Object.entries(v4_0).flatMap(([name, rule]) =>
  typeof rule === 'function' && !elsewhere.has(name) ? [name] : [],
);

test('every rule of a kernel has an entry, and a worked example', () => {
  expect(rules.filter((name) => !entries.includes(name))).toEqual([]);
  expect(rules.filter((name) => !examples.some(({ rule }) => rule === name))).toEqual([]);
});

test('no rule has two entries, and every example belongs to one', () => {
  expect(entries.filter((name, i) => entries.indexOf(name) !== i)).toEqual([]);
  expect(examples.map(({ rule }) => rule).filter((name) => !entries.includes(name))).toEqual([]);
});

test('every function of rules, set-up and the thread’s life that names its source has an entry', () => {
  const cited = modelComments().filter(
    ({ module, kernel, parameters }) =>
      /^(rules|setup|life)\/(?!v\d)/.test(module) && kernel.length > 0 && parameters !== undefined,
  );
  expect(cited.length).toBeGreaterThan(30);
  const names = cited.map(({ name }) => name).filter((name) => !elsewhere.has(name));
  expect(names.filter((name) => !entries.includes(name))).toEqual([]);
});

test('every point of the loop has its section', () => {
  const loop = book.get('loop.md')!;
  expect(pointsOf(v4_0).filter((point) => !loop.includes(`\n### \`${point}\`\n`))).toEqual([]);
});

test('every property is described, with its statement and its verdict', () => {
  const missing = properties.filter(({ id, family, statement }) => {
    const page = book.get(`properties/${family}.md`)!;
    return !page.includes(`- Id: \`${id}\``) || !page.includes(plain(statement));
  });
  expect(missing).toEqual([]);
});

test('every known failure is shown with its smallest witness', () => {
  const without = properties.filter(({ id, family, verdicts }) => {
    const section = book.get(`properties/${family}.md`)!.split(`- Id: \`${id}\``)[1]!.split('\n## ')[0]!;
    const failures = Object.values(verdicts).filter(({ holds }) => !holds).length;
    return section.split('The smallest case that shows it:').length - 1 !== failures;
  });
  expect(without.map(({ id }) => id)).toEqual([]);
});

test('no word is explained twice', () => {
  const terms = glossary.map(({ term }) => term);
  expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([]);
});
