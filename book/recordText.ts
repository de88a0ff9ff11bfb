import type { DocComment } from './comments.ts';
import { code, link, plain, slug, table } from './markdown.ts';
import { abstractsText, sourcesText } from './ruleText.ts';

/** Where records of the model are described: a page for each, or nothing for the page at hand. */
export type RecordPlaces = Readonly<Record<string, string>>;

/** A record of the model: what it is, and its fields. */
export function recordText(comment: DocComment, places: RecordPlaces): string {
  return [
    `### ${code(comment.name)}`,
    sourcesText(comment),
    ...comment.text.map(plain),
    abstractsText(comment),
    comment.fields.length === 0
      ? ''
      : table(
          ['field', 'what it is', 'meaning'],
          comment.fields.map(({ name, type, text }) => [code(name), typeText(type, places), plain(text)]),
        ),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** A type, linked if it is another record that the book describes. */
function typeText(type: string, places: RecordPlaces): string {
  const record = type.replace(/^readonly (.*)\[\]$/, '$1').replace(/ \| null$/, '');
  const place = places[record];
  if (place === undefined) return SIMPLE[type] ?? code(type.replaceAll('|', '\\|'));
  const shown = link(code(record), `${place}#${slug(record)}`);
  if (type.endsWith('| null')) return `${shown} or none`;
  return type === record ? shown : `${shown}, several`;
}

/** Other types, in words. */
const SIMPLE: Readonly<Record<string, string>> = {
  number: 'number',
  boolean: 'yes or no',
  string: 'text',
  'readonly number[]': 'numbers',
  'readonly boolean[]': 'yes or no, several',
  'readonly number[] | null': 'numbers, or all',
  'readonly (readonly number[])[]': 'numbers, by two positions',
  Afterwards: '`stop` or `productive`',
  AllocFlags: 'allocation flags',
  Blocks: 'blocks by order',
  CompactResult: 'what came of compaction',
  Contention: 'none, sched or lock',
  Gfp: 'a mask',
  MigrateMode: 'async, sync_light or sync_full',
  MigrateType: 'a migrate type',
  Mover: 'the kswapd of a node, or a task',
  ReclaimResult: 'noscan, full, some or success',
  SetupArgs: 'the settings of [set-up](rules/set-up.md)',
  'System & Numa': '[`System`](state.md#system) and [`Numa`](state.md#numa)',
  'Readonly<Record<MigrateType, Blocks>>': 'blocks by migrate type and order',
  TaskFlags: 'flags of the task',
  "number | 'cache'": 'number, or `cache`',
  'readonly AllocNode[]': 'nodes, each with its zones and what is asked of its kswapd',
  'readonly GfpName[]': 'flags of a mask, by name',
  'readonly TaskFlagName[]': 'flags of the task, by name',
  'readonly WholeEvent[]': 'events, as below',
  ZoneName: 'DMA, DMA32, Normal, HighMem or Movable',
  ZoneRef: 'a zone: the position of its node, and its index',
  'ZoneRef | null': 'a zone, or none',
  'readonly ZoneRef[]': 'zones, in order',
  Point: 'a point of [the loop](loop.md)',
  AllocPoint: 'a point of [the page allocator](allocator.md)',
  AllocRunning: 'a point of [the page allocator](allocator.md)',
  DirectPoint: 'a point of [direct reclaim](direct-reclaim.md)',
};
