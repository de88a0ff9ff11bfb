import type { Parameter } from './comments.ts';
import { listed } from './markdown.ts';

/** What a parameter is, by the name of its type, or by both where the name alone says something else. */
const WORDS_BY_TYPE: Readonly<Record<string, string>> = {
  AllocContext: 'what the request allows',
  AllocFlags: 'allocation flags',
  AllocTask: 'the task that allocates',
  Gfp: 'a mask',
  Memory: 'the memory',
  MigrateType: 'a migrate type',
  Nodes: 'the nodes',
  'wmark: AllocFlags': 'the bits of allocation flags that name a mark',
  'order: readonly number[]': 'the positions of some nodes, in order',
  TaskFlags: 'the flags of the task',
  ZonelistName: 'a zonelist',
  ZonelistRequest: 'the request and its zonelist',
  'readonly ZoneName[]': 'the zones that the kernel is built with',
};

/** What a parameter is, in words and with its unit, by its name. */
const WORDS: Readonly<Record<string, string>> = {
  area: 'free lists',
  allocOrder: 'the order that was asked for',
  balanceGap: 'a balance gap (pages)',
  canStart: 'whether a thread can be made',
  count: 'how many',
  didSomeProgress: 'the pages that reclaim brought',
  directReclaim: 'whether the allocator can reclaim and compact by itself',
  environment: 'what the environment does, turn by turn',
  force: 'whether the last page block goes as well',
  from: 'the order to merge from',
  freePages: 'a number of free pages (pages)',
  highZoneidx: 'the highest zone index that would do',
  id: 'the id of a node',
  info: 'pages, blocks and blocks that would do',
  life: 'all nodes as far as their kswapds go',
  load: 'how often each node came first',
  local: 'the node at hand',
  lru: 'the lists of pages of a zone',
  m: 'the machine',
  machine: 'the machine',
  mark: 'a mark (pages)',
  maySwap: 'whether it may swap',
  node: 'a node',
  nodes: 'nodes',
  onlineCpus: 'a number of online cpus',
  order: 'an order (0 to 10)',
  pages: 'how many pages',
  pagesReclaimed: 'the pages reclaimed so far',
  position: 'a place in it',
  preferred: 'the zone that the request prefers',
  reclaimOrder: 'the order that the last run ended at',
  reclaimIdx: 'the highest zone index that is reclaimed from',
  remaining: 'what is left of the short sleep (jiffies)',
  scanned: 'how much the environment scanned (pages)',
  suitableOrder: 'an order (0 to 10)',
  system: 'the system',
  to: 'the order to merge to',
  used: 'the nodes used already',
  w: 'who waits',
  wanted: 'how much it would free (pages)',
  wmarkTarget: 'a number of free pages (pages)',
  x: 'a number',
  zone: 'a zone',
  zoneIdx: 'the highest zone index in question',
  zoneIndex: 'the index of a zone',
};

/** Parameters in words. The kernel, which every rule takes first, is not said. */
export function parametersInWords(parameters: readonly Parameter[]): string {
  const said = parameters
    .filter(({ type }) => type !== 'Kernel')
    .map(({ name, type }) => {
      // A type of which only some fields are asked for is written Pick<Type, ...>.
      const words =
        WORDS_BY_TYPE[`${name}: ${type}`] ??
        WORDS_BY_TYPE[type.replace(/^Pick<(\w+),.*$/, '$1')] ??
        WORDS[name.replace(/^_/, '')];
      if (words === undefined) throw new Error(`book/words.ts has no words for a parameter ${name}: ${type}`);
      return words;
    });
  return said.length === 0 ? 'nothing' : listed(said);
}
