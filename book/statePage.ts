import { code, link, page, slug } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { recordText, type RecordPlaces } from './recordText.ts';

/** The records that make up what a kswapd sees, from the whole to its parts. */
const STATE_RECORDS = [
  'Machine',
  'System',
  'Node',
  'Request',
  'Zone',
  'Watermark',
  'Lru',
  'FreeArea',
  'ZoneAlloc',
  'Waits',
  'Thread',
  'Balance',
  'NodeBalance',
] as const;

/** What joins the nodes, for those who allocate. */
const MEMORY_RECORDS = ['Memory', 'Pgdat', 'Numa', 'Zonelists', 'ZonelistCache'] as const;

const HERE: RecordPlaces = Object.fromEntries([...STATE_RECORDS, ...MEMORY_RECORDS].map((name) => [name, '']));

/** The records of the state, for other pages. */
export const statePlaces: RecordPlaces = Object.fromEntries(Object.keys(HERE).map((name) => [name, 'state.md']));

/** The page about what rules look at. */
export function statePage(commentOf: CommentFinder): string {
  const text = (name: string): string => recordText(commentOf(name, 'state/'), HERE);
  return page(
    link('kswapd, specified', 'README.md'),
    '# The state',
    'All that a rule may look at. A state is plain data: nothing in it changes, a step makes another one. Whatever ' +
      'of the kernel is not named here plays no part in the rules. Fields that only some kernels have say so.',
    Object.keys(HERE)
      .map((name) => `- ${link(code(name), `#${slug(name)}`)}`)
      .join('\n'),
    '## A node and its kswapd',
    STATE_RECORDS.map(text),
    '## All nodes together',
    MEMORY_RECORDS.map(text),
  );
}
