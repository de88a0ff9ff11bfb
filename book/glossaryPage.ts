import * as units from '../model/units.ts';
import type { DocComment } from './comments.ts';
import { glossary } from './glossary.ts';
import { code, link, page, plain, slug, table } from './markdown.ts';

/** The words of the specification, and the numbers that the kernel fixes. */
export function glossaryPage(comments: readonly DocComment[]): string {
  const sorted = glossary.toSorted((a, b) => (slug(a.term) < slug(b.term) ? -1 : 1));
  const values = new Map<string, unknown>(Object.entries(units));
  const numbers = comments
    .filter(({ module, name }) => module === 'units' && typeof values.get(name) === 'number')
    .map(({ name, text }) => [code(name), String(values.get(name)), plain(text.join(' '))]);
  return page(
    link('kswapd, specified', 'README.md'),
    '# Glossary',
    sorted.map(({ term, meaning, see }) =>
      [`**${term}**`, `: ${meaning}${see === undefined ? '' : ` See ${link(see[0], see[1])}.`}`].join(''),
    ),
    '## Fixed numbers',
    'Sizes and limits that the kernel fixes when it is compiled.',
    table(['name', 'value', 'meaning'], numbers, ['value']),
  );
}
