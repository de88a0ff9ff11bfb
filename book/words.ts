import type { Parameter } from './comments.ts';
import { listed } from './markdown.ts';

/** What a parameter is, in words and with its unit, by its name. */
const WORDS: Readonly<Record<string, string>> = {
  area: 'free lists',
  allocFlags: 'allocation flags',
  balanceGap: 'a balance gap (pages)',
  canStart: 'whether a thread can be made',
  count: 'how many',
  environment: 'what the environment does, turn by turn',
  from: 'the order to merge from',
  freePages: 'a number of free pages (pages)',
  id: 'the id of a node',
  info: 'pages, blocks and blocks that would do',
  life: 'all nodes as far as their kswapds go',
  lru: 'the lists of pages of a zone',
  m: 'the machine',
  machine: 'the machine',
  mark: 'a mark (pages)',
  node: 'a node',
  nodes: 'nodes',
  onlineCpus: 'a number of online cpus',
  order: 'an order (0 to 10)',
  pages: 'how many pages',
  remaining: 'what is left of the short sleep (jiffies)',
  scanned: 'how much the environment scanned (pages)',
  suitableOrder: 'an order (0 to 10)',
  system: 'the system',
  to: 'the order to merge to',
  w: 'who waits',
  wanted: 'how much it would free (pages)',
  wmark: 'the bits of allocation flags that name a mark',
  x: 'a number',
  zone: 'a zone',
  zoneIdx: 'the highest zone index in question',
  zoneIndex: 'the index of a zone',
};

/** Parameters in words. The kernel, which every rule takes first, is not said. */
export function parametersInWords(parameters: readonly Parameter[]): string {
  const said = parameters
    .filter(({ type }) => type !== 'Kernel')
    .map(({ name }) => {
      const words = WORDS[name];
      if (words === undefined) throw new Error(`book/words.ts has no words for a parameter called ${name}`);
      return words;
    });
  return said.length === 0 ? 'nothing' : listed(said);
}
