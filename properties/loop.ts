import {
  hasRule,
  nrZones,
  populatedZone,
  ZONE_CONGESTED,
  ZONE_DIRTY,
  ZONE_WRITEBACK,
  type Step,
} from '../model/index.ts';
import { givenUp, zoneInBalance } from './independent/balance.ts';
import { EVERY_KERNEL, HOLDS, stepProperty, type Property } from './property.ts';

const LOOP = 'v4.0 mm/vmscan.c kswapd';
const BALANCE = 'v4.0 mm/vmscan.c balance_pgdat';

const saw = (step: Step, ev: string): boolean => step.records.some((record) => record.ev === ev);

const freezerAndStopFirst = stepProperty({
  id: 'freezer-and-stop-come-first',
  family: 'loop',
  title: 'The freezer and a stop are obeyed before balancing',
  statement:
    'Before it balances, kswapd stands still if the freezer asks, once for each time it asks, and then does not ' +
    'balance; and it leaves its loop if it was told to stop.',
  sources: [LOOP],
  verdicts: EVERY_KERNEL,
  mustSee: { frozen: 0.03, stopped: 0.01, neither: 0.5 },
  check: ({ kernel, step }, see) => {
    if (step.at !== 'checkFreeze') return undefined;
    const { freezing, shouldStop } = step.before.waits;
    see(shouldStop ? 'stopped' : freezing ? 'frozen' : 'neither');
    const head = hasRule(kernel, 'shrinkNode') ? 'readRequest' : 'checkRequest';
    const want = shouldStop ? 'stopped' : freezing ? head : 'wake';
    if (step.after.thread.at !== want)
      return { clause: `kswapd goes on at ${step.after.thread.at} instead of ${want}` };
    if (saw(step, 'frozen') !== freezing || saw(step, 'stopped') !== shouldStop) {
      return { clause: 'what kswapd recorded is not what it was told' };
    }
    return step.after.waits.freezing ? { clause: 'the freezer still waits after kswapd stood still' } : undefined;
  },
});

const requestIsTakenOver = stepProperty({
  id: 'request-is-taken-over-whole',
  family: 'loop',
  title: 'kswapd takes a request over whole, and balances for it',
  statement:
    'After an attempt to sleep the pending order and zone index become kswapd’s own and the pending ones start ' +
    'over; the run that begins is for what kswapd holds.',
  sources: [LOOP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a request': 0.2, 'nothing asked': 0.2, 'a run begins': 0.5 },
  check: ({ step }, see) => {
    const { before, after } = step;
    if (step.at === 'takeRequest') {
      const asked = before.node.kswapd;
      const top = nrZones(before.node) - 1;
      see(asked.order > 0 || asked.zoneIdx < top ? 'a request' : 'nothing asked');
      const { order, classzoneIdx, newOrder, newClasszoneIdx } = after.thread;
      const taken = [order, newOrder].every((o) => o === asked.order);
      if (!taken || classzoneIdx !== asked.zoneIdx || newClasszoneIdx !== asked.zoneIdx) {
        return {
          clause: `order ${asked.order} up to zone ${asked.zoneIdx} is pending, kswapd takes ${order}, ${classzoneIdx}`,
        };
      }
      const { kswapd } = after.node;
      return kswapd.order === 0 && kswapd.zoneIdx === top ? undefined : { clause: 'the request is still pending' };
    }
    if (step.at !== 'wake') return undefined;
    see('a run begins');
    const { order, classzoneIdx } = before.thread;
    const recorded = step.records.some((r) => r.ev === 'wake' && r.order === order && r.zoneIdx === classzoneIdx);
    if (recorded && after.thread.balancedClasszoneIdx === classzoneIdx) return undefined;
    return { clause: `kswapd holds order ${order} up to zone ${classzoneIdx}, and balances for another` };
  },
});

const readsAfterSuccess = stepProperty({
  id: 'request-is-read-after-success',
  family: 'loop',
  title: 'A pending request is read when the last one was achieved',
  statement:
    'At the top of its loop kswapd reads the pending request exactly when its last run ended at the order it ' +
    'was for and at no lower a zone; a request for more, or for lower zones, is served at once, any other after ' +
    'an attempt to sleep.',
  keptFor: 'It says when a new request is read, where others say what becomes of it.',
  sources: [LOOP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { achieved: 0.3, 'not achieved': 0.1, 'served at once': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'checkRequest') return undefined;
    const { thread, node } = step.before;
    const fellShort =
      thread.balancedOrder !== thread.newOrder || thread.balancedClasszoneIdx - thread.newClasszoneIdx < 0;
    see(fellShort ? 'not achieved' : 'achieved');
    const next = fellShort ? { order: thread.newOrder, zoneIdx: thread.newClasszoneIdx } : node.kswapd;
    const { newOrder, newClasszoneIdx, at } = step.after.thread;
    if (newOrder !== next.order || newClasszoneIdx !== next.zoneIdx) {
      return {
        clause: `kswapd turns to ${newOrder}, ${newClasszoneIdx} instead of ${next.order}, ${next.zoneIdx}`,
      };
    }
    const atOnce = next.order > thread.order || next.zoneIdx < thread.classzoneIdx;
    if (atOnce) see('served at once');
    const want = atOnce ? 'checkFreeze' : 'kswapdTryToSleep';
    return at === want ? undefined : { clause: `kswapd goes on at ${at} instead of ${want}` };
  },
});

const endZoneIsHighest = stepProperty({
  id: 'end-zone-is-the-highest-unbalanced',
  family: 'loop',
  title: 'A round ends at the highest zone that is not balanced',
  statement:
    'Of the populated zones (from the second priority on, of those worth scanning) a round goes up to the ' +
    'highest that is not balanced, or is high memory under pressure of buffer heads; the balanced ones above ' +
    'lose their congested and dirty flags, and if there is none the run is over.',
  sources: [BALANCE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'all balanced': 0.1, 'a balanced zone above': 0.05, 'flags cleared': 0.005 },
  check: ({ step }, see) => {
    if (step.at !== 'findEndZone') return undefined;
    const { system, node, thread } = step.before;
    const { order, priority } = thread.balance;
    const counts = node.zones.map((zone) => populatedZone(zone) && (priority === 12 || !givenUp(system, zone)));
    const end = node.zones.findLastIndex((zone, i) => {
      const pressed = system.bufferHeadsOverLimit && zone.name === 'HighMem';
      return counts[i] && (pressed || !zoneInBalance(system, zone, order, 0));
    });
    if (end < 0) see('all balanced');
    if (step.after.thread.at !== (end < 0 ? 'balanced' : 'nextZone')) {
      return { clause: `the highest unbalanced zone is ${end}, and kswapd goes on at ${step.after.thread.at}` };
    }
    const got = step.after.thread.balance.endZone;
    if (end >= 0 && got !== end)
      return { clause: `the highest unbalanced zone is ${end}, the round goes up to ${got}` };
    for (const [i, zone] of node.zones.entries()) {
      const cleared = i > end && counts[i] ? ZONE_CONGESTED | ZONE_DIRTY : 0;
      if (cleared !== 0 && end >= 0) see('a balanced zone above');
      if ((zone.flags & cleared) !== 0) see('flags cleared');
      const { flags } = step.after.node.zones[i]!;
      if (flags !== (zone.flags & ~cleared)) return { clause: `${zone.name} had flags ${zone.flags} and has ${flags}` };
    }
    return undefined;
  },
});

const flagsFollowRecovery = stepProperty({
  id: 'flags-follow-recovery',
  family: 'loop',
  title: 'A zone that recovered is no longer congested or dirty',
  statement:
    'When a zone was shrunk its writeback flag is cleared, and its congested and dirty flags exactly if it is ' +
    'worth scanning and balanced for the order it was judged at.',
  sources: ['v4.0 mm/vmscan.c kswapd_shrink_zone'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { recovered: 0.1, 'not recovered': 0.1, 'flags cleared': 0.005 },
  check: ({ step }, see) => {
    if (step.at !== 'finishShrink') return undefined;
    const { system, node, thread } = step.before;
    const { zone: index, testorder, endZone } = thread.balance;
    const zone = node.zones[index]!;
    const recovered = !givenUp(system, zone) && zoneInBalance(system, zone, testorder, endZone);
    see(recovered ? 'recovered' : 'not recovered');
    const cleared = recovered ? ZONE_WRITEBACK | ZONE_CONGESTED | ZONE_DIRTY : ZONE_WRITEBACK;
    if ((zone.flags & (ZONE_CONGESTED | ZONE_DIRTY) & cleared) !== 0) see('flags cleared');
    const { flags } = step.after.node.zones[index]!;
    return flags === (zone.flags & ~cleared)
      ? undefined
      : { clause: `${zone.name} had flags ${zone.flags} and has ${flags}` };
  },
});

const sleepsOnWhatWasAchieved = stepProperty({
  id: 'run-returns-what-it-achieved',
  family: 'loop',
  title: 'A run returns its last order and its end zone',
  statement:
    'When a balancing run ends, the order it last reclaimed at and the highest zone it found unbalanced are ' +
    'what kswapd asks about before it sleeps.',
  sources: [BALANCE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a lower zone than asked': 0.1, 'the zone that was asked': 0.1 },
  check: ({ step }, see) => {
    if (step.at !== 'balanced') return undefined;
    const { balance, classzoneIdx } = step.before.thread;
    see(balance.endZone < classzoneIdx ? 'a lower zone than asked' : 'the zone that was asked');
    const { balancedOrder, balancedClasszoneIdx } = step.after.thread;
    if (balancedOrder === balance.order && balancedClasszoneIdx === balance.endZone) return undefined;
    return {
      clause: `order ${balancedOrder}, zone ${balancedClasszoneIdx} is kept of ${balance.order}, ${balance.endZone}`,
    };
  },
});

const wakesEndSleep = stepProperty({
  id: 'only-a-wake-up-ends-a-sleep',
  family: 'loop',
  title: 'Only a wake-up ends a sleep, or cuts a short one short',
  statement:
    'A full sleep goes on turn after turn until kswapd is woken; a short one ends by itself, with time left ' +
    'exactly if kswapd was woken and the clock says so.',
  sources: ['v4.0 mm/vmscan.c kswapd_try_to_sleep'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'sleeps on': 0.05, 'wakes up': 0.2, 'time left without a wake-up': 0.05, 'time left': 0.05 },
  check: ({ step }, see) => {
    if (step.kind !== 'resume') return undefined;
    const { woken } = step.before.waits;
    if (step.at === 'sleep') {
      see(woken ? 'wakes up' : 'sleeps on');
      const left = step.after.thread.at !== 'sleep';
      return left === woken ? undefined : { clause: `kswapd was woken: ${woken}; it left its sleep: ${left}` };
    }
    if (step.at !== 'shortSleep') return undefined;
    const clock = step.input.remaining ?? 0;
    if (clock > 0) see(woken ? 'time left' : 'time left without a wake-up');
    const { remaining } = step.after.thread;
    return remaining === (woken ? clock : 0) ? undefined : { clause: `${remaining} jiffies remain, woken: ${woken}` };
  },
});

/** kswapd's way from point to point. */
export const loopProperties: readonly Property[] = [
  freezerAndStopFirst,
  requestIsTakenOver,
  readsAfterSuccess,
  endZoneIsHighest,
  flagsFollowRecovery,
  sleepsOnWhatWasAchieved,
  wakesEndSleep,
];
