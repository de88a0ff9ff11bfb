import { hasRule, type DirectRun, type DirectStep, type ZoneRef } from '../../model/index.ts';
import { HOLDS, directProperty, knownToFail, type DirectProperty, type Failure } from '../property.ts';
import { allowedZone, passesOf, SHRINK_ZONES, shrinkOf, takenPages, type Walk } from './walks.ts';

const COMPACTION_READY = 'v4.19 mm/vmscan.c compaction_ready';

const V4_0_ZONES = knownToFail(
  'Up to v4.7 page lists belong to zones, and a walk shrinks each zone by itself: a node as often as it has zones ' +
    'that the request may use.',
);

const nodeShrunkOnce = directProperty({
  id: 'a-node-is-shrunk-once-in-a-row',
  family: 'direct',
  title: 'A node is shrunk once for all of its zones that follow one another',
  statement:
    'In a walk over the zonelist no node is shrunk twice in a row, and every node with a zone that the request may ' +
    'use and that is not left to compaction is shrunk; no other node is.',
  sources: [SHRINK_ZONES],
  verdicts: { 'v4.0': V4_0_ZONES, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'several zones': 0.3, 'several nodes': 0.1, 'a node again': 0.02 },
  check: (run, see) => {
    let failure: Failure | undefined;
    for (const walk of passesOf(run).flat()) {
      const shrunk = walk.steps.flatMap((one, i) => {
        const record = shrinkOf(one);
        return record === undefined ? [] : [{ node: record.node, step: walk.first + i }];
      });
      const usable = usableZones(run, walk);
      if (usable.length > 1) see('several zones');
      const nodes = new Set(shrunk.map(({ node }) => node));
      if (nodes.size > 1) see('several nodes');
      if (shrunk.length > nodes.size) see('a node again');
      const twice = shrunk.find(({ node }, i) => shrunk[i - 1]?.node === node);
      if (twice !== undefined) failure ??= { clause: `node ${twice.node} is shrunk twice in a row`, step: twice.step };
      const idle = shrunk.find(({ node }) => !usable.some(([n]) => run.given.nodes[n]!.id === node));
      if (idle !== undefined)
        failure ??= { clause: `node ${idle.node} is shrunk without a zone to use`, step: idle.step };
      if (walk.steps[0]!.after.task.order > 3) continue;
      const missed = usable.find(([node]) => !nodes.has(run.given.nodes[node]!.id));
      if (missed !== undefined) failure ??= { clause: `node ${missed[0]} is not shrunk`, step: walk.last };
    }
    return failure;
  },
});

/** The zones that a walk may use: up to the one asked for, unless buffer heads had a say by then. */
function usableZones(run: DirectRun, { first, steps }: Walk): readonly ZoneRef[] {
  const pressed = run.steps
    .slice(0, first + 1)
    .some(({ at, before }) => at === 'shrinkZones' && before.memory.system.bufferHeadsOverLimit);
  const highest = pressed ? steps[0]!.after.task.sc.reclaimIdx : askedIndex(run);
  return run.given.zonelist.filter(([, zone]) => zone <= highest);
}

const leavesZonesToCompaction = directProperty({
  id: 'costly-requests-leave-zones-to-compaction',
  family: 'direct',
  title: 'Costly requests leave zones to compaction',
  statement:
    'With compaction and an order above 3, a zone that is ready for compaction is passed over and ends the pass ' +
    'after its walk; no node is shrunk for such a zone. For other requests compaction has no say.',
  sources: [SHRINK_ZONES, COMPACTION_READY],
  verdicts: { 'v4.0': HOLDS, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'left to compaction': 0.05, 'costly, not ready': 0.05, 'not costly': 0.1 },
  check: ({ kernel: k, steps }, see) => {
    for (const [i, one] of steps.entries()) {
      if (one.at !== 'nextZone' || one.after.task.position === one.before.task.position) continue;
      const { memory, task } = one.before;
      const costly = task.order > 3 && memory.system.compaction;
      if (!costly) see('not costly');
      const [node, index] = task.zonelist[one.after.task.position - 1]!;
      const zone = memory.pgdats[node]!.node.zones[index]!;
      const ready = costly && k.compactionReady(k, memory.system, zone, task.order, task.sc.reclaimIdx);
      if (costly) see(ready ? 'left to compaction' : 'costly, not ready');
      const shrunk = shrinkOf(one) !== undefined;
      // v4.0 leaves a zone that is given up to kswapd before it asks.
      const givenUp = !hasRule(k, 'shrinkNode') && task.sc.priority < 12 && !k.zoneReclaimable(k, memory.system, zone);
      if (ready && shrunk) return { clause: `node ${node} is shrunk for ${zone.name}, which is ready`, step: i };
      if (ready !== setsReady(one) && !task.sc.compactionReady && !givenUp) {
        const found = ready ? 'ready for compaction, and not left to it' : 'left to compaction, and not ready';
        return { clause: `${zone.name} of node ${node} is ${found}`, step: i };
      }
    }
    return undefined;
  },
});

const setsReady = ({ before, after }: DirectStep): boolean =>
  after.task.sc.compactionReady && !before.task.sc.compactionReady;

const staysBelowIndex = directProperty({
  id: 'direct-reclaim-stays-among-allowed-zones',
  family: 'direct',
  title: 'Only zones that the request may use are reclaimed from',
  statement:
    'Pages are reclaimed only from zones up to the one that was asked for, or up to the one that the mask with high ' +
    'memory allows once a walk began with buffer heads over their limit.',
  keptFor: 'It says what must not be touched, whichever step chooses the zones.',
  sources: [SHRINK_ZONES],
  verdicts: { 'v4.0': HOLDS, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'a higher zone': 0.1, 'buffer heads': 0.02 },
  check: (run, see) => {
    const names = zoneNames(run);
    const { gfpMask } = run.given.args;
    const asked = askedIndex(run);
    let highest = asked;
    for (const [i, one] of run.steps.entries()) {
      if (one.at === 'shrinkZones' && one.before.memory.system.bufferHeadsOverLimit) {
        highest = Math.max(asked, names.indexOf(allowedZone(names, gfpMask, true)));
        if (highest > asked) see('buffer heads');
      }
      if (one.kind !== 'work' || one.at !== 'shrink') continue;
      if (highest < names.length - 1) see('a higher zone');
      const taken = takenPages(one).map((zones) => zones.findLastIndex((pages) => pages > 0));
      const above = Math.max(...taken);
      if (above <= highest) continue;
      return { clause: `pages of ${names[above]} are reclaimed, above ${names[highest]}`, step: i };
    }
    return undefined;
  },
});

const zoneNames = ({ given }: Pick<DirectRun, 'given'>): readonly string[] =>
  given.nodes[0]!.zones.map(({ name }) => name);

/** The zone index that a run is for, before buffer heads have a say. */
function askedIndex({ given }: Pick<DirectRun, 'given'>): number {
  if (given.task === undefined) return given.args.reclaimIdx;
  const names = zoneNames({ given });
  return Math.max(0, names.indexOf(allowedZone(names, given.args.gfpMask, false)));
}

const V4_0_LOST = knownToFail(
  'v3.19 turned the walk to the zone that the request asked for, and lost the high memory that buffer heads add. ' +
    'v4.5 brought it back.',
);

const buffersPress = directProperty({
  id: 'buffer-heads-press-on-high-memory',
  family: 'direct',
  title: 'Buffer heads over their limit press on high memory',
  statement:
    'A walk that begins with buffer heads over their limit goes up to the zone that the mask with high memory ' +
    'allows, unless the mask names a low zone.',
  sources: [SHRINK_ZONES],
  verdicts: { 'v4.0': V4_0_LOST, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'high memory': 0.05 },
  check: (run, see) => {
    const names = zoneNames(run);
    const { gfpMask } = run.given.args;
    if (gfpMask.includes('DMA') || gfpMask.includes('DMA32')) return undefined;
    const highest = names.indexOf(allowedZone(names, gfpMask, true));
    for (const [i, { at, before, after }] of run.steps.entries()) {
      if (at !== 'shrinkZones' || !before.memory.system.bufferHeadsOverLimit) continue;
      see('high memory');
      const { reclaimIdx } = after.task.sc;
      if (reclaimIdx < highest)
        return { clause: `zones up to ${reclaimIdx} are walked instead of ${highest}`, step: i };
    }
    return undefined;
  },
});

const LOWERED = knownToFail(
  'Buffer heads over their limit add high memory to the mask; with a mask for DMA or DMA32 that names two zones, for ' +
    'which the kernel’s table has no entry but 0. Only the lowest zone is reclaimed from then, which may hold nothing.',
);

const neverLowersIndex = directProperty({
  id: 'buffer-heads-never-lower-the-index',
  family: 'direct',
  title: 'Buffer heads over their limit never keep a request from its own zones',
  statement: 'The highest zone index of a walk is never below the one that was asked for.',
  keptFor: 'It holds in v4.0 and fails later: it tells where kernels part.',
  sources: [SHRINK_ZONES, 'v4.19 include/linux/gfp.h gfp_zone'],
  verdicts: { 'v4.0': HOLDS, 'v4.19': LOWERED, 'v5.9': LOWERED },
  mustSee: { 'buffer heads over': 0.1 },
  check: (run, see) => {
    const asked = askedIndex(run);
    for (const [i, { at, before, after }] of run.steps.entries()) {
      if (at !== 'shrinkZones') continue;
      if (before.memory.system.bufferHeadsOverLimit) see('buffer heads over');
      const { reclaimIdx } = after.task.sc;
      if (reclaimIdx < asked) return { clause: `zones up to ${reclaimIdx} are walked instead of ${asked}`, step: i };
    }
    return undefined;
  },
});

const KEPT = knownToFail(
  'The mask is put back after each walk, the index that was made of it is not: one walk with buffer heads over their ' +
    'limit decides for all that follow.',
);

const indexIsPutBack = directProperty({
  id: 'a-raised-index-is-put-back',
  family: 'direct',
  title: 'Walks are as high as buffer heads demand at their time',
  statement: 'A walk that begins with buffer heads within their limit goes up to the zone that was asked for.',
  keptFor: 'It holds in v4.0 and fails later: it tells where kernels part.',
  sources: [SHRINK_ZONES],
  verdicts: { 'v4.0': HOLDS, 'v4.19': KEPT, 'v5.9': KEPT },
  mustSee: { 'within the limit': 0.1 },
  check: (run, see) => {
    const asked = askedIndex(run);
    for (const [i, { at, before, after }] of run.steps.entries()) {
      if (at !== 'shrinkZones' || before.memory.system.bufferHeadsOverLimit) continue;
      see('within the limit');
      const { reclaimIdx } = after.task.sc;
      if (reclaimIdx !== asked) return { clause: `zones up to ${reclaimIdx} are walked instead of ${asked}`, step: i };
    }
    return undefined;
  },
});

const V4_0_NO_FAILURES = knownToFail('v4.0 counts no runs without progress: a node is given up zone by zone.');

const revivesHopelessNodes = directProperty({
  id: 'progress-revives-a-hopeless-node',
  family: 'direct',
  title: 'Progress revives a hopeless node',
  statement:
    'Any page that direct reclaim frees in a node puts its kswapd’s count of fruitless runs back to 0; without, the ' +
    'count stays.',
  keptFor: 'It fails in v4.0, which has no such nodes: it tells where kernels part.',
  sources: ['v4.19 mm/vmscan.c shrink_node'],
  verdicts: { 'v4.0': V4_0_NO_FAILURES, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { revived: 0.02, 'not revived': 0.05 },
  check: ({ steps }, see) => {
    for (const [i, one] of steps.entries()) {
      if (one.kind !== 'work' || one.at !== 'shrink') continue;
      for (const [n, zones] of takenPages(one).entries()) {
        const before = one.before.memory.pgdats[n]!.node.kswapd.failures;
        const after = one.after.memory.pgdats[n]!.node.kswapd.failures;
        const freed = zones.some((pages) => pages > 0);
        if (before > 0) see(freed ? 'revived' : 'not revived');
        if (after === (freed ? 0 : before)) continue;
        return {
          clause: `after ${freed ? 'progress' : 'none'} ${before} fruitless runs have become ${after}`,
          step: i,
        };
      }
    }
    return undefined;
  },
});

/** Where a direct reclaim looks for memory. */
export const zoneProperties: readonly DirectProperty[] = [
  nodeShrunkOnce,
  leavesZonesToCompaction,
  staysBelowIndex,
  buffersPress,
  neverLowersIndex,
  indexIsPutBack,
  revivesHopelessNodes,
];
