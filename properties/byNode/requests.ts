import { hasRule, makeMachine, zoneNormal, type Machine, type Zone } from '../../model/index.ts';
import { anyZoneInBalance, isHopeless, managedUpTo } from '../independent/node.ts';
import { reclaimable } from '../independent/balance.ts';
import { knownToFail, questionProperty, stepProperty, type AskedSubject, type Property } from '../property.ts';
import { everyLater, LATER } from './verdicts.ts';

const WAKEUP = 'v4.19 mm/vmscan.c wakeup_kswapd';
const ALLOW = 'v4.19 mm/vmscan.c allow_direct_reclaim';

/** The machine of a question, with kswapd on its queue. */
function queued({ kernel, system, node }: AskedSubject): Machine {
  const m = makeMachine(kernel, system, node);
  return { ...m, waits: { ...m.waits, queued: true } };
}

const wakeupRaises = stepProperty({
  id: 'a-request-is-merged-with-the-pending-one',
  family: 'requests',
  title: 'A request raises the pending order and the pending index, each by itself',
  statement:
    'After a wake-up through a managed zone the pending order is the higher of the two, and the pending zone index ' +
    'the higher, which now is the wider request; if nothing was asked it is that of the request. Whether kswapd is ' +
    'woken makes no difference. Through an unmanaged zone nothing is asked.',
  keptFor: 'It says what each wake-up does to the request; others see a request that is lost much later.',
  sources: [WAKEUP],
  verdicts: LATER,
  mustSee: { 'the first': 0.2, 'a lower index': 0.01, 'a higher index': 0.01, 'a lower order': 0.02, unmanaged: 0.01 },
  check: ({ step }, see) => {
    if (step.kind !== 'event' || !('wakeup' in step.event)) return undefined;
    const { zone, order, zoneIdx } = step.event.wakeup;
    const before = step.before.node.kswapd;
    const after = step.after.node.kswapd;
    if (step.before.node.zones[zone]!.managed === 0) {
      see('unmanaged');
      return after === before ? undefined : { clause: 'a request through an unmanaged zone is recorded' };
    }
    const none = before.zoneIdx === step.before.node.zones.length;
    if (none) see('the first');
    else if (zoneIdx !== before.zoneIdx) see(zoneIdx < before.zoneIdx ? 'a lower index' : 'a higher index');
    if (order < before.order) see('a lower order');
    const want = none ? zoneIdx : Math.max(before.zoneIdx, zoneIdx);
    if (after.order === Math.max(before.order, order) && after.zoneIdx === want) return undefined;
    return { clause: `a request for ${order}, ${zoneIdx} makes ${after.order}, ${after.zoneIdx} pending` };
  },
});

const filterIsExact = questionProperty({
  id: 'a-node-is-woken-exactly-when-it-needs-it',
  family: 'requests',
  title: 'A wake-up wakes kswapd exactly when the node needs it',
  statement:
    'A kswapd that waits is woken exactly if the zone is managed, the node is not past hope, and no zone serves the ' +
    'request or, where marks are boosted, some zone up to its index is. One that does not wait is never woken.',
  keptFor: 'The rule, written a second time, for each way to ask it.',
  sources: [WAKEUP, 'v5.9 mm/vmscan.c wakeup_kswapd'],
  verdicts: LATER,
  mustSee: { woken: 0.1, balanced: 0.1, hopeless: 0.1, 'the zone is unmanaged': 0.01 },
  check: (asked, see) => {
    const { kernel: k, system, node, zone, args } = asked;
    const m = queued(asked);
    const { order, zoneIdx } = args;
    const balanced = anyZoneInBalance(system, node, order, zoneIdx);
    const boosted = hasRule(k, 'pgdatWatermarkBoosted') && managedUpTo(node, zoneIdx).some(({ boost }) => boost > 0);
    const want = zone.managed > 0 && !isHopeless(node) && (!balanced || boosted);
    if (want) see('woken');
    if (balanced) see('balanced');
    if (isHopeless(node)) see('hopeless');
    if (zone.managed === 0) see('the zone is unmanaged');
    const { machine } = k.wakeupKswapd(k, m, args.zone, order, zoneIdx);
    if (machine.waits.woken !== want || machine.waits.queued === want) {
      return { clause: `balanced: ${balanced}, boosted: ${boosted}; woken: ${machine.waits.woken}` };
    }
    const busy = k.wakeupKswapd(k, makeMachine(k, system, node), args.zone, order, zoneIdx);
    const quiet = busy.records.length === 0 && !busy.machine.waits.woken;
    return quiet ? undefined : { clause: 'a kswapd that does not wait is woken' };
  },
});

/** The zones whose reserve tasks are throttled by. */
const reserveZones = ({ system, node }: AskedSubject): readonly Zone[] =>
  managedUpTo(node, zoneNormal(node)).filter((zone) => reclaimable(system, zone) > 0);

const throttledByReclaimable = questionProperty({
  id: 'throttled-by-zones-with-something-to-reclaim',
  family: 'requests',
  title: 'Tasks are throttled below half of the min marks of zones with something to reclaim',
  statement:
    'A task may reclaim directly exactly while the zones up to Normal that have pages to reclaim show more free ' +
    'pages than half of their min marks and boosts, or there is no such mark, or the node is past hope; one that ' +
    'may not wakes kswapd, for the Normal zone at most.',
  sources: [ALLOW],
  verdicts: LATER,
  mustSee: { 'exactly half': 0.002, throttled: 0.05, 'no reserve': 0.02, hopeless: 0.1 },
  check: (asked, see) => {
    const { kernel: k, node } = asked;
    const m = queued(asked);
    const zones = reserveZones(asked);
    const reserve = zones.reduce((sum, { watermark, boost }) => sum + watermark.min + boost, 0);
    const free = zones.reduce((sum, zone) => sum + Math.max(0, zone.freeArea.pages + zone.vmstatDrift), 0);
    const half = (reserve - (reserve % 2)) / 2;
    if (reserve === 0) see('no reserve');
    else if (free === half) see('exactly half');
    if (isHopeless(node)) see('hopeless');
    const want = isHopeless(node) || reserve === 0 || free > half;
    if (!want) see('throttled');
    const { ok, machine } = k.allowDirectReclaim(k, m);
    if (ok !== want) return { clause: `${free} pages are free, half of the min marks is ${half}: ${ok}` };
    const zoneIdx = want ? node.kswapd.zoneIdx : Math.min(node.kswapd.zoneIdx, zoneNormal(node));
    if (machine.waits.woken !== want && machine.node.kswapd.zoneIdx === zoneIdx) return undefined;
    return { clause: `throttled: ${!want}; woken: ${machine.waits.woken}, pending ${machine.node.kswapd.zoneIdx}` };
  },
});

const throttlingNarrows = questionProperty({
  id: 'throttling-never-narrows-a-request',
  family: 'requests',
  title: 'A throttled task never narrows a request',
  statement: 'After a task was throttled the pending zone index is no lower than before, if one was pending.',
  sources: [ALLOW],
  verdicts: everyLater(
    knownToFail(
      'The pending index is cut down to the Normal zone, as it was right when a lower index was the stricter ' +
        'request. Now it is the narrower one: a request for Movable that is pending becomes one for Normal.',
      'LATENT-4',
    ),
  ),
  mustSee: { 'throttled with a request pending': 0.01 },
  check: (asked, see) => {
    const { kernel: k, node } = asked;
    const { zoneIdx } = node.kswapd;
    const { ok, machine } = k.allowDirectReclaim(k, queued(asked));
    if (ok || zoneIdx === node.zones.length) return undefined;
    see('throttled with a request pending');
    const after = machine.node.kswapd.zoneIdx;
    return after >= zoneIdx ? undefined : { clause: `a request for zone index ${zoneIdx} becomes one for ${after}` };
  },
});

const throttledNeedsKswapd = questionProperty({
  id: 'throttled-only-while-kswapd-has-work',
  family: 'requests',
  title: 'Tasks wait for kswapd only while it has something to do',
  statement: 'A task that is throttled waits for a node that is out of balance up to its Normal zone.',
  sources: [ALLOW, 'v4.19 mm/vmscan.c prepare_kswapd_sleep'],
  verdicts: everyLater(
    knownToFail(
      'Tasks are throttled by zones with something to reclaim, on counters that may lag; kswapd is content with any ' +
        'zone, counted with care. It lets the task go, sleeps, and the next look throttles it again.',
      '6aaced5abd32',
      '501b26510ae3',
    ),
  ),
  mustSee: { throttled: 0.05 },
  check: (asked, see) => {
    const { kernel: k, system, node } = asked;
    const { ok } = k.allowDirectReclaim(k, queued(asked));
    if (ok) return undefined;
    see('throttled');
    const normal = zoneNormal(node);
    if (!anyZoneInBalance(system, node, 0, normal)) return undefined;
    return { clause: `a task is throttled, and the node is balanced up to zone ${normal}` };
  },
});

/** What a wake-up and a throttled task do to kswapd from v4.8 on. */
export const nodeRequestProperties: readonly Property[] = [
  wakeupRaises,
  filterIsExact,
  throttledByReclaimable,
  throttlingNarrows,
  throttledNeedsKswapd,
];
