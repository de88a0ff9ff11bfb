import { compactJson } from '../../search/compactJson.ts';
import { tableOf } from './page.ts';
import { kswapdScopeFields, wholeScopeFields, type ScopeField } from './scopeFields.ts';

/** The scope that the page works through. */
export const WORKED_SCOPE = {
  title: 'Four pages',
  covers: 'A zone of four pages: other tasks take them one by one and ask for more.',
  zones: [
    {
      name: 'Normal',
      managed: 4,
      watermark: { min: 0, low: 1, high: 1 },
      lowmemReserve: [0],
      free: [[2]],
      file: [0, 1],
    },
  ],
  turns: { scanned: [0, 1], reclaimed: [0, 1] },
  events: { take: [0], wakeup: [0] },
} as const;

/** What v4.0 comes to in it, as the command says it. */
export const WORKED_ANSWER = [
  '358 states, 1,465 moves between them, 4,453 steps judged; every state is within 19 moves of a start',
  '~ known failure      kswapd-left-alone-sleeps                     owed in 350 states, after 2 turns a round of ' +
    '12 turns goes on for ever',
] as const;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function fieldTable(fields: readonly ScopeField[]): string {
  const rows = fields.map(({ path, form, otherwise, says }) => [
    `\`${path}\``,
    cell(form),
    cell(otherwise),
    cell(says),
  ]);
  return tableOf(['field', 'holds', 'if left out', 'what it is'], rows, []);
}

/** How a scope file is written, field by field, and what each choice leaves out. */
export function scopePage(): string {
  const [counts, round] = WORKED_ANSWER;
  return [
    '# Scope files',
    '',
    'A scope is a machine so small that `kswapd-spec explore` can visit every state of it: its zones, and what its',
    'environment may do. It is a JSON file. Those that come with it (`kswapd-spec explore --list`) are examples.',
    'The tables on this page are made from the schemas that files are read with (`npm run docs:scopes`).',
    '',
    '## One worked through',
    '',
    '```json',
    compactJson(WORKED_SCOPE),
    '```',
    '',
    'Saved as `four-pages.json`, and explored in v4.0:',
    '',
    '```console',
    '$ npx kswapd-spec explore ./four-pages.json --kernel v4.0 --property kswapd-left-alone-sleeps',
    counts,
    round,
    '```',
    '',
    'There are two starts: the two numbers under `file` each begin runs of their own. Whenever kswapd waits, a page',
    'may be taken while one is free, and kswapd may be asked for another. When it waits for reclaim, a page is scanned',
    'or none, and reclaimed or not; each way is followed. Two ways that come to the same state are one from there on.',
    'The zone with one page on its list, from which a page was taken, is the livelock: nothing is ever scanned, and so',
    'it is never given up. With `"scanned": [1]` alone the round is gone.',
    '',
    '## What a scope leaves out',
    '',
    '- **Sizes.** Nothing follows for larger machines. Where lists are small, so is what the kernel scans of them; a',
    '  scope may let reclaim scan nothing where the kernel would scan a page (see `turns.scanned`).',
    '- **`zones[].free`, `file`, `anon`, `boost`, `scanned`, `failures`, `pending`.** Each combination is a start; no',
    '  others are. Active lists are empty there, free blocks are movable, and no counter has drifted.',
    '- **`turns`.** Reclaim, compaction and the short sleep answer with one of the values that are listed, at any',
    '  priority and as often as they are asked; no more is reclaimed than the lists have, and no less scanned than',
    '  reclaimed. Other amounts never come up.',
    '- **`events`.** What is listed may happen whenever kswapd waits, as often as it can, one after the other. What is',
    '  not listed never happens: without `give`, memory comes back from reclaim only; without `lruCacheAdd`, lists',
    '  only shrink; without `wakeup`, kswapd is asked for nothing but what is pending at the start.',
    '- **`kernels`.** The others are not explored; it says nothing of how they would behave.',
    '- **Whole machines.** Tasks do what their `requests` say and nothing else, blocks that are free at the start are',
    '  single pages, and a turn is the only clock.',
    '- **Time.** Nobody is quick or slow: every order of moves counts, however unlikely. What is owed in the end is',
    '  looked for only in runs that are fair, as each such promise says.',
    '',
    '## A scope of one kswapd',
    '',
    fieldTable(kswapdScopeFields()),
    '',
    '## A scope of a whole machine',
    '',
    'A file with `nodes` is one: kswapds and tasks, interleaved turn by turn.',
    '',
    fieldTable(wholeScopeFields()),
    '',
  ].join('\n');
}
