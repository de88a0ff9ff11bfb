import { FAMILIES, type Family } from '../properties/index.ts';
import { litmusCases, type Litmus } from '../search/litmus/litmus.ts';
import { code, link, page, plain, table } from './markdown.ts';
import { FAMILY_TITLES } from './propertyFamilies.ts';
import { KERNELS } from './versions.ts';

/** The page of the litmus cases: what each asks, what comes of it in each kernel, and why. */
export function litmusPage(cases = litmusCases()): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# Litmus cases',
    'A litmus case is a small case with a name for its shape. It asks whether a property can fail: *never*, ' +
      '*sometimes* or *always*, of all the ways in which its events may fall. Some show in small numbers what a rule ' +
      'comes to, and there the answer is never; others show what kernels do otherwise than one would expect. A ' +
      'dash stands for a kernel that promises no such thing.',
    `Run all of them with ${code('npx kswapd-spec litmus')}, and see one happen with its name, as in ` +
      `${code('npx kswapd-spec litmus wakeup+nap --kernel v5.9')}. The smallest cases of historical bugs are litmus ` +
      `cases as well: ${code('npx kswapd-spec litmus --history')} runs each with the bug and without it.`,
    FAMILIES.map((family) =>
      familyText(
        family,
        cases.filter(({ property }) => property.family === family),
      ),
    ),
  );
}

function familyText(family: Family, cases: readonly Litmus[]): string {
  if (cases.length === 0) return '';
  return [
    `## ${FAMILY_TITLES[family]}`,
    table(['case', 'property', ...KERNELS.map(({ name }) => name), 'why'], cases.map(caseRow)),
  ].join('\n\n');
}

function caseRow({ name, why, property, expect }: Litmus): readonly string[] {
  const { id, title, family } = property;
  const outcomes = KERNELS.map((k) => expect[k.name] ?? '–');
  return [code(name), link(plain(title), `properties/${family}.md#${id}`), ...outcomes, plain(why)];
}
