import { populatedZone } from '../model/index.ts';
import { zoneInBalance } from './independent/balance.ts';
import { blocksFor, compactionAnswer, fragmentationOf } from './independent/compaction.ts';
import { EVERY_KERNEL, HOLDS, questionProperty, stepProperty, type Property } from './property.ts';

const SUITABLE = 'v4.0 mm/compaction.c __compaction_suitable';

const fragmentationIsArithmetic = questionProperty({
  id: 'fragmentation-index-is-arithmetic',
  family: 'compaction',
  title: 'The fragmentation index is its arithmetic',
  statement:
    'The blocks that a request could use are the pages in blocks of its order and above, in blocks of its ' +
    'order; the index agrees with one formula, is 0 for a zone without a free block and -1000 where the request ' +
    'would not fail.',
  sources: ['v4.0 mm/vmstat.c fill_contig_page_info', 'v4.0 mm/vmstat.c __fragmentation_index'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'no free block': 0.01, 'a block that fits': 0.1, fragmented: 0.02, 'a larger block': 0.05 },
  check: ({ kernel: k, zone, args: { order } }, see) => {
    const { total, suitable } = blocksFor(zone.freeArea, order);
    const info = k.fillContigPageInfo(k, zone, order);
    if (zone.freeArea.nrFree.some((blocks, o) => o > order && blocks > 0)) see('a larger block');
    if (info.freeBlocksSuitable !== suitable || info.freeBlocksTotal !== total) {
      const { freeBlocksSuitable, freeBlocksTotal } = info;
      return { clause: `${suitable} of ${total} blocks fit, ${freeBlocksSuitable} of ${freeBlocksTotal} are counted` };
    }
    const want = fragmentationOf(zone.freeArea, order);
    see(total === 0 ? 'no free block' : suitable > 0 ? 'a block that fits' : 'fragmented');
    const got = k.fragmentationIndex(k, zone, order);
    if (got !== want) return { clause: `the index for order ${order} should be ${want}, but is ${got}` };
    const direct = k.__fragmentationIndex(k, order, info);
    return direct === want ? undefined : { clause: `the index of its counts should be ${want}, but is ${direct}` };
  },
});

const suitableSaysWhy = questionProperty({
  id: 'compaction-suitable-is-independent',
  family: 'compaction',
  title: 'Whether compaction suits a zone can be said another way',
  statement:
    'The four answers agree with a formulation that uses none of the model’s rules, and to the outside an ' +
    'unsuitable zone is a skipped one.',
  sources: [SUITABLE, 'v4.0 mm/compaction.c compaction_suitable'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: {
    COMPACT_PARTIAL: 0.05,
    COMPACT_SKIPPED: 0.05,
    COMPACT_CONTINUE: 0.01,
    COMPACT_NOT_SUITABLE_ZONE: 0.005,
  },
  check: ({ kernel: k, system, zone, args, allocFlags }, see) => {
    const { order, zoneIdx } = args;
    const want = compactionAnswer(system, zone, order, allocFlags, zoneIdx);
    see(want);
    const got = k.__compactionSuitable(k, system, zone, order, allocFlags, zoneIdx);
    if (got !== want) return { clause: `for order ${order} the answer should be ${want}, but is ${got}` };
    const outside = k.compactionSuitable(k, system, zone, order, allocFlags, zoneIdx);
    const wantOutside = want === 'COMPACT_NOT_SUITABLE_ZONE' ? 'COMPACT_SKIPPED' : want;
    return outside === wantOutside ? undefined : { clause: `to the outside ${want} should be ${wantOutside}` };
  },
});

const zoneBalanceIsIndependent = questionProperty({
  id: 'zone-balance-is-independent',
  family: 'compaction',
  title: 'The balance of a zone can be said another way',
  statement:
    'A zone is balanced for a request exactly when it is above its high mark and the gap, and compaction would ' +
    'not refuse it a high order, by a formulation that uses none of the model’s rules.',
  sources: ['v4.0 mm/vmscan.c zone_balanced', SUITABLE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'the gap decides': 0.01, balanced: 0.05, unbalanced: 0.1 },
  check: ({ kernel: k, system, zone, args }, see) => {
    const { order, zoneIdx, balanceGap } = args;
    const want = zoneInBalance(system, zone, order, zoneIdx, balanceGap);
    see(want ? 'balanced' : 'unbalanced');
    if (!want && zoneInBalance(system, zone, order, zoneIdx)) see('the gap decides');
    const got = k.zoneBalanced(k, system, zone, order, balanceGap, zoneIdx);
    if (got === want) return undefined;
    return { clause: `with a gap of ${balanceGap} pages ${zone.name} should be balanced: ${want}, but is: ${got}` };
  },
});

const compactionOnlyWhenNeeded = stepProperty({
  id: 'compaction-only-when-needed',
  family: 'compaction',
  title: 'kswapd compacts after rounds that gave more than was asked',
  statement:
    'A round ends with compaction exactly when no zone could serve the high order at its low mark as the round ' +
    'began, more pages were reclaimed than asked for, and neither the freezer nor a stop came.',
  sources: ['v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { compaction: 0.01, 'enough reclaimed, not needed': 0.05 },
  check: ({ kernel: k, step }, see) => {
    const { system, node, thread, waits } = step.before;
    if (step.at === 'findEndZone' && step.after.thread.at === 'nextZone') {
      const { order, endZone } = step.after.thread.balance;
      const served = (i: number) => {
        const zone = node.zones[i]!;
        const { low } = zone.watermark;
        return populatedZone(zone) && k.zoneWatermarkOk(k, system, zone, order, low, thread.balancedClasszoneIdx, 0);
      };
      const want = order > 0 && !node.zones.some((_zone, i) => i <= endZone && served(i));
      const got = step.after.thread.balance.needsCompaction;
      return got === want ? undefined : { clause: `compaction should be needed: ${want}, but is: ${got}` };
    }
    if (step.at !== 'endRound') return undefined;
    const { needsCompaction, nrReclaimed, nrAttempted } = thread.balance;
    const more = nrReclaimed > nrAttempted;
    const want = needsCompaction && more && !waits.freezing && !waits.shouldStop;
    if (want) see('compaction');
    if (more && !needsCompaction) see('enough reclaimed, not needed');
    if (want === (step.after.thread.at === 'compact')) return undefined;
    return { clause: `${nrReclaimed} pages reclaimed of ${nrAttempted}: compaction should follow: ${want}` };
  },
});

const compactionMerges = stepProperty({
  id: 'compaction-merges-blocks',
  family: 'compaction',
  title: 'Compaction makes large blocks of small ones',
  statement:
    'Each merge of a turn leaves as many pages free, and makes a block of the larger order of as many smaller ' +
    'ones as fit, as often as was asked for and there are enough.',
  sources: ['v4.0 mm/compaction.c compact_pgdat'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a merge': 0.005 },
  check: ({ step }, see) => {
    if (step.kind !== 'work' || step.at !== 'compact' || step.input.merge?.length !== 1) return undefined;
    const [{ zone, from, to, count }] = step.input.merge as [NonNullable<typeof step.input.merge>[number]];
    const before = step.before.node.zones[zone]!.freeArea;
    const after = step.after.node.zones[zone]!.freeArea;
    const times = Math.min(count, Math.floor(before.lists.movable[from]! / 2 ** (to - from)));
    if (times > 0) see('a merge');
    const made = after.lists.movable[to]! - before.lists.movable[to]!;
    if (from === to || (made === times && after.pages === before.pages)) return undefined;
    return { clause: `${times} blocks of order ${to} should be made of order ${from}, ${made} were` };
  },
});

/** What compaction needs, and what comes of it. */
export const compactionProperties: readonly Property[] = [
  fragmentationIsArithmetic,
  suitableSaysWhy,
  zoneBalanceIsIndependent,
  compactionOnlyWhenNeeded,
  compactionMerges,
];
