import { GFP_NORETRY, GFP_RETRY_MAYFAIL, NO_WAITS, type Memory, type Zone, type ZoneRef } from '../model/index.ts';
import { zonesToUse } from './independent/machine.ts';
import { allocating } from './machine/steps.ts';
import { HOLDS, knownToFail, machineProperty, questionProperty, type AskedSubject, type Property } from './property.ts';

const RECLAIM_RETRY = 'v4.19 mm/page_alloc.c should_reclaim_retry';
const LATER = { 'v4.19': HOLDS, 'v5.9': HOLDS };

/** Pages that are set aside together: a page block. */
const PAGE_BLOCK = 512;

/** Rounds in a row that may bring nothing. */
const MOST_ROUNDS = 16;

const roundsAreCounted = machineProperty({
  id: 'rounds-of-a-costly-order-always-count',
  family: 'machine',
  title: 'A costly order is not given more rounds for what reclaim frees page by page',
  statement:
    'Each time a request asks whether reclaim is worth another round, the round counts against it if nothing was ' +
    'reclaimed, and for a costly order in any case; progress of any other one lets it begin to count anew. After 16 ' +
    'rounds that count only a block that was set aside is reason to go on.',
  sources: [RECLAIM_RETRY],
  verdicts: LATER,
  target: 'rounds in vain',
  mustSee: { 'a costly order': 0.005, 'a costly order, with progress': 0.001, 'in vain': 0.05, progress: 0.02 },
  check: (run, see, reach) => {
    for (const [i, { step }] of allocating(run, 'considerRetry')) {
      const { task } = step.before;
      const { order, gfp } = task.request;
      const costly = order > 3;
      if ((gfp & GFP_NORETRY) !== 0 || (costly && (gfp & GFP_RETRY_MAYFAIL) === 0)) continue;
      const progress = task.slow.didSomeProgress > 0;
      if (costly) see(progress ? 'a costly order, with progress' : 'a costly order');
      else see(progress ? 'progress' : 'in vain');
      const want = progress && !costly ? 0 : task.slow.noProgressLoops + 1;
      const { noProgressLoops } = step.after.task.slow;
      reach?.(noProgressLoops);
      if (noProgressLoops !== want) {
        return { clause: `${noProgressLoops} rounds count, and should be ${want}, for order ${order}`, step: i };
      }
      const given = step.records.some((record) => record.ev === 'unreserve_highatomic' && record.ok);
      const again = step.after.task.at === 'retry' || step.after.task.slow.waited === 'retry';
      if (want <= MOST_ROUNDS || given || !again || step.after.task.at === 'considerCompactRetry') continue;
      return { clause: `round ${want} in vain is followed by another one`, step: i };
    }
    return undefined;
  },
});

/** Pages on the list that is kept for atomic requests of high order. */
const setAsidePages = ({ freeArea }: Zone): number =>
  freeArea.lists.highatomic.reduce((pages, blocks, order) => pages + blocks * 2 ** order, 0);

const zonesOf = (memory: Memory): readonly Zone[] => memory.pgdats.flatMap(({ node }) => node.zones);

const keptWithinBounds = machineProperty({
  id: 'what-is-set-aside-stays-within-bounds',
  family: 'machine',
  title: 'No zone has less than nothing set aside, nor more than a part of itself',
  statement:
    'What a zone counts as set aside for atomic requests of high order is never less than nothing. It grows by one ' +
    'page block at a time, only while it is less than a hundredth of the zone and a page block, and shrinks by one.',
  sources: [
    'v4.19 mm/page_alloc.c reserve_highatomic_pageblock',
    'v4.19 mm/page_alloc.c unreserve_highatomic_pageblock',
  ],
  verdicts: LATER,
  target: 'pages set aside',
  mustSee: { 'set aside': 0.01, 'given back': 0.003 },
  check: (run, see, reach) => {
    for (const [i, { step, before, after }] of allocating(run)) {
      if (before.memory === after.memory) continue;
      const zones = zonesOf(after.memory);
      for (const [z, zone] of zonesOf(before.memory).entries()) {
        const had = zone.reservedHighatomic;
        const has = zones[z]!.reservedHighatomic;
        if (step.records.some((record) => record.ev === 'unreserve_highatomic' && record.ok)) see('given back');
        if (had === has) continue;
        see(has > had ? 'set aside' : 'given back');
        reach?.(has);
        const most = Math.trunc(zone.managed / 100) + PAGE_BLOCK;
        const may = has > had ? had < most && has === had + PAGE_BLOCK : has === Math.max(0, had - PAGE_BLOCK);
        if (!may) return { clause: `a zone of ${zone.managed} pages has ${has} set aside, after ${had}`, step: i };
      }
    }
    return undefined;
  },
});

/** A machine of one node, whose zonelist goes from the highest zone down. */
function memoryOf({ kernel, system, node }: AskedSubject): Memory {
  const fallback = node.zones.map((_, i): ZoneRef => [0, i]).toReversed();
  return {
    system,
    numa: { layout: 'x86_64', distance: [[10]], zoneReclaimMode: 0, suspendedStorage: false, zonelistOrder: 'default' },
    pgdats: [{ node, thread: kernel.startThread(node), waits: NO_WAITS }],
    zonelists: [{ fallback, thisNode: fallback, zlc: { full: [], stale: false } }],
  };
}

const givenBackOnce = questionProperty({
  id: 'a-block-is-given-back-and-counted-once',
  family: 'watermark',
  title: 'A set-aside block that is given back counts as less set aside, and never as less than nothing',
  statement:
    'When a block must be given back, the highest zone that may be used and has a free one set aside gives it up: ' +
    'the block is free for the request’s kind, what is set aside is a page block less, or nothing if it was less ' +
    'than that already, and nothing else changes. Without such a zone nothing does.',
  sources: ['v4.19 mm/page_alloc.c unreserve_highatomic_pageblock'],
  verdicts: LATER,
  mustSee: { 'given back': 0.1, 'less than a page block was left': 0.02, 'nothing is set aside': 0.1 },
  check: (asked, see) => {
    const { kernel: k, node, args } = asked;
    const context = {
      zonelist: { node: 0, thisNode: false },
      preferred: null,
      classzoneIdx: args.zoneIdx,
      highZoneidx: args.zoneIdx,
      migratetype: 'movable' as const,
      nodemask: null,
      spreadDirty: false,
    };
    const { memory, ok } = k.unreserveHighatomicPageblock(k, memoryOf(asked), context, true);
    const giver = node.zones.findLastIndex((zone, i) => i <= args.zoneIdx && setAsidePages(zone) > 0);
    see(giver < 0 ? 'nothing is set aside' : 'given back');
    if (ok !== giver >= 0) return { clause: `a block is set aside: ${giver >= 0}, and given back: ${ok}` };
    for (const [i, zone] of node.zones.entries()) {
      const had = zone.reservedHighatomic;
      if (i === giver && had < PAGE_BLOCK) see('less than a page block was left');
      const want = i === giver ? Math.max(0, had - PAGE_BLOCK) : had;
      const now = memory.pgdats[0]!.node.zones[i]!;
      if (now.reservedHighatomic !== want) {
        return { clause: `${zone.name} has ${now.reservedHighatomic} pages set aside after ${had}, not ${want}` };
      }
      if (now.freeArea.pages !== zone.freeArea.pages) return { clause: `${zone.name} has other pages free` };
      if (setAsidePages(now) < setAsidePages(zone) !== (i === giver)) {
        return { clause: `${setAsidePages(now)} pages of ${zone.name} are on the list of those set aside` };
      }
    }
    return undefined;
  },
});

const KILLS_FIRST = knownToFail(
  'What is set aside is given back only after 16 rounds in vain. A request whose rounds end sooner, since no zone ' +
    'would suffice with all its lists free, turns to the OOM killer with the blocks still there.',
  'ac3f3b0a5551',
);

const givenBackBeforeKilling = machineProperty({
  id: 'nobody-is-killed-beside-blocks-that-are-set-aside',
  family: 'machine',
  title: 'Nobody is killed for pages that are free, and set aside',
  statement:
    'When a task turns to the OOM killer, no zone that its request may use has a free block set aside for atomic ' +
    'requests.',
  sources: [RECLAIM_RETRY, 'v4.19 mm/page_alloc.c __alloc_pages_may_oom'],
  verdicts: { 'v4.19': KILLS_FIRST, 'v5.9': KILLS_FIRST },
  mustSee: { 'turns to the killer': 0.02 },
  check: (run, see) => {
    for (const [i, { step }] of allocating(run)) {
      if (!step.records.some(({ ev }) => ev === 'oom')) continue;
      see('turns to the killer');
      const { memory } = step.before;
      const kept = zonesToUse(step.before).reduce(
        (pages, [node, zone]) => pages + setAsidePages(memory.pgdats[node]!.node.zones[zone]!),
        0,
      );
      if (kept > 0) return { clause: `a task asks for a victim, and ${kept} free pages are set aside`, step: i };
    }
    return undefined;
  },
});

/** How often requests go round, and what is set aside for those that cannot. */
export const setAsideProperties: readonly Property[] = [
  roundsAreCounted,
  keptWithinBounds,
  givenBackOnce,
  givenBackBeforeKilling,
];
