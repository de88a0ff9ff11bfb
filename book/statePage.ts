import type { DocComment } from './comments.ts';
import { code, link, page, plain, slug, table } from './markdown.ts';
import { abstractsText, sourcesText } from './ruleText.ts';

/** The records that make up a state, from the whole to its parts. */
const STATE_RECORDS = [
  'Machine',
  'System',
  'Node',
  'Request',
  'Zone',
  'Watermark',
  'Lru',
  'FreeArea',
  'Waits',
  'Thread',
  'Balance',
] as const;

/** The page about what rules look at. */
export function statePage(commentOf: (name: string, folder: string) => DocComment): string {
  const records = STATE_RECORDS.map((name) => commentOf(name, 'state/'));
  return page(
    link('kswapd, specified', 'README.md'),
    '# The state',
    'All that a rule may look at. A state is plain data: nothing in it changes, a step makes another one. Whatever ' +
      'of the kernel is not named here plays no part in the rules.',
    records.map(({ name }) => `- ${link(code(name), `#${slug(name)}`)}`).join('\n'),
    records.map(recordText),
  );
}

function recordText(comment: DocComment): string {
  return [
    `## ${code(comment.name)}`,
    sourcesText(comment),
    ...comment.text.map(plain),
    abstractsText(comment),
    table(
      ['field', 'what it is', 'meaning'],
      comment.fields.map(({ name, type, text }) => [code(name), typeText(type), plain(text)]),
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** A type, linked if it is another record of the state. */
function typeText(type: string): string {
  const record = STATE_RECORDS.find((name) => type.replace(/^readonly (.*)\[\]$/, '$1') === name);
  if (record === undefined) return SIMPLE[type] ?? code(type.replaceAll('|', '\\|'));
  return type === record ? link(code(type), `#${slug(record)}`) : `${link(code(record), `#${slug(record)}`)}, several`;
}

/** Other types, in words. */
const SIMPLE: Readonly<Record<string, string>> = {
  number: 'number',
  boolean: 'yes or no',
  string: 'text',
  'readonly number[]': 'numbers',
  Blocks: 'blocks by order',
  'Readonly<Record<MigrateType, Blocks>>': 'blocks by migrate type and order',
  ZoneName: 'DMA, DMA32, Normal, HighMem or Movable',
  Point: 'a point of [the loop](loop.md)',
};
