import { anyZoneInBalance, isHopeless } from '../independent/node.ts';
import { stepProperty, type Property } from '../property.ts';
import { saw } from './steps.ts';
import { LATER } from './verdicts.ts';

const TRY_TO_SLEEP = 'v4.19 mm/vmscan.c kswapd_try_to_sleep';
const PREPARE = 'v4.19 mm/vmscan.c prepare_kswapd_sleep';

const sleepWhenBalancedOrHopeless = stepProperty({
  id: 'sleep-only-when-balanced-or-hopeless',
  family: 'sleep',
  title: 'kswapd sleeps only when the node is balanced or past hope',
  statement:
    'A full sleep is entered only in a state where some zone serves the order that the last run ended at and the ' +
    'index at hand, or after 16 fruitless runs in a row, by a formulation that does not use the model’s rules.',
  keptFor: 'It is the promise that users know: the rules behind it have exact properties of their own.',
  sources: [PREPARE],
  verdicts: LATER,
  mustSee: { sleep: 0.3, 'sleep at a high order': 0.02, 'hopeless and out of balance': 0.01, 'sleep refused': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'recheckSleep') return undefined;
    const { system, node, thread } = step.before;
    const { balancedOrder: order, classzoneIdx: zoneIdx } = thread;
    if (!saw(step, 'sleep')) return void see('sleep refused');
    see('sleep');
    if (order > 0) see('sleep at a high order');
    if (anyZoneInBalance(system, node, order, zoneIdx)) return undefined;
    if (isHopeless(node)) return void see('hopeless and out of balance');
    return { clause: `kswapd sleeps, but no zone up to ${zoneIdx} serves order ${order}` };
  },
});

const hitQuickly = stepProperty({
  id: 'one-event-for-a-nap-that-fails',
  family: 'sleep',
  title: 'An attempt to sleep that fails counts one event, the right one',
  statement:
    'An attempt that does not end in a full sleep counts low_wmark_hit_quickly if the short sleep was cut short, and ' +
    'high_wmark_hit_quickly if the node was neither balanced nor hopeless; a sleep counts none.',
  sources: [TRY_TO_SLEEP],
  verdicts: LATER,
  mustSee: { low: 0.05, high: 0.05, neither: 0.3 },
  check: ({ step }, see) => {
    const low = saw(step, 'low_wmark_hit_quickly');
    const high = saw(step, 'high_wmark_hit_quickly');
    if (step.at !== 'recheckSleep') {
      return low || high ? { clause: `an event is counted at ${step.at}, outside an attempt to sleep` } : undefined;
    }
    const { system, node, thread } = step.before;
    const { remaining, balancedOrder, classzoneIdx } = thread;
    const wantLow = remaining > 0;
    const rests = isHopeless(node) || anyZoneInBalance(system, node, balancedOrder, classzoneIdx);
    const wantHigh = !wantLow && !rests;
    see(wantLow ? 'low' : wantHigh ? 'high' : 'neither');
    if (low === wantLow && high === wantHigh) return undefined;
    return { clause: `low_wmark_hit_quickly: ${low}, high_wmark_hit_quickly: ${high}, ${remaining} jiffies remaining` };
  },
});

const napIsGoneOnWith = stepProperty({
  id: 'a-nap-cut-short-asks-again',
  family: 'sleep',
  title: 'A nap that is cut short leaves what kswapd was at as a request',
  statement:
    'When a wake-up cuts the short sleep short, the pending order becomes the higher one of it and the order that ' +
    'the last run ended at, and the pending index that of kswapd, if nothing is asked; up to v5.2 it is raised to ' +
    'that of kswapd. An undisturbed nap leaves no request.',
  sources: [TRY_TO_SLEEP],
  verdicts: LATER,
  mustSee: { 'cut short': 0.05, undisturbed: 0.3 },
  check: ({ kernel: k, step }, see) => {
    if (step.kind !== 'resume' || step.at !== 'shortSleep') return undefined;
    const { node, thread } = step.before;
    const cut = step.after.thread.remaining > 0;
    see(cut ? 'cut short' : 'undisturbed');
    const { order, zoneIdx } = node.kswapd;
    const none = zoneIdx === node.zones.length;
    const index = none || (k.base === 'v4.19' && zoneIdx < thread.classzoneIdx) ? thread.classzoneIdx : zoneIdx;
    const want = cut ? { order: Math.max(order, thread.balancedOrder), zoneIdx: index } : { order, zoneIdx };
    const after = step.after.node.kswapd;
    if (after.order === want.order && after.zoneIdx === want.zoneIdx) return undefined;
    return { clause: `order ${after.order}, ${after.zoneIdx} is pending instead of ${want.order}, ${want.zoneIdx}` };
  },
});

/** When kswapd sleeps from v4.8 on. */
export const nodeSleepProperties: readonly Property[] = [sleepWhenBalancedOrHopeless, hitQuickly, napIsGoneOnWith];
