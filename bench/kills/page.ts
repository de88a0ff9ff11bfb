import { fileURLToPath } from 'node:url';
import type { KeptKills } from './kept.ts';
import { failsEverywhere, type Worth } from './summary.ts';

/** Where the page is written. */
export const PAGE = fileURLToPath(new URL('../../docs/strength.md', import.meta.url));

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Columns of numbers. */
const NUMBERS = /^(faults|show|noti|unno|break|alone)/;

/** A table in Markdown. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `| ${head.map((name) => (NUMBERS.test(name) ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n');

const nameOf = (by: string): string => (/^v\d/.test(by) ? by : `bug ${by}`);

const wordFor = ({ property, example, alone }: Worth): string => {
  if (example?.by !== undefined && alone > 0) return nameOf(example.by);
  if (property.keptFor !== undefined) return `kept: ${property.keptFor}`;
  return failsEverywhere(property) ? 'known to fail wherever it is asked: it tells of the kernel itself' : '';
};

const HEAD = `# What each property is worth

Written by \`npm run kills -- --write\`. Every bug of the history is a kernel, and so are the specified kernels
with one fault: those of the tables in \`faults/\`, and those in which one kind of mistake is made in any rule or
step alike (a field left as it was or set one off, an answer turned round or one off, another way taken, a thing not
looked at, an argument one off, a record not written).

The same cases are drawn for all properties, as a check draws them, and a fault is judged on the first of those in
which the faulty kernel does something else than the sound one. A property notices a fault if it fails in it, and in
the sound kernel on none of the cases drawn. Whole machines take long: a fault that two have noticed is not run on
more of them, so that what is noticed alone is exact for these cases, and what is noticed is at least so much.
Faults that nothing notices and that make a rule throw, or a run not end, are counted by themselves.
`;

/** The page that tells what each property notices, and what it alone does. */
export function killsPage(kept: readonly KeptKills[], worth: readonly Worth[]): string {
  const kernels = kept.map(({ kernel, suspects, shown, killed, broken, unnoticed }) => [
    kernel,
    ...[suspects, shown, killed, broken, unnoticed.length].map(String),
    `${((100 * killed) / (shown - broken)).toFixed(1)} %`,
  ]);
  const rows = worth.map((one) => [
    `\`${one.property.id}\``,
    one.property.family,
    String(one.kills),
    String(one.alone),
    wordFor(one),
  ]);
  const unnoticed = kept.flatMap((one) => one.unnoticed.map((id) => `- ${nameOf(id)}`));
  return [
    HEAD,
    table(['kernel', 'faults', 'show', 'noticed', 'break a run', 'unnoticed', 'noticed of those that run'], kernels),
    '\n## Properties\n\nHow many faults each notices, how many of these no other does, and one of these.\n',
    table(['property', 'family', 'notices', 'alone', 'for example, or why it is kept'], rows),
    '\n## Faults that nothing noticed\n\n' +
      'Those that show in some drawn case and fail no property. Some are rare and need more cases than are drawn\n' +
      'here: every bug of the history is found by `kswapd-spec history`. Others are counters that nobody reads, and\n' +
      'answers that are put right by whoever asks; the rest are what no property speaks of yet.\n',
    unnoticed.join('\n'),
    '',
  ].join('\n');
}
