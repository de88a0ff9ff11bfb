import type { Node, Request, Step } from '../../model/index.ts';
import { mayRest } from '../independent/node.ts';
import { HOLDS, knownToFail, stepProperty, watchProperty, type Property } from '../property.ts';
import { saw } from './steps.ts';
import { everyLater } from './verdicts.ts';

const LOOP = 'v4.19 mm/vmscan.c kswapd';
const TRY_TO_SLEEP = 'v4.19 mm/vmscan.c kswapd_try_to_sleep';

type Asked = Pick<Request, 'order' | 'zoneIdx'>;

const isPending = ({ zones, kswapd }: Node): boolean => kswapd.zoneIdx < zones.length;

/** Whether kswapd may rest on a request as things are after a step. */
const restsOn = ({ after: { system, node } }: Step, { order, zoneIdx }: Asked): boolean =>
  mayRest(system, node, order, zoneIdx);

const shown = ({ order, zoneIdx }: Asked): string => `order ${order} up to zone ${zoneIdx}`;

const failedSleepKeepsIndex = stepProperty({
  id: 'a-failed-sleep-keeps-the-index',
  family: 'requests',
  title: 'Without a new request kswapd keeps its index',
  statement: 'When kswapd takes over the pending request and there is none, it goes on with the index that it had.',
  sources: [LOOP],
  verdicts: {
    'v4.19': knownToFail(
      'Where no index is pending the default is 0: after an attempt to sleep that failed, kswapd balances the ' +
        'lowest zone alone, which is no help to the zone that is low, and then sleeps for that zone alone.',
      'dffcac2cb88e',
    ),
    'v5.9': HOLDS,
  },
  mustSee: { 'nothing asked': 0.1, 'a higher index': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'takeRequest') return undefined;
    const { node, thread } = step.before;
    if (isPending(node)) return undefined;
    see('nothing asked');
    if (thread.classzoneIdx > 0) see('a higher index');
    const after = step.after.thread.classzoneIdx;
    const held = thread.classzoneIdx;
    return after === held ? undefined : { clause: `kswapd was at zone index ${held}, and goes on at ${after}` };
  },
});

const neverNarrows = stepProperty({
  id: 'kswapd-never-turns-to-a-narrower-request',
  family: 'requests',
  title: 'kswapd does not turn to a narrower request before it may rest',
  statement:
    'While the node is neither balanced for order 0 and the index that kswapd holds, nor past hope, kswapd does not ' +
    'turn to a lower index.',
  sources: [LOOP, 'v5.9 mm/vmscan.c kswapd_highest_zoneidx'],
  verdicts: {
    'v4.19': knownToFail(
      'After an attempt to sleep kswapd takes the pending index alone, or 0 if none is pending, and forgets its own.',
      'dffcac2cb88e',
    ),
    'v5.9': knownToFail(
      'Any pending index replaces the one that kswapd holds, a lower one too, and even before the attempt to sleep: ' +
        'a request for a low zone, made while kswapd was at work for all, ends that work.',
    ),
  },
  mustSee: { 'a lower index is pending': 0.02, 'work left': 0.02 },
  check: ({ step }, see) => {
    if (step.at !== 'takeRequest' && step.at !== 'readRequest') return undefined;
    const { system, node, thread } = step.before;
    const held = thread.classzoneIdx;
    const lower = isPending(node) && node.kswapd.zoneIdx < held;
    if (lower) see('a lower index is pending');
    if (mayRest(system, node, 0, held)) return undefined;
    if (lower) see('work left');
    const after = step.after.thread.classzoneIdx;
    return after >= held ? undefined : { clause: `kswapd turns from zone index ${held} to ${after} with work left` };
  },
});

const asked = ({ order, zoneIdx }: Asked): Asked => ({ order, zoneIdx });

const fallBackHidesNothing = watchProperty({
  id: 'a-fallen-back-order-hides-no-request',
  family: 'requests',
  title: 'A run that gave its order up hides no request',
  statement:
    'When kswapd goes fully to sleep right after a run that gave its order up, it may rest on the request that was ' +
    'pending when that run ended.',
  sources: [LOOP],
  verdicts: everyLater(
    knownToFail(
      'After such a run kswapd tries to sleep on order 0 and the index that it served, and looks for no request ' +
        'before: one that was made meanwhile waits unread until someone wakes kswapd again.',
      'LATENT-7',
    ),
  ),
  mustSee: { 'a request was pending': 0.01, asleep: 0.02 },
  watch: {
    begin: () => ({ pending: undefined as Asked | undefined, hidden: false }),
    next: (seen, step, see) => {
      const { node, thread } = step.after;
      if (step.at === 'readRequest' || step.at === 'takeRequest') seen.hidden = false;
      if (step.at === 'checkOrder') {
        seen.hidden = thread.at === 'kswapdTryToSleep';
        seen.pending = isPending(node) ? asked(node.kswapd) : undefined;
        if (seen.hidden && seen.pending !== undefined) see('a request was pending');
      }
      if (!seen.hidden || !saw(step, 'sleep')) return undefined;
      see('asleep');
      if (seen.pending === undefined || restsOn(step, seen.pending)) return undefined;
      return { clause: `kswapd sleeps, and ${shown(seen.pending)} has been asked for and is not served` };
    },
  },
});

const napIsHeard = watchProperty({
  id: 'a-wake-up-in-a-nap-is-heard',
  family: 'requests',
  title: 'A wake-up in the short sleep is heard',
  statement:
    'When kswapd goes fully to sleep after a wake-up in its short sleep, it may rest on what that wake-up asked for.',
  sources: [TRY_TO_SLEEP],
  verdicts: everyLater(
    knownToFail(
      'Whether the nap was cut short is told by the time that is left. A wake-up in its last moment leaves none: the ' +
        'second check asks for the old order and index, and kswapd sleeps on the new request.',
    ),
  ),
  mustSee: { 'woken in a nap': 0.05, 'asleep after it': 0.005 },
  watch: {
    begin: () => ({ woken: undefined as Asked | undefined }),
    next: (seen, step, see) => {
      if (step.at === 'kswapdTryToSleep') seen.woken = undefined;
      if (step.at === 'shortSleep' && step.kind === 'event' && saw(step, 'wakeup') && 'wakeup' in step.event) {
        see('woken in a nap');
        seen.woken = asked(step.event.wakeup);
      }
      if (seen.woken === undefined || !saw(step, 'sleep')) return undefined;
      see('asleep after it');
      if (restsOn(step, seen.woken)) return undefined;
      return { clause: `kswapd was woken for ${shown(seen.woken)}, and sleeps with that undone` };
    },
  },
});

const freezeKeepsRequest = stepProperty({
  id: 'a-freeze-loses-no-request',
  family: 'requests',
  title: 'A freeze loses no request',
  statement:
    'When kswapd stands still for the freezer with a request taken over, it may rest on that request, or at least as ' +
    'much is pending again.',
  sources: [LOOP],
  verdicts: everyLater(
    knownToFail(
      'The request was forgotten when it was taken over, and after the freeze its run is skipped: kswapd reads what ' +
        'is pending then, which may be nothing.',
      'LATENT-3',
    ),
  ),
  mustSee: { frozen: 0.03, 'with work to do': 0.003 },
  check: ({ step }, see) => {
    if (step.at !== 'checkFreeze' || step.after.thread.at === 'stopped' || !saw(step, 'frozen')) return undefined;
    see('frozen');
    const { order, classzoneIdx: zoneIdx } = step.before.thread;
    if (restsOn(step, { order, zoneIdx })) return undefined;
    see('with work to do');
    const { node } = step.after;
    const kept = isPending(node) && node.kswapd.order >= order && node.kswapd.zoneIdx >= zoneIdx;
    return kept ? undefined : { clause: `kswapd held a request for ${shown({ order, zoneIdx })}, and no one does now` };
  },
});

const sleepsOnItsWakeUp = watchProperty({
  id: 'kswapd-sleeps-on-what-it-was-woken-for',
  family: 'requests',
  title: 'kswapd goes back to sleep when what it was woken for is served',
  statement:
    'When kswapd goes fully to sleep again, and no one took pages nor froze it since a wake-up woke it, it may rest ' +
    'on order 0 and the index that the wake-up asked for.',
  sources: ['v4.19 mm/vmscan.c wakeup_kswapd', LOOP],
  verdicts: {
    'v4.19': knownToFail(
      'After a run in vain kswapd turns to the lowest zone and sleeps for that one. And requests are merged into the ' +
        'highest index: a zone that serves it is enough, even one that a lower index excludes.',
      'dffcac2cb88e',
      '86c79f6b5426',
    ),
    'v5.9': knownToFail(
      'Requests are merged into the highest index, and one zone that serves it is enough to sleep, even one that a ' +
        'lower index excludes. After a run in vain a later request for lower zones takes the place of the first.',
      '86c79f6b5426',
    ),
  },
  mustSee: { woken: 0.1, served: 0.05 },
  watch: {
    begin: () => ({ woken: undefined as Asked | undefined }),
    next: (seen, step, see) => {
      if (step.kind === 'event' && 'wakeup' in step.event && step.at === 'sleep' && saw(step, 'wakeup')) {
        see('woken');
        seen.woken = { order: 0, zoneIdx: step.event.wakeup.zoneIdx };
      } else if (step.kind === 'event' && ('take' in step.event || 'freeze' in step.event || 'stop' in step.event)) {
        seen.woken = undefined;
      }
      if (seen.woken === undefined || !saw(step, 'sleep')) return undefined;
      if (!restsOn(step, seen.woken))
        return { clause: `kswapd was woken up to zone ${seen.woken.zoneIdx}, and sleeps` };
      see('served');
      seen.woken = undefined;
      return undefined;
    },
  },
});

/** How requests are lost from v4.8 on. */
export const lostRequestProperties: readonly Property[] = [
  failedSleepKeepsIndex,
  neverNarrows,
  fallBackHidesNothing,
  napIsHeard,
  freezeKeepsRequest,
  sleepsOnItsWakeUp,
];
