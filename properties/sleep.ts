import { isYieldPoint, type Step } from '../model/index.ts';
import { nodeInBalance } from './independent/balance.ts';
import { EVERY_KERNEL, HOLDS, stepProperty, watchProperty, type Property } from './property.ts';

const TRY_TO_SLEEP = 'v4.0 mm/vmscan.c kswapd_try_to_sleep';
const PREPARE = 'v4.0 mm/vmscan.c prepare_kswapd_sleep';

const records = (step: Step, ev: string): boolean => step.records.some((record) => record.ev === ev);

const sleepOnlyWhenBalanced = stepProperty({
  id: 'sleep-only-when-balanced',
  family: 'sleep',
  title: 'kswapd sleeps only when the node is balanced',
  statement:
    'A full sleep is entered only in a state where the node is balanced for the order and zone index that kswapd ' +
    'last ' +
    'reclaimed at, by a formulation of the rule that does not use the model’s.',
  keptFor: 'It is the promise that users know: the rules behind it have exact properties of their own.',
  sources: [PREPARE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { sleep: 0.3, 'sleep at a high order': 0.05, 'sleep refused': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'recheckSleep') return undefined;
    const { system, node, thread } = step.before;
    const { balancedOrder: order, balancedClasszoneIdx: zoneIdx } = thread;
    if (!records(step, 'sleep')) return void see('sleep refused');
    see('sleep');
    if (order > 0) see('sleep at a high order');
    if (nodeInBalance(system, node, order, zoneIdx)) return undefined;
    return { clause: `kswapd sleeps, but the node is not balanced for order ${order} and zone index ${zoneIdx}` };
  },
});

const sleepAfterUndisturbedNap = watchProperty({
  id: 'sleep-after-undisturbed-nap',
  family: 'sleep',
  title: 'A full sleep follows an undisturbed short one',
  statement:
    'kswapd goes fully to sleep only after a short sleep from which no one woke it, or after a first check that ' +
    'had failed ' +
    'and now holds.',
  keptFor: 'It tells the two attempts to sleep apart in the order that people expect.',
  sources: [TRY_TO_SLEEP],
  verdicts: EVERY_KERNEL,
  mustSee: { 'undisturbed nap': 0.3, 'disturbed nap': 0.05 },
  watch: {
    begin: () => ({ nap: 'none' as 'none' | 'undisturbed' | 'disturbed', refused: false }),
    next: (seen, step, see) => {
      if (step.at === 'kswapdTryToSleep') {
        seen.nap = 'none';
        seen.refused = step.after.thread.at === 'recheckSleep';
      }
      if (step.at === 'shortSleep' && step.kind === 'resume') {
        seen.nap = step.before.waits.woken && (step.input.remaining ?? 0) > 0 ? 'disturbed' : 'undisturbed';
        see(seen.nap === 'disturbed' ? 'disturbed nap' : 'undisturbed nap');
      }
      if (!records(step, 'sleep') || seen.nap === 'undisturbed' || (seen.nap === 'none' && seen.refused))
        return undefined;
      const how = seen.nap === 'none' ? 'without a short sleep' : 'although its short sleep was cut short';
      return { clause: `kswapd sleeps fully ${how}` };
    },
  },
});

const oneHitQuicklyPerFailure = stepProperty({
  id: 'one-hit-quickly-event-per-failure',
  family: 'sleep',
  title: 'A failed attempt to sleep counts one event, the right one',
  statement:
    'An attempt that does not end in a full sleep counts exactly one event: low_wmark_hit_quickly if the short ' +
    'sleep was cut ' +
    'short, high_wmark_hit_quickly if the node was not balanced. A sleep counts none.',
  sources: [TRY_TO_SLEEP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { low: 0.05, high: 0.05, neither: 0.3 },
  check: ({ step }, see) => {
    const low = step.records.filter(({ ev }) => ev === 'low_wmark_hit_quickly').length;
    const high = step.records.filter(({ ev }) => ev === 'high_wmark_hit_quickly').length;
    if (step.at !== 'recheckSleep') {
      return low + high === 0
        ? undefined
        : { clause: `an event is counted at ${step.at}, outside an attempt to sleep` };
    }
    const { system, node, thread } = step.before;
    const { remaining, balancedOrder, balancedClasszoneIdx } = thread;
    const wantLow = remaining > 0 ? 1 : 0;
    const wantHigh = remaining === 0 && !nodeInBalance(system, node, balancedOrder, balancedClasszoneIdx) ? 1 : 0;
    see(wantLow === 1 ? 'low' : wantHigh === 1 ? 'high' : 'neither');
    if (low === wantLow && high === wantHigh) return undefined;
    return {
      clause:
        `expected ${wantLow} low_wmark_hit_quickly and ${wantHigh} high_wmark_hit_quickly with ${remaining} jiffies ` +
        `remaining, but ${low} and ${high} were counted`,
    };
  },
});

const noThrottledTaskLeft = stepProperty({
  id: 'no-throttled-task-left',
  family: 'sleep',
  title: 'No throttled task is left waiting when kswapd sleeps',
  statement: 'When kswapd goes fully to sleep, no task waits on pfmemalloc_wait.',
  sources: [PREPARE],
  verdicts: EVERY_KERNEL,
  mustSee: { 'sleep after a throttled task was let go': 0.02, sleep: 0.3 },
  check: ({ step }, see) => {
    if (!records(step, 'sleep')) return undefined;
    see('sleep');
    if (step.before.waits.throttled > 0) see('sleep after a throttled task was let go');
    const { throttled } = step.after.waits;
    return throttled === 0 ? undefined : { clause: `kswapd sleeps while ${throttled} throttled tasks wait` };
  },
});

const wokenOnlyThroughQueue = stepProperty({
  id: 'woken-only-through-queue',
  family: 'sleep',
  title: 'kswapd is woken only through its queue',
  statement:
    'Besides the freezer and a stop, kswapd is made runnable only by a wake-up while it stands on its queue, and ' +
    'that takes it ' +
    'off the queue: a second wake-up of the same sleep finds no one.',
  sources: ['v4.0 mm/vmscan.c wakeup_kswapd', 'v4.0 kernel/sched/wait.c autoremove_wake_function'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'woken through the queue': 0.1, 'wake-up that finds no one': 0.1, 'woken by the freezer or a stop': 0.02 },
  check: ({ step }, see) => {
    if (step.kind !== 'event') return undefined;
    const { before, after, event } = step;
    const told = 'freeze' in event || 'stop' in event;
    const became = after.waits.woken && !before.waits.woken;
    if ('wakeup' in event && !before.waits.queued) see('wake-up that finds no one');
    if (told) {
      if (became && isYieldPoint(step.at)) see('woken by the freezer or a stop');
      return after.waits.queued === before.waits.queued
        ? undefined
        : { clause: 'the freezer or a stop took kswapd off its queue' };
    }
    const left = before.waits.queued && !after.waits.queued;
    if (left) see('woken through the queue');
    if (became && !before.waits.queued) return { clause: 'kswapd was woken although it did not stand on its queue' };
    if (left && !after.waits.woken) return { clause: 'kswapd left its queue without being woken' };
    if (became && after.waits.queued) return { clause: 'kswapd was woken through its queue and still stands on it' };
    return undefined;
  },
});

/** When kswapd sleeps, when it does not, and who wakes it. */
export const sleepProperties: readonly Property[] = [
  sleepOnlyWhenBalanced,
  sleepAfterUndisturbedNap,
  oneHitQuicklyPerFailure,
  noThrottledTaskLeft,
  wokenOnlyThroughQueue,
];
