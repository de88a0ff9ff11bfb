import type { RuleFamily } from './ruleFamily.ts';

const YES_OR_NO = 'yes or no';
const FLAGS = 'allocation flags';

/** The families of the page allocator's own rules. What becomes of a request step by step is another page. */
export const ALLOCATOR_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'masks',
    title: 'Masks and flags',
    summary: 'what a request allows, and how far it may dig',
    intro: [
      'A request for pages comes with a mask: which zones would do, whether the caller can wait, whether it may ' +
        'write, whether it may fail. The allocator turns the mask, and what it knows of the task, into flags of its ' +
        'own: against which mark the zones are measured, and how far below it this request may dig. The names of ' +
        'masks are the kernel’s without `__GFP_`, those of flags without `ALLOC_`.',
      'Where they are used is on the page about [the page allocator](../allocator.md).',
    ],
    entries: [
      { name: 'gfpZone', gives: 'the index of the highest zone that would do' },
      { name: 'gfpflagsToMigratetype', gives: 'a migrate type' },
      { name: 'gfpToAllocFlags', gives: FLAGS },
      { name: 'gfpPfmemallocAllowed', gives: YES_OR_NO },
      { name: '__gfpPfmemallocFlags', gives: FLAGS },
      { name: 'currentAllocFlags', gives: FLAGS },
      { name: 'allocFlagsNofragment', gives: FLAGS },
      { name: 'memallocNoioFlags', gives: 'a mask' },
      { name: 'currentGfpContext', gives: 'a mask' },
      { name: 'acClasszoneIdx', gives: 'a zone index' },
    ],
    properties: ['machine'],
  },
  {
    id: 'zonelists',
    title: 'Zonelists',
    summary: 'where a request looks for memory, and in which order',
    intro: [
      'A request looks for memory in the order of a zonelist: every node has one, with its own zones first and those ' +
        'of other nodes after them, the nearest first. A walk over it may pass zones over: v4.0 remembers for a ' +
        'second which were full. And where it is switched on, a near node is reclaimed from before the walk leaves it.',
    ],
    entries: [
      { name: 'zonelistOf', gives: 'zones, each as the position of its node and its index' },
      { name: 'findNextBestNode', gives: 'the position of a node, or nothing' },
      { name: 'buildZonelists', gives: 'the zonelists of every node' },
      { name: 'zoneAllowsReclaim', gives: YES_OR_NO },
      { name: 'zlcSetup', gives: 'the memory afterwards' },
      { name: 'zlcZoneWorthTrying', gives: YES_OR_NO },
      { name: 'zlcMarkZoneFull', gives: 'the memory afterwards' },
      { name: 'zlcClearZonesFull', gives: 'the memory afterwards' },
    ],
    properties: ['machine'],
  },
  {
    id: 'taking',
    title: 'Taking a block',
    summary: 'what is taken from a zone, and what is set aside',
    intro: [
      'When a zone is found good enough, a block is taken from it. In v4.0 each zone gives its share of the local ' +
        'node’s fresh pages before the others have their turn, so that all zones age alike; later kernels set page ' +
        'blocks aside for atomic requests of high order, and shun mixing kinds of pages in a block.',
    ],
    entries: [
      { name: 'rmqueue', gives: 'whether there was a block, the zone afterwards, and the list that it came from' },
      { name: 'resetAllocBatch', gives: 'the zone afterwards' },
      { name: 'reserveHighatomicPageblock', gives: 'the zone afterwards' },
      { name: 'unreserveHighatomicPageblock', gives: 'the memory afterwards, and whether a block was given back' },
    ],
    properties: ['machine'],
  },
  {
    id: 'retries',
    title: 'Going round again',
    summary: 'when a request that found nothing tries once more',
    intro: [
      'A request that found nothing compacts and reclaims, and tries again. When shall it stop? To stop early fails ' +
        'a request, or has a task killed, that a little patience would have served; to go on for ever hangs the task.',
    ],
    entries: [
      { name: 'shouldAllocRetry', gives: YES_OR_NO },
      { name: 'shouldReclaimRetry', gives: 'yes or no, rounds in vain so far, and what to wait for first' },
      { name: 'shouldCompactRetry', gives: 'yes or no, and how hard compaction tries next' },
      { name: 'compactionZonelistSuitable', gives: YES_OR_NO },
    ],
    properties: ['machine'],
  },
];
