import type { Term } from './term.ts';

const ALLOCATOR = ['the page allocator', 'allocator.md'] as const;
const DIRECT = ['direct reclaim', 'direct-reclaim.md'] as const;
const LOOP_BY_NODE = ['the loop by node', 'loop-by-node.md'] as const;
const MACHINES = ['whole machines', 'machines.md'] as const;
const MASKS = ['masks and flags', 'rules/masks.md'] as const;
const ZONELISTS = ['zonelists', 'rules/zonelists.md'] as const;
const TAKING = ['taking a block', 'rules/taking.md'] as const;
const RETRIES = ['going round again', 'rules/retries.md'] as const;
const WATERMARKS = ['watermarks', 'rules/watermarks.md'] as const;

/** The words of those who need memory. */
export const allocation: readonly Term[] = [
  { term: 'page allocator', meaning: 'What hands out blocks of free pages, and calls for kswapd.', see: ALLOCATOR },
  { term: 'mask', meaning: 'What a request allows and wants, as the caller says it: gfp flags.', see: MASKS },
  {
    term: 'allocation flags',
    meaning: 'What the allocator makes of a mask: which mark, and how far below.',
    see: MASKS,
  },
  { term: 'atomic', meaning: 'Of a request: its caller cannot wait, and may dig deeper for it.', see: MASKS },
  { term: 'attempt', meaning: 'One walk over the zonelist at one mark: get_page_from_freelist.', see: ALLOCATOR },
  { term: 'slow path', meaning: 'What becomes of a request whose first attempt found nothing.', see: ALLOCATOR },
  { term: 'zonelist', meaning: 'The zones in which requests of a node look for memory, in order.', see: ZONELISTS },
  { term: 'preferred zone', meaning: 'The first zone of the zonelist that a request may use.', see: ZONELISTS },
  { term: 'nodemask', meaning: 'The nodes that a request may use, if not all.', see: ZONELISTS },
  { term: 'distance', meaning: 'How far a node’s memory is from another’s processors: 10 is its own.', see: ZONELISTS },
  {
    term: 'zonelist cache',
    meaning: 'Which zones of a zonelist were found full lately; up to v4.3.',
    see: ZONELISTS,
  },
  {
    term: 'node reclaim',
    meaning: 'Reclaim from a near node in the middle of an attempt, where it is switched on; first zone by zone.',
    see: ZONELISTS,
  },
  {
    term: 'share',
    meaning: 'How many fresh pages a zone gives before others of its node have their turn; up to v4.7: its batch.',
    see: TAKING,
  },
  {
    term: 'dirty limit',
    meaning: 'How many pages of a zone, later of a node, may wait to be written before others are preferred.',
    see: ALLOCATOR,
  },
  { term: 'costly order', meaning: 'An order above 3: such requests are expected to cope with failure.', see: RETRIES },
  {
    term: 'set aside',
    meaning: 'Of page blocks, from v4.4 on: kept for atomic requests of high order (highatomic).',
    see: TAKING,
  },
  { term: 'page block', meaning: 'The unit in which kinds of pages are kept apart: 512 pages, 2 MiB.', see: TAKING },
  {
    term: 'mixing kinds',
    meaning: 'To take from a page block of another migrate type, which can then never be compacted whole.',
    see: TAKING,
  },
  {
    term: 'boost',
    meaning: 'From v5.0 on: pages by which a zone’s marks stand higher for a while after kinds were mixed in it.',
    see: WATERMARKS,
  },
  {
    term: 'fast check',
    meaning: 'From v4.7 on: a watermark check that grants a single page by one comparison.',
    see: WATERMARKS,
  },
  {
    term: 'kcompactd',
    meaning: 'From v4.6 on: the thread of a node that compacts, which kswapd did before.',
    see: LOOP_BY_NODE,
  },
  {
    term: 'run in vain',
    meaning: 'From v4.12 on: a balancing run that reclaimed nothing and left the node unbalanced; they are counted.',
    see: LOOP_BY_NODE,
  },
  {
    term: 'past hope',
    meaning: 'Of a node: after 16 runs in vain in a row kswapd leaves it to direct reclaim, until a page is freed.',
    see: LOOP_BY_NODE,
  },
  {
    term: 'low limit',
    meaning: 'Memory of a control group that reclaim spares as long as others have some.',
    see: DIRECT,
  },
  {
    term: 'deactivate',
    meaning: 'To move pages from the active to the inactive list, where reclaim may take them.',
    see: DIRECT,
  },
  { term: 'OOM killer', meaning: 'What ends a task, its victim, when memory cannot be had otherwise.', see: ALLOCATOR },
  { term: 'machine', meaning: 'Nodes with their kswapds, and tasks that allocate, as one.', see: MACHINES },
  { term: 'task', meaning: 'Whoever asks for pages: here, one that works through its requests.', see: MACHINES },
  {
    term: 'hot-add',
    meaning: 'Memory that is added to a running machine; marks, reserves and zonelists are made anew.',
    see: MACHINES,
  },
];
