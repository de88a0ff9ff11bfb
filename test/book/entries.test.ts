import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { examples } from '../../book/examples/index.ts';
import { RULE_FAMILIES } from '../../book/families.ts';
import { modelComments } from '../../book/modelComments.ts';
import { plain } from '../../book/markdown.ts';
import { glossary } from '../../book/glossary.ts';
import { allocatorRules } from '../../model/alloc/index.ts';
import { hasRule, kernels, type Kernel, type RuleName } from '../../model/index.ts';
import { properties } from '../../properties/index.ts';

const book = makeBook();
const entries = RULE_FAMILIES.flatMap((family) => family.entries.map(({ name }) => name));
const all = Object.values(kernels);

/** The rules that some kernel or other has. */
const rules = [...new Set(all.flatMap((k) => Object.keys(k)))].filter((name) =>
  all.some((k) => typeof k[name as RuleName] === 'function' && hasRule(k, name as RuleName)),
) as readonly RuleName[];

test('every rule of every kernel has an entry, and a worked example that is asked of that kernel', () => {
  expect(rules.length).toBeGreaterThan(60);
  expect(rules.filter((name) => !entries.includes(name))).toEqual([]);
  const unasked = rules.flatMap((name) =>
    all
      .filter((k) => hasRule(k, name))
      .filter((k) => !examples.some((one) => one.rule === name && one.kernels.includes(k.name)))
      .map((k) => `${k.name} ${name}`),
  );
  expect(unasked).toEqual([]);
});

/** Rules that are other ones than in the kernel before. */
const changed = all.slice(1).flatMap((k, i) => {
  const before = all[i]!;
  return rules
    .filter((name) => hasRule(k, name) && hasRule(before, name) && k[name] !== before[name])
    .map((name) => ({ k, before, name }));
});

test('every rule that a kernel changed has an example in which its answer, or the way to it, is another one', () => {
  expect(changed.length).toBeGreaterThan(20);
  const unshown = changed.filter(
    ({ k, before, name }) =>
      !examples.some(
        (one) =>
          one.rule === name &&
          one.kernels.includes(k.name) &&
          (!one.kernels.includes(before.name) || one.cases.some(({ since = {} }) => since[k.name] !== undefined)),
      ),
  );
  expect(unshown.map(({ k, name }) => `${k.name} ${name}`)).toEqual([]);
});

/** The section of a rule on its page. */
function sectionOf(name: string): string {
  const family = RULE_FAMILIES.find((one) => one.entries.some((entry) => entry.name === name))!;
  return book.get(`rules/${family.id}.md`)!.split(`\n## \`${name}\`\n`)[1]!.split('\n## ')[0]!;
}

test('every change of a rule stands in its section, with its reasons', () => {
  const unexplained = changed.filter(({ k, name }) => {
    const [, later] = sectionOf(name).split(new RegExp(`\\n### \`${name}\` in (?:v4.19 and )?${k.name}`));
    const reasons = k.differences.filter(({ rules: made = {} }) => made[name] === k[name]);
    return later === undefined || reasons.some(({ why }) => !later.includes(plain(why)));
  });
  expect(unexplained.map(({ k, name }) => `${k.name} ${name}`)).toEqual([]);
});

test('every rule that a kernel lacks is said to be new later, or gone', () => {
  const unsaid = rules.flatMap((name) => {
    const [history = ''] = sectionOf(name).trim().split('\n');
    const has = (k: Kernel): boolean => hasRule(k, name);
    const first = all.findIndex(has);
    const last = all.findLastIndex(has);
    const isNew = first === 0 || history.includes(`New in ${all[first]!.name}`);
    const isGone = last === all.length - 1 || history.includes(`gone in ${all[last + 1]!.name}`);
    return isNew && isGone ? [] : [name];
  });
  expect(unsaid).toEqual([]);
});

test('no rule has two entries, and every example belongs to one', () => {
  expect(entries.filter((name, i) => entries.indexOf(name) !== i)).toEqual([]);
  expect(examples.map(({ rule }) => rule).filter((name) => !entries.includes(name))).toEqual([]);
});

test('every function of rules, set-up and the thread’s life that names its source has an entry', () => {
  const cited = modelComments().filter(
    ({ module, kernel, parameters }) =>
      /^(rules|setup|life)\//.test(module) && kernel.length > 0 && parameters !== undefined,
  );
  expect(cited.length).toBeGreaterThan(50);
  expect(cited.map(({ name }) => name).filter((name) => !entries.includes(name))).toEqual([]);
  expect(Object.keys(allocatorRules).filter((name) => !entries.includes(name))).toEqual([]);
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
