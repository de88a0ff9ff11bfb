import { allocation } from './glossaryAllocator.ts';
import type { Term } from './term.ts';

const ZONES = ['zones and free memory', 'rules/zones.md'] as const;
const WATERMARKS = ['watermarks', 'rules/watermarks.md'] as const;
const BALANCE = ['balance', 'rules/balance.md'] as const;
const LOOP = ['the loop', 'loop.md'] as const;
const SET_UP = ['set-up', 'rules/set-up.md'] as const;
const COMPACTION = ['fragmentation and compaction', 'rules/compaction.md'] as const;
const RECLAIMABLE = ['what can be reclaimed', 'rules/reclaimable.md'] as const;
const THROTTLING = ['throttling', 'rules/throttling.md'] as const;
const SLEEP = ['sleep', 'rules/sleep.md'] as const;
const WAKE_UP = ['wake-up', 'rules/wake-up.md'] as const;
const SHRINKING = ['shrinking a zone', 'rules/shrinking.md'] as const;
const PROPERTIES = ['what must hold', 'properties/README.md'] as const;

/** The words of memory, as the kernel uses them. */
const memory: readonly Term[] = [
  { term: 'page', meaning: 'The unit of memory: 4 KiB here. Quantities are in pages unless said otherwise.' },
  { term: 'block', meaning: '2^n free pages in one piece, suitably aligned. n is its order.', see: ZONES },
  { term: 'order', meaning: 'The size of a block or of a request: order n means 2^n pages, n from 0 to 10.' },
  { term: 'node', meaning: 'A bank of memory with its own kswapd; the kernel’s pgdat. Most machines have one node.' },
  {
    term: 'zone',
    meaning:
      'A part of a node’s memory that some requests must have: DMA and DMA32 for devices with short addresses, ' +
      'Normal, HighMem beyond what a 32-bit kernel can address, Movable. The zone index counts them from the lowest.',
  },
  {
    term: 'zone index',
    meaning:
      'Of a request: the highest zone that would do. Lower zones would do as well, so a higher index is easier to ' +
      'serve. Up to v5.7 the kernel calls it classzone_idx, then highest_zoneidx.',
    see: WAKE_UP,
  },
  { term: 'managed pages', meaning: 'The pages of a zone that the page allocator hands out: all but what boot kept.' },
  { term: 'populated', meaning: 'A zone that has any pages at all. Others are passed over.' },
  { term: 'free list', meaning: 'The free blocks of one order and one migrate type in a zone.', see: ZONES },
  {
    term: 'migrate type',
    meaning: 'What free blocks are kept for: pages that can be moved, that cannot, that can be reclaimed, CMA.',
  },
  {
    term: 'CMA',
    meaning: 'Memory set aside for devices that want large pieces; until then only movable pages may use it.',
    see: WATERMARKS,
  },
  {
    term: 'LRU lists',
    meaning: 'A zone’s reclaimable pages in order of use: active and inactive, file and anonymous.',
  },
  { term: 'file pages', meaning: 'Pages that hold a part of a file and can be read again.', see: RECLAIMABLE },
  {
    term: 'anonymous pages',
    meaning: 'Pages of programs with no file behind; without swap they stay.',
    see: RECLAIMABLE,
  },
  {
    term: 'buffer heads',
    meaning: 'Small kernel records about file pages; too many of them in low memory press on high memory.',
  },
];

/** Marks, and what is computed at set-up. */
const marks: readonly Term[] = [
  { term: 'watermark', meaning: 'One of a zone’s three marks: min, low, high, in free pages.', see: WATERMARKS },
  {
    term: 'min mark',
    meaning: 'Ordinary allocations must leave so much. What lies below is for emergencies.',
    see: WATERMARKS,
  },
  { term: 'low mark', meaning: 'Below it an allocator wakes kswapd.', see: WAKE_UP },
  { term: 'high mark', meaning: 'kswapd works until a zone is above it.', see: BALANCE },
  {
    term: 'lowmem reserve',
    meaning: 'What a zone keeps from requests that could also be served by a higher zone; added to the mark.',
    see: SET_UP,
  },
  { term: 'min_free_kbytes', meaning: 'The setting from which all marks are computed.', see: SET_UP },
  {
    term: 'totalreserve_pages',
    meaning: 'What user programs can never have: high marks and largest reserves.',
    see: SET_UP,
  },
  {
    term: 'drift',
    meaning: 'What cpus have counted and not yet added: how far a cheap counter is off.',
    see: WATERMARKS,
  },
  {
    term: 'drift mark',
    meaning: 'Below this reading the cheap counter of free pages is not trusted.',
    see: WATERMARKS,
  },
  {
    term: 'stat threshold',
    meaning: 'How far one cpu’s count may be off before it is added to the zone’s.',
    see: SET_UP,
  },
  {
    term: 'inactive ratio',
    meaning: 'How many active anonymous pages there may be for each inactive one.',
    see: SET_UP,
  },
  { term: 'page_cluster', meaning: 'Swap is read ahead in 2^page_cluster pages.', see: SET_UP },
];

/** What kswapd does. */
const work: readonly Term[] = [
  { term: 'kswapd', meaning: 'The kernel thread of a node that frees memory before it runs out.', see: LOOP },
  { term: 'reclaim', meaning: 'To free pages that can be had back later.', see: RECLAIMABLE },
  {
    term: 'direct reclaim',
    meaning: 'Reclaim by the task that needs the memory, while it waits for it.',
    see: THROTTLING,
  },
  { term: 'shrink', meaning: 'To reclaim once, from a zone or, from v4.8 on, from a node.', see: SHRINKING },
  { term: 'compaction', meaning: 'Moving used pages together so that free ones become blocks.', see: COMPACTION },
  {
    term: 'fragmentation index',
    meaning: 'Why a request for a block fails: near 0 memory lacks, near 1000 it is scattered.',
    see: COMPACTION,
  },
  {
    term: 'balanced',
    meaning:
      'Of a zone: above its high mark for a request. Of a node: enough of its zones are; from v4.8 on one is enough.',
    see: BALANCE,
  },
  {
    term: 'given up',
    meaning:
      'Up to v4.7: a zone is given up when six times its reclaimable pages were scanned and none was freed. It ' +
      'counts as balanced.',
    see: RECLAIMABLE,
  },
  {
    term: 'balance gap',
    meaning: 'How far above its high mark a zone must be to be passed over in a round.',
    see: SHRINKING,
  },
  {
    term: 'balancing run',
    meaning: 'One call of balance_pgdat: rounds from priority 12 on until the node is balanced.',
    see: LOOP,
  },
  {
    term: 'round',
    meaning: 'One pass of a run over the zones that need it, lowest first; later over the node.',
    see: LOOP,
  },
  { term: 'end zone', meaning: 'The highest zone that a round shrinks, in v4.0.', see: LOOP },
  {
    term: 'priority',
    meaning: 'How hard a round scans: a list’s pages divided by 2^priority. 12 is mild, 1 is fierce.',
    see: SHRINKING,
  },
  {
    term: 'request',
    meaning: 'What allocators asked of kswapd and it has not read yet: an order and a zone index.',
    see: WAKE_UP,
  },
  { term: 'wake-up', meaning: 'A call of wakeup_kswapd by an allocator that found its zones low.', see: WAKE_UP },
  { term: 'wait queue', meaning: 'Where kswapd stands while it sleeps, so that a wake-up finds it.', see: SLEEP },
  { term: 'short sleep', meaning: 'The doze of a tenth of a second before the full sleep.', see: SLEEP },
  { term: 'full sleep', meaning: 'The sleep that ends only when kswapd is woken.', see: SLEEP },
  {
    term: 'hit quickly',
    meaning: 'Two counters of attempts to sleep that failed: woken from the short sleep (low), not balanced (high).',
    see: SLEEP,
  },
  {
    term: 'throttled',
    meaning: 'Of a task: waiting on pfmemalloc_wait until direct reclaim may go on.',
    see: THROTTLING,
  },
  { term: 'freezer', meaning: 'What makes all tasks stand still before the machine is suspended.', see: LOOP },
  { term: 'laptop mode', meaning: 'A setting that spares the disk: kswapd begins without writing pages.', see: LOOP },
  { term: 'jiffy', meaning: 'A tick of the kernel’s clock; HZ of them are a second.' },
];

/** The words of this specification itself. */
const specification: readonly Term[] = [
  {
    term: 'kernel',
    meaning:
      'Here: a record of rules and transitions. A later one is what it changed of the one before; a patch is a ' +
      'kernel with one rule replaced.',
    see: ['the kernels', 'kernels.md'],
  },
  { term: 'rule', meaning: 'A pure function that decides something: same question, same answer.' },
  { term: 'point', meaning: 'A place in kswapd’s loop, or in another program, between two transitions.', see: LOOP },
  { term: 'transition', meaning: 'What is done from one point to the next, without waiting.', see: LOOP },
  {
    term: 'yield point',
    meaning: 'A point where kswapd or a task waits, or works long beside others, until a turn resumes it.',
    see: LOOP,
  },
  { term: 'environment', meaning: 'Everything but the one that is looked at: tasks, devices, the success of reclaim.' },
  {
    term: 'turn',
    meaning: 'What the environment does at a yield point; in a whole machine also who moves.',
    see: LOOP,
  },
  {
    term: 'scenario',
    meaning:
      'A case as a file: system, node, and the turns of the environment. Its schema is ' +
      '[scenario.schema.json](scenario.schema.json).',
  },
  { term: 'run', meaning: 'The steps that a scenario produces.' },
  { term: 'record', meaning: 'One observable event of a run, as a tracer would see it.' },
  { term: 'property', meaning: 'A promise, written as a check of runs, states, set-ups or machines.', see: PROPERTIES },
  {
    term: 'verdict',
    meaning: 'What a property says of a kernel: it holds, or it is known to fail, and why.',
    see: PROPERTIES,
  },
  { term: 'witness', meaning: 'The smallest case that shows a known failure.', see: PROPERTIES },
  {
    term: 'vacuous',
    meaning: 'Of a check: it met too few of the cases that it is about to prove anything.',
    see: PROPERTIES,
  },
];

/** Every word that a reader may want explained. */
export const glossary: readonly Term[] = [...memory, ...marks, ...work, ...allocation, ...specification];
