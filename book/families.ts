import { ALLOCATOR_FAMILIES } from './allocatorFamilies.ts';
import type { RuleFamily } from './ruleFamily.ts';

const YES_OR_NO = 'yes or no';
const PAGES = 'a number of pages';
const MACHINE = 'the machine afterwards';

/** Where kswapd works zone by zone, and where it works on the node as a whole. */
const BY_ZONE = ['v4.0'];
const BY_NODE = ['v4.19', 'v5.9'];

/** The families of rules, in the order in which they build on each other. */
export const RULE_FAMILIES: readonly RuleFamily[] = [
  {
    id: 'zones',
    title: 'Zones and free memory',
    summary: 'what a node consists of, and how free pages are kept and counted',
    intro: [
      'A node’s memory is divided into zones, by what it can be used for; a zone’s index tells its place, the ' +
        'lowest first. Free pages of a zone lie on lists by order and migrate type, as the buddy allocator keeps ' +
        'them. Where a block lies is not known here, so blocks merge only when the environment says so.',
      'All fields of a zone, and of the rest of the state, are on the page about [the state](../state.md).',
    ],
    entries: [
      { name: 'populatedZone', gives: YES_OR_NO },
      { name: 'managedZone', gives: YES_OR_NO, only: BY_NODE },
      { name: 'isHighmem', gives: YES_OR_NO },
      { name: 'nrZones', gives: 'a number of zones' },
      { name: 'zoneNormal', gives: 'a zone index, or -1' },
      { name: 'zonePageState', gives: PAGES },
      { name: 'zonePageStateSnapshot', gives: PAGES },
      { name: 'takeBlocks', gives: 'the free lists afterwards, and the number of blocks that were got' },
      { name: 'giveBlocks', gives: 'the free lists afterwards' },
      { name: 'mergeBlocks', gives: 'the free lists afterwards' },
    ],
    properties: ['accounting'],
  },
  {
    id: 'watermarks',
    title: 'Watermarks',
    summary: 'when a zone has enough free memory for a request',
    intro: [
      'Every zone has three marks, min < low < high, in pages. An allocator first tries above the low mark; below ' +
        'it, it wakes kswapd, and kswapd works until the zone is above the high one. Below the min mark only those ' +
        'allocations go on that memory itself depends on.',
      'One arithmetic decides all of this: what is free, less what the request would take, against a mark plus a ' +
        'reserve. The reserve keeps a low zone, which few requests need, from being used up by those that could go ' +
        'elsewhere.',
    ],
    entries: [
      { name: 'minWmarkPages', gives: PAGES },
      { name: 'lowWmarkPages', gives: PAGES },
      { name: 'highWmarkPages', gives: PAGES },
      { name: 'wmarkPages', gives: PAGES },
      { name: '__zoneWatermarkOk', gives: YES_OR_NO },
      { name: 'zoneWatermarkOk', gives: YES_OR_NO },
      { name: 'zoneWatermarkOkSafe', gives: YES_OR_NO },
      { name: 'zoneWatermarkFast', gives: YES_OR_NO },
      { name: '__zoneWatermarkUnusableFree', gives: PAGES },
    ],
    properties: ['watermark'],
  },
  {
    id: 'reclaimable',
    title: 'What can be reclaimed',
    summary: 'which pages reclaim could take, and when it gives a zone up',
    intro: [
      'Reclaim takes pages that can be had back: file pages, which are on disk anyhow, and anonymous pages, which ' +
        'must be written to swap first. A zone from which nothing comes however long it is scanned must be given ' +
        'up, or kswapd would never rest. Later kernels, which scan a node as a whole, count runs in vain instead: ' +
        'see [sleep](sleep.md).',
    ],
    entries: [
      { name: 'zoneReclaimablePages', gives: PAGES },
      { name: 'zoneReclaimable', gives: YES_OR_NO },
    ],
    properties: ['watermark', 'accounting'],
  },
  {
    id: 'compaction',
    title: 'Fragmentation and compaction',
    summary: 'why a request for a large block fails, and whether moving pages would help',
    intro: [
      'A request of order n wants 2^n pages in one piece. It can fail although enough pages are free, when they lie ' +
        'scattered. Compaction moves used pages together so that free ones become blocks; it needs some free ' +
        'memory to work in. These rules tell a lack of memory, which reclaim cures, from fragmentation, which ' +
        'compaction cures.',
    ],
    entries: [
      { name: 'fillContigPageInfo', gives: 'pages, blocks, and blocks that would do' },
      { name: '__fragmentationIndex', gives: 'thousandths: 1000 at most, and -1000 if the request would not fail' },
      { name: 'fragmentationIndex', gives: 'thousandths: 1000 at most, and -1000 if the request would not fail' },
      { name: '__compactionSuitable', gives: 'one of the four answers by name' },
      { name: 'compactionSuitable', gives: 'one of the answers by name, never COMPACT_NOT_SUITABLE_ZONE' },
      { name: 'compactionReady', gives: YES_OR_NO },
      { name: 'compactGap', gives: PAGES, only: BY_NODE },
    ],
    properties: ['balance'],
  },
  {
    id: 'balance',
    title: 'Balance',
    summary: 'what kswapd works for: a node that has enough free memory',
    intro: [
      'Balance is kswapd’s goal and its excuse to sleep. For single pages v4.0 asks every zone of the node. For ' +
        'larger blocks that would be too much: a small zone that cannot be defragmented would keep kswapd working ' +
        'for ever, and too little would be to ask any one zone, since 16 MiB of DMA memory would then speak for ' +
        'the machine. A quarter of the pages is the compromise.',
      'Later kernels, whose lists of pages are those of the node, ask just that: any one zone, as long as the ' +
        'reserve that it keeps from the request is counted, which for the DMA zone is most of it. Since v5.0 a ' +
        'balanced node may still have boosts to make up for.',
    ],
    entries: [
      { name: 'zoneBalanced', gives: YES_OR_NO },
      { name: 'pgdatBalanced', gives: YES_OR_NO },
      { name: 'pgdatWatermarkBoosted', gives: YES_OR_NO },
    ],
    properties: ['balance'],
  },
  {
    id: 'throttling',
    title: 'Throttling direct reclaim',
    summary: 'when tasks must wait because the last reserves are going',
    intro: [
      'An allocator that finds too little may reclaim by itself: direct reclaim. To write pages out, for instance ' +
        'over a network, the kernel needs memory too, and takes it from the reserves below the min mark. When half ' +
        'of those are gone, tasks that are about to reclaim directly are made to wait until kswapd has freed some: ' +
        'they are throttled, and wait on the queue pfmemalloc_wait.',
    ],
    entries: [
      { name: 'pfmemallocWatermarkOk', gives: 'yes or no, and the machine after kswapd was woken if that was needed' },
      { name: 'allowDirectReclaim', gives: 'yes or no, and the machine after kswapd was woken if that was needed' },
      { name: 'mayReclaimDirectly', gives: 'the same' },
      { name: 'releaseThrottled', gives: MACHINE },
    ],
    properties: ['sleep', 'direct'],
  },
  {
    id: 'sleep',
    title: 'Sleep',
    summary: 'when kswapd may sleep, and what it does at the last moment',
    intro: [
      'Between two runs kswapd sleeps, in two steps: a doze of a tenth of a second, to see whether the node stays ' +
        'balanced, and then, if no one woke it and the node is still balanced, a sleep without end. Two counters in ' +
        '/proc/vmstat tell how often the doze was right: `kswapd_low_wmark_hit_quickly` counts dozes that a ' +
        'wake-up cut short, `kswapd_high_wmark_hit_quickly` attempts after which the node was not balanced.',
    ],
    entries: [
      { name: 'prepareKswapdSleep', gives: 'yes or no, and the machine after throttled tasks were let go' },
      { name: 'runKswapdTryToSleep', gives: 'how the attempt ended, and what a tracer saw of it', only: BY_ZONE },
      { name: 'runNodeTryToSleep', gives: 'how the attempt ended, and what a tracer saw of it', only: BY_NODE },
      { name: 'prepareToWait', gives: 'who waits afterwards' },
      { name: 'finishWait', gives: 'who waits afterwards' },
    ],
    properties: ['sleep', 'liveness'],
  },
  {
    id: 'wake-up',
    title: 'Wake-up',
    summary: 'what an allocator asks for, and when that wakes kswapd',
    intro: [
      'An allocator that finds all its zones below the low mark calls for kswapd. A call does two ' +
        'things: it leaves a request (an order, and the highest zone that would do), and it wakes kswapd if that ' +
        'is asleep and there is something to do. There is room for one request only, so a new one must be merged ' +
        'into the old.',
    ],
    entries: [
      { name: 'wakeAllKswapds', gives: 'the memory afterwards, and what a tracer saw' },
      { name: 'wakeupKswapd', gives: 'the machine afterwards, and what a tracer saw' },
      { name: 'kswapdClasszoneIdx', gives: 'a zone index' },
      { name: 'kswapdHighestZoneidx', gives: 'a zone index' },
      { name: 'wakeupKcompactd', gives: 'what a tracer saw', only: BY_NODE },
      { name: 'wakeQueue', gives: MACHINE },
    ],
    properties: ['requests', 'sleep', 'machine'],
  },
  {
    id: 'shrinking',
    title: 'Shrinking',
    summary: 'how much is asked of a zone or a node, and what comes of it',
    intro: [
      'A balancing run goes on in rounds. In v4.0 each zone that needs it is shrunk in a round, later the node as a ' +
        'whole: its lists are scanned for pages that can be freed. At priority 12 a 4096th of the lists is looked ' +
        'at; each step down doubles that. How many pages a scan frees depends on the whole machine; here the ' +
        'environment says it. The decisions around it, step by step, are on the pages about ' +
        '[the loop](../loop.md) and [the loop by node](../loop-by-node.md).',
    ],
    entries: [
      { name: 'balanceGap', gives: PAGES, only: BY_ZONE },
      { name: 'shrinkZone', gives: 'the zone afterwards, the pages scanned and the pages reclaimed' },
      { name: 'shrinkNode', gives: 'the node afterwards, the pages scanned and the pages reclaimed' },
      { name: 'takeFromLru', gives: 'the lists afterwards' },
      { name: 'runKswapdShrinkZone', gives: 'how it ended, and what a tracer saw of it', only: BY_ZONE },
      { name: 'runKswapdShrinkNode', gives: 'how it ended, and what a tracer saw of it', only: BY_NODE },
      { name: 'runBalancePgdat', gives: 'how the run ended, and what a tracer saw of it', only: BY_ZONE },
      { name: 'runBalanceNode', gives: 'how the run ended, and what a tracer saw of it', only: BY_NODE },
    ],
    properties: ['rounds', 'accounting'],
  },
  {
    id: 'set-up',
    title: 'Set-up: marks, reserves, thresholds',
    summary: 'where the numbers of a zone come from',
    intro: [
      'All numbers that the other rules compare with are computed at boot, and again when memory or a setting ' +
        'changes. It begins with min_free_kbytes, which grows with the square root of the memory; the marks are ' +
        'shares of it. The reserves follow from lowmem_reserve_ratio and the sizes of the zones above.',
      'Free pages are counted per cpu first and added to the zone’s counter in batches, so the counter drifts. The ' +
        'thresholds bound how far, and the drift mark says below which reading one must add up all cpus to be sure.',
    ],
    entries: [
      { name: 'setupAtBoot', gives: 'the machine with everything below filled in' },
      { name: 'setupWithMinFree', gives: 'the machine with everything below filled in but min_free_kbytes' },
      {
        name: 'initPerZoneWmarkMin',
        gives: 'the machine with min_free_kbytes (kibibytes) and all that follows from it',
      },
      { name: 'nrFreeBufferPages', gives: PAGES },
      { name: 'isHighmemAtSetup', gives: YES_OR_NO },
      { name: 'setupPerZoneWmarks', gives: 'the machine with each zone’s min, low and high mark (pages)' },
      { name: 'setupPerZoneLowmemReserve', gives: 'the machine with each zone’s reserves by zone index (pages)' },
      {
        name: 'calculateTotalreservePages',
        gives: 'the machine with totalreserve_pages and each zone’s share of it (pages)',
      },
      { name: 'calculateNormalThreshold', gives: 'pages per cpu' },
      { name: 'calculatePressureThreshold', gives: 'pages per cpu' },
      {
        name: 'refreshZoneStatThresholds',
        gives: 'the machine with each zone’s thresholds (pages per cpu) and drift mark (pages)',
      },
      { name: 'calculateZoneInactiveRatio', gives: 'a number, active to inactive pages' },
      { name: 'setupPerZoneInactiveRatio', gives: 'the machine with each zone’s inactive ratio' },
      { name: 'swapSetup', gives: 'the machine with page_cluster: 2^page_cluster pages are read at once' },
      { name: 'fls', gives: 'a number of binary digits' },
      { name: 'intSqrt', gives: 'a whole number' },
    ],
    properties: ['setup'],
  },
  {
    id: 'thread',
    title: 'The life of the thread',
    summary: 'how kswapd threads start and stop',
    intro: [
      'There is one kswapd per node, named after it: kswapd0, kswapd1. It starts at boot or when the node first ' +
        'gets memory, and ends when all of the node’s memory is taken away. What it does in between is ' +
        'its loop, [zone by zone](../loop.md) or [by node](../loop-by-node.md).',
    ],
    entries: [
      { name: 'kswapdInit', gives: 'what came of it, and which kswapds run now' },
      { name: 'kswapdRun', gives: 'what came of it, and which kswapds run now' },
      { name: 'kswapdStop', gives: 'which kswapds run now' },
      { name: 'startThread', gives: 'the thread at the first point of its loop' },
    ],
    properties: ['liveness'],
  },
  ...ALLOCATOR_FAMILIES,
];
