import { makeMachine, populatedZone, zoneNormal, type Machine } from '../model/index.ts';
import { zoneInBalance } from './independent/balance.ts';
import { HOLDS, questionProperty, type AskedSubject, type Property } from './property.ts';

/** The machine of a question, with kswapd on its queue. */
function queued({ kernel, system, node }: AskedSubject): Machine {
  const m = makeMachine(kernel, system, node);
  return { ...m, waits: { ...m.waits, queued: true } };
}

const wakeupFilterIsExact = questionProperty({
  id: 'wake-up-filter-is-exact',
  family: 'requests',
  title: 'A wake-up wakes kswapd exactly when the zone needs it',
  statement:
    'A kswapd that waits is woken exactly if the zone is populated and not balanced for the order, without ' +
    'reserve; the request is kept, order and lower zone index together, exactly if its order is above the ' +
    'pending one.',
  sources: ['v4.0 mm/vmscan.c wakeup_kswapd'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { woken: 0.1, 'the zone is balanced': 0.1, 'the pending order': 0.02, 'a higher order': 0.2 },
  check: (asked, see) => {
    const { kernel: k, system, zone, args } = asked;
    const m = queued(asked);
    const { order, zoneIdx } = args;
    const { machine } = k.wakeupKswapd(k, m, args.zone, order, zoneIdx);
    const balanced = zoneInBalance(system, zone, order, 0);
    const want = populatedZone(zone) && !balanced;
    see(want ? 'woken' : 'the zone is balanced');
    if (machine.waits.woken !== want || machine.waits.queued === want) {
      return { clause: `${zone.name} is balanced for order ${order}: ${balanced}; woken: ${machine.waits.woken}` };
    }
    const pending = m.node.kswapd;
    const kept = populatedZone(zone) && order > pending.order;
    see(order > pending.order ? 'a higher order' : 'the pending order');
    const after = machine.node.kswapd;
    const wantIdx = kept ? Math.min(pending.zoneIdx, zoneIdx) : pending.zoneIdx;
    if (after.order === (kept ? order : pending.order) && after.zoneIdx === wantIdx) return undefined;
    return { clause: `order ${pending.order}, zone ${pending.zoneIdx} became ${after.order}, ${after.zoneIdx}` };
  },
});

const throttleAtHalf = questionProperty({
  id: 'throttled-at-half-of-the-reserve',
  family: 'requests',
  title: 'Tasks are throttled below half of the min marks',
  statement:
    'A task may reclaim directly exactly while the zones up to Normal have more free pages than half of their ' +
    'min marks, or no min mark at all; one that may not wakes kswapd for the Normal zone at most.',
  sources: ['v4.0 mm/vmscan.c pfmemalloc_watermark_ok'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'exactly half': 0.005, 'one page more': 0.005, throttled: 0.05, 'no reserve': 0.02 },
  check: (asked, see) => {
    const { kernel: k, node } = asked;
    const m = queued(asked);
    const normal = zoneNormal(node);
    const zones = node.zones.filter((zone, i) => i <= normal && populatedZone(zone));
    const reserve = zones.reduce((sum, { watermark }) => sum + watermark.min, 0);
    const free = zones.reduce((sum, zone) => sum + Math.max(0, zone.freeArea.pages + zone.vmstatDrift), 0);
    const half = (reserve - (reserve % 2)) / 2;
    if (reserve === 0) see('no reserve');
    else if (free === half) see('exactly half');
    else if (free === half + 1) see('one page more');
    const want = reserve === 0 || free > half;
    if (!want) see('throttled');
    const { ok, machine } = k.pfmemallocWatermarkOk(k, m);
    if (ok !== want)
      return { clause: `${free} pages are free, half of the min marks is ${half}, and the answer is ${ok}` };
    const zoneIdx = want ? node.kswapd.zoneIdx : Math.min(node.kswapd.zoneIdx, normal);
    if (machine.waits.woken !== want && machine.node.kswapd.zoneIdx === zoneIdx) return undefined;
    return {
      clause: `throttled: ${!want}; woken: ${machine.waits.woken}, pending index ${machine.node.kswapd.zoneIdx}`,
    };
  },
});

/** What a wake-up and a throttled task do to kswapd. */
export const wakeupProperties: readonly Property[] = [wakeupFilterIsExact, throttleAtHalf];
