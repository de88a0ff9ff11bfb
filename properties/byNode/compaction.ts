import { laterCompactionAnswer, mayRest, tooWhole } from '../independent/node.ts';
import { questionProperty, stepProperty, type Property } from '../property.ts';
import { recordOf, runOf } from './steps.ts';
import { LATER } from './verdicts.ts';

const SUITABLE = 'v4.19 mm/compaction.c __compaction_suitable';

const suitableSaysWhy = questionProperty({
  id: 'compaction-asks-for-what-it-needs',
  family: 'compaction',
  title: 'Compaction asks for twice the request above min, or low for costly orders',
  statement:
    'The answers agree with a formulation that uses none of the model’s rules: the request would succeed at its own ' +
    'mark, or compaction would have room to work in, or not; and to the outside a costly order is skipped where ' +
    'memory is not fragmented.',
  sources: [SUITABLE, 'v4.19 mm/compaction.c compaction_suitable'],
  verdicts: LATER,
  mustSee: {
    COMPACT_SUCCESS: 0.1,
    COMPACT_SKIPPED: 0.1,
    COMPACT_CONTINUE: 0.02,
    'skipped as too whole': 0.002,
    'compaction of everything': 0.3,
  },
  check: ({ kernel: k, system, zone, args, allocFlags }, see) => {
    const { order, zoneIdx, mark } = args;
    const cheap = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
    for (const target of [cheap, mark]) {
      const want = laterCompactionAnswer(system, zone, order, allocFlags, zoneIdx, target);
      if (want === 'COMPACT_SUCCESS' || want === 'COMPACT_SKIPPED' || want === 'COMPACT_CONTINUE') see(want);
      const got = k.__compactionSuitable(k, system, zone, order, allocFlags, zoneIdx, target);
      if (got !== want) return { clause: `for order ${order} and ${target} pages it should be ${want}, but is ${got}` };
    }
    see('compaction of everything');
    const all = k.__compactionSuitable(k, system, zone, -1, allocFlags, zoneIdx, cheap);
    if (all !== 'COMPACT_CONTINUE') return { clause: `compaction of everything is answered ${all}` };
    const inside = laterCompactionAnswer(system, zone, order, allocFlags, zoneIdx, cheap);
    const whole = inside === 'COMPACT_CONTINUE' && tooWhole(system, zone, order);
    if (whole) see('skipped as too whole');
    const want = !system.compaction || whole ? 'COMPACT_SKIPPED' : inside;
    const got = k.compactionSuitable(k, system, zone, order, allocFlags, zoneIdx);
    return got === want ? undefined : { clause: `to the outside it should be ${want}, but is ${got}` };
  },
});

const kcompactdIsWoken = stepProperty({
  id: 'kcompactd-is-woken-with-every-nap',
  family: 'compaction',
  title: 'kcompactd is woken when kswapd dozes off, and at two other times',
  statement:
    'With compaction built in, kcompactd is woken exactly: before a short sleep, for the order that was asked for; ' +
    'after a run that found boosts, for order 9; and by an allocator that cannot reclaim, when kswapd waits and is ' +
    'not woken, for the order of the request.',
  keptFor: 'It is all that is said of who takes over from kswapd, order and zone included.',
  sources: [
    'v4.19 mm/vmscan.c kswapd_try_to_sleep',
    'v4.19 mm/vmscan.c wakeup_kswapd',
    'v5.9 mm/vmscan.c balance_pgdat',
  ],
  verdicts: LATER,
  mustSee: { 'before a nap': 0.3, 'by an allocator': 0.02, 'no compaction': 0.05 },
  check: ({ step }, see) => {
    const { system, node, thread, waits } = step.before;
    let want: number | undefined;
    if (step.at === 'kswapdTryToSleep' && !waits.freezing && !waits.shouldStop) {
      if (mayRest(system, node, thread.balancedOrder, thread.classzoneIdx)) want = thread.order;
      if (want !== undefined) see('before a nap');
    } else if (step.at === 'balanced' && runOf(step.before).zoneBoosts.some((pages) => pages > 0)) {
      want = 9;
    } else if (step.kind === 'event' && 'wakeup' in step.event) {
      const { zone, order, directReclaim = true } = step.event.wakeup;
      const passedBy = waits.queued && step.after.waits.queued && node.zones[zone]!.managed > 0;
      if (passedBy && !directReclaim) want = order;
      if (want !== undefined) see('by an allocator');
    }
    if (want !== undefined && !system.compaction) {
      see('no compaction');
      want = undefined;
    }
    const got = recordOf(step, 'kcompactd')?.order;
    return got === want ? undefined : { clause: `kcompactd should be woken for ${want ?? 'nothing'}, is for ${got}` };
  },
});

/** What compaction needs from v4.9 on, and when kcompactd is woken. */
export const kcompactdProperties: readonly Property[] = [suitableSaysWhy, kcompactdIsWoken];
