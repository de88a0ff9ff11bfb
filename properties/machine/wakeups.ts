import {
  GFP_DIRECT_RECLAIM,
  GFP_THISNODE_ONLY,
  type AllocStep,
  type Kernel,
  type Request,
  type WholeRun,
} from '../../model/index.ts';
import { allowedIndex, isLater, needsKswapd, zonesToUse } from '../independent/machine.ts';
import { isHopeless } from '../independent/node.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Property } from '../property.ts';
import { asksIn, wakesKswapd, type Ask } from './asks.ts';
import { allocating, type Allocating, type Placed } from './steps.ts';

const SLOW = 'v4.0 mm/page_alloc.c __alloc_pages_slowpath';
const WAKE_ALL = 'v4.0 mm/page_alloc.c wake_all_kswapds';
const LATER_WAKE_ALL = 'v4.19 mm/page_alloc.c wake_all_kswapds';

/** The steps that begin a round of the slow path: the one after the first attempt failed, and each further one. */
function rounds(run: WholeRun): Placed<Allocating> {
  if (!isLater(run.kernel)) return allocating(run, 'wakeAllKswapds');
  return [...allocating(run, 'allocPagesSlowpath'), ...allocating(run, 'retry')].toSorted(([a], [b]) => a - b);
}

/** Whether the slow path has anything to do for a request: there is a zone for it, and a block so large. */
function isEntered(k: Kernel, { before }: AllocStep): boolean {
  const { request, context } = before.task;
  if (context.preferred === null || request.order > 10) return false;
  return isLater(k) || (request.gfp & GFP_THISNODE_ONLY) !== GFP_THISNODE_ONLY;
}

const askedAfterFirstFailure = machineProperty({
  id: 'kswapd-woken-after-first-failure',
  family: 'machine',
  title: 'kswapd is asked exactly when the first attempt failed and the mask allows it',
  statement:
    'The slow path, which is entered exactly when the first walk over the zonelist found nothing, asks kswapds for ' +
    'help before anything else exactly if the mask does not forbid it; in v4.0 it fails at once, asking no one, for ' +
    'those who want one node or nothing and can do without.',
  sources: [SLOW, WAKE_ALL, LATER_WAKE_ALL],
  verdicts: EVERY_KERNEL,
  spans: 'a request',
  mustSee: { 'kswapd asked': 0.2, 'first attempt succeeds': 0.3, 'mask forbids it': 0.05 },
  check: (run, see) => {
    const { kernel } = run;
    const asked = new Set<number>();
    const slow = new Map<number, AllocStep>();
    for (const [i, { step, task }] of allocating(run)) {
      const { request } = step.before.task;
      if (step.at === 'allocPagesNodemask') {
        asked.delete(task);
        slow.delete(task);
      }
      if (step.at === 'allocPagesSlowpath') slow.set(task, step);
      // Taking a page may ask as well, for another reason.
      if (step.at !== 'rmqueue' && asksIn(step.records).length > 0) {
        see('kswapd asked');
        asked.add(task);
        if (!wakesKswapd(kernel, request.gfp)) return { clause: 'kswapd is asked against the mask', step: i };
        if (!slow.has(task)) return { clause: 'kswapd is asked before the first attempt failed', step: i };
      }
      const entry = slow.get(task);
      if (step.after.task.at === 'done' && entry === undefined) see('first attempt succeeds');
      if (entry === undefined || step.at === 'allocPagesSlowpath' || asked.has(task)) continue;
      // In v4.0 a step of its own asks.
      if (step.at === 'wakeAllKswapds' || !isEntered(kernel, entry)) continue;
      if (wakesKswapd(kernel, request.gfp))
        return { clause: 'the first attempt failed, and kswapd is not asked', step: i };
      see('mask forbids it');
    }
    return undefined;
  },
});

/** Who is to be asked in a round: through every zone in v4.0, later through the first of each node in a row. */
function dueAsks(k: Kernel, state: AllocStep['before']): readonly Omit<Ask, 'ev'>[] {
  const zones = zonesToUse(state);
  const { order, gfp } = state.task.request;
  const later = isLater(k);
  const through = later ? zones.filter(([node], i) => node !== zones[i - 1]?.[0]) : zones;
  // Memory that came since then may have put another zone first.
  const { preferred } = state.task.context;
  const zoneIdx = later || preferred === null ? allowedIndex(state.memory, gfp) : preferred[1];
  return through.map(([node, zone]) => ({ node, zone, order, zoneIdx }));
}

const sameAsks = (a: readonly Omit<Ask, 'ev'>[], b: readonly Omit<Ask, 'ev'>[]): boolean =>
  a.length === b.length &&
  a.every(({ node, zone, order, zoneIdx }, i) => {
    const other = b[i]!;
    return node === other.node && zone === other.zone && order === other.order && zoneIdx === other.zoneIdx;
  });

const everyoneIsAsked = machineProperty({
  id: 'every-zone-or-node-is-asked-once-a-round',
  family: 'machine',
  title: 'A round asks the kswapd of every zone once in v4.0, and that of every node once later',
  statement:
    'A round that asks kswapds does so through every zone that the request may use, in v4.0, with the index of the ' +
    'one that it prefers: the first when it looked last; later through the first zone of each node in a row, with ' +
    'the highest index that the mask allows. ' +
    'The order is always that of the request.',
  sources: [WAKE_ALL, LATER_WAKE_ALL],
  verdicts: EVERY_KERNEL,
  mustSee: { 'several nodes': 0.1, 'several zones of a node': 0.15, 'a further round': 0.02 },
  check: (run, see) => {
    for (const [i, { step }] of rounds(run)) {
      const asks = asksIn(step.records);
      if (asks.length === 0) continue;
      const due = dueAsks(run.kernel, step.before);
      const zones = zonesToUse(step.before);
      if (new Set(zones.map(([node]) => node)).size > 1) see('several nodes');
      if (zones.some(([node], z) => zones[z - 1]?.[0] === node)) see('several zones of a node');
      if (step.before.task.slow.didSomeProgress > 0) see('a further round');
      if (sameAsks(asks, due)) continue;
      return { clause: `${asks.length} asks are made, not the ${due.length} that are due`, step: i };
    }
    return undefined;
  },
});

const everyRoundAsks = machineProperty({
  id: 'every-round-asks-kswapd',
  family: 'machine',
  title: 'Every round of the slow path asks kswapd, if the mask allows it',
  statement:
    'Each time the slow path begins anew, after reclaim or a wait, it asks kswapds again if the mask does not forbid ' +
    'it, lest they go to sleep while tasks struggle.',
  sources: [SLOW, 'v4.19 mm/page_alloc.c __alloc_pages_slowpath', 'v5.9 mm/page_alloc.c __alloc_pages_slowpath'],
  verdicts: {
    'v4.0': HOLDS,
    'v4.19': HOLDS,
    'v5.9': knownToFail(
      'Whether to wake kswapd is one of the flags of the allocation, and the flags for the reserves take the ' +
        'place of all others: a task that was killed, or that reclaims, asks in its first round only.',
    ),
  },
  mustSee: { 'the first round': 0.1, 'a further round': 0.05 },
  check: (run, see) => {
    for (const [i, { step }] of rounds(run)) {
      const { gfp } = step.before.task.request;
      if (!wakesKswapd(run.kernel, gfp) || !isEntered(run.kernel, step)) continue;
      see(step.at === 'allocPagesSlowpath' ? 'the first round' : 'a further round');
      if (step.at === 'wakeAllKswapds') see('the first round');
      if (asksIn(step.records).length > 0) continue;
      return { clause: 'a round begins, and no kswapd is asked', step: i };
    }
    return undefined;
  },
});

/** What is pending after asks, one by one. */
function merged(k: Kernel, pending: Request, zones: number, asks: readonly Ask[]): Pick<Request, 'order' | 'zoneIdx'> {
  let { order, zoneIdx } = pending;
  for (const ask of asks) {
    if (isLater(k)) {
      zoneIdx = zoneIdx === zones ? ask.zoneIdx : Math.max(zoneIdx, ask.zoneIdx);
      order = Math.max(order, ask.order);
    } else if (ask.order > order) {
      order = ask.order;
      zoneIdx = Math.min(zoneIdx, ask.zoneIdx);
    }
  }
  return { order, zoneIdx };
}

const wokenWhereNeeded = machineProperty({
  id: 'an-asked-kswapd-wakes-where-it-is-needed',
  family: 'machine',
  title: 'Of the kswapds that are asked those wake whose zone, or node, needs it',
  statement:
    'A kswapd that sleeps is woken exactly if one of the asks needs it: in v4.0 if the zone that it is asked through ' +
    'is out of balance for the order; later if no zone of the node up to the index serves the order, or one is ' +
    'boosted, and the node is not past hope. What is pending afterwards is merged from what was and every ask.',
  sources: ['v4.0 mm/vmscan.c wakeup_kswapd', 'v4.19 mm/vmscan.c wakeup_kswapd', 'v5.9 mm/vmscan.c wakeup_kswapd'],
  verdicts: EVERY_KERNEL,
  mustSee: { woken: 0.1, 'sleeps on': 0.003, 'does not sleep': 0.1 },
  check: (run, see) => {
    const { kernel } = run;
    for (const [i, { step }] of allocating(run)) {
      const all = asksIn(step.records);
      if (all.length === 0) continue;
      for (const n of new Set(all.map(({ node }) => node))) {
        const asks = all.filter(({ node }) => node === n);
        const before = step.before.memory.pgdats[n]!;
        const { node, waits } = step.after.memory.pgdats[n]!;
        const reserved = node.zones.some(
          (zone, z) => zone.reservedHighatomic !== before.node.zones[z]!.reservedHighatomic,
        );
        if (reserved) continue;
        const { system } = step.after.memory;
        const needed = asks.some(({ zone, order, zoneIdx }) => needsKswapd(kernel, system, node, zone, order, zoneIdx));
        const wakes = before.waits.queued && needed;
        see(!before.waits.queued ? 'does not sleep' : needed ? 'woken' : 'sleeps on');
        const woken = waits.woken && !waits.queued && before.waits.queued;
        if (woken !== wakes) return { clause: `kswapd ${n} is needed: ${needed}, and woken: ${woken}`, step: i };
        const want = merged(kernel, before.node.kswapd, node.zones.length, asks);
        const got = node.kswapd;
        if (got.order === want.order && got.zoneIdx === want.zoneIdx) continue;
        return { clause: `kswapd ${n} is left with order ${got.order} up to zone ${got.zoneIdx}`, step: i };
      }
    }
    return undefined;
  },
});

const kcompactdInstead = machineProperty({
  id: 'kcompactd-is-asked-in-place-of-kswapd',
  family: 'machine',
  title: 'kcompactd is woken where kswapd is not, for a caller that cannot compact',
  statement:
    'With compaction built in, a kswapd that sleeps on although it was asked has kcompactd woken instead, for the ' +
    'order and index that were asked for, exactly if the caller cannot reclaim: for a hopeless node as for a ' +
    'balanced one.',
  sources: ['v4.19 mm/vmscan.c wakeup_kswapd', 'v5.9 mm/vmscan.c wakeup_kswapd'],
  verdicts: { 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'kcompactd woken': 0.013, 'of a hopeless node': 0.005, 'the caller can': 0.03 },
  check: (run, see) => {
    for (const [i, { step }] of allocating(run)) {
      const { before, after, records } = step;
      // Who tells of raised marks is taken for one that cannot reclaim.
      const can = step.at !== 'rmqueue' && (before.task.request.gfp & GFP_DIRECT_RECLAIM) !== 0;
      let got = records.filter(({ ev }) => ev === 'kcompactd').length;
      for (const { node } of asksIn(records)) {
        const sleepsOn = before.memory.pgdats[node]!.waits.queued && after.memory.pgdats[node]!.waits.queued;
        if (!sleepsOn) continue;
        if (can) see('the caller can');
        if (can || !before.memory.system.compaction) continue;
        got--;
        see('kcompactd woken');
        if (isHopeless(before.memory.pgdats[node]!.node)) see('of a hopeless node');
      }
      if (got !== 0) return { clause: `kcompactd is woken ${got} times more than is due`, step: i };
    }
    return undefined;
  },
});

/** Who is asked to reclaim in the background, when, and who is woken. */
export const wakeupProperties: readonly Property[] = [
  askedAfterFirstFailure,
  everyoneIsAsked,
  everyRoundAsks,
  wokenWhereNeeded,
  kcompactdInstead,
];
