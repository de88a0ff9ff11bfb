import { nrZones, populatedZone, type Machine, type Step } from '../model/index.ts';
import { nodeInBalance } from './independent/balance.ts';
import { HOLDS, knownToFail, stepProperty, watchProperty, type Property } from './property.ts';

const WAKEUP = 'v4.0 mm/vmscan.c wakeup_kswapd';
const LOOP = 'v4.0 mm/vmscan.c kswapd';

interface Asked {
  readonly order: number;
  readonly zoneIdx: number;
}

/** A request covers another if its order is no lower and its zone index no higher. */
const covers = (request: Asked, { order, zoneIdx }: Asked): boolean =>
  request.order >= order && request.zoneIdx <= zoneIdx;

const shown = ({ order, zoneIdx }: Asked): string => `order ${order} and zone index ${zoneIdx}`;

/** The request of a step in which another task calls wakeup_kswapd on a populated zone. */
function requestOf(step: Step): Asked | undefined {
  if (step.kind !== 'event' || !('wakeup' in step.event)) return undefined;
  const { zone, order, zoneIdx } = step.event.wakeup;
  return populatedZone(step.before.node.zones[zone]!) ? { order, zoneIdx } : undefined;
}

const wakeupRaises = stepProperty({
  id: 'wake-up-raises-the-request',
  family: 'requests',
  title: 'A wake-up raises the pending order',
  statement:
    'After a wake-up the pending order is the higher of the two; the pending zone index never rises, and falls to ' +
    'the request’s at most.',
  keptFor: 'It says what each wake-up does to the request; others see a request that is lost much later.',
  sources: [WAKEUP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a higher order': 0.2, 'an equal order': 0.05, 'a lower order': 0.05 },
  check: ({ step }, see) => {
    const request = requestOf(step);
    if (request === undefined) return undefined;
    const before = step.before.node.kswapd;
    const after = step.after.node.kswapd;
    const { order } = request;
    see(order > before.order ? 'a higher order' : order === before.order ? 'an equal order' : 'a lower order');
    if (after.order !== Math.max(before.order, order)) {
      return { clause: `a wake-up for order ${order} made the pending order ${after.order} from ${before.order}` };
    }
    if (after.zoneIdx > before.zoneIdx || after.zoneIdx < Math.min(before.zoneIdx, request.zoneIdx)) {
      return { clause: `a wake-up for ${shown(request)} made the pending index ${after.zoneIdx}` };
    }
    return undefined;
  },
});

const wakeupIsRecorded = stepProperty({
  id: 'a-request-is-recorded',
  family: 'requests',
  title: 'A request is recorded whole',
  statement: 'After a wake-up the pending request covers it: no lower an order, no higher a zone index.',
  sources: [WAKEUP],
  verdicts: {
    'v4.0': knownToFail(
      'The zone index is lowered only together with a higher order: a request of an equal or lower order for ' +
        'lower zones is not recorded.',
      'LATENT-1',
    ),
  },
  mustSee: { 'an equal order for a lower zone': 0.01 },
  check: ({ step }, see) => {
    const request = requestOf(step);
    if (request === undefined) return undefined;
    const before = step.before.node.kswapd;
    const after = step.after.node.kswapd;
    if (request.order === before.order && request.zoneIdx < before.zoneIdx) see('an equal order for a lower zone');
    if (covers(after, request)) return undefined;
    return { clause: `a wake-up asked for ${shown(request)}, and ${shown(after)} is pending` };
  },
});

const asleep = (step: Step): boolean => step.records.some(({ ev }) => ev === 'sleep');

/** What kswapd itself holds of requests that it has read: the one at hand and the one it will turn to. */
const holds = ({ thread }: Machine, request: Asked): boolean =>
  covers({ order: thread.order, zoneIdx: thread.classzoneIdx }, request) ||
  covers({ order: thread.newOrder, zoneIdx: thread.newClasszoneIdx }, request);

const RUNNING = new Set([
  'findEndZone',
  'nextZone',
  'kswapdShrinkZone',
  'shrink',
  'finishShrink',
  'endRound',
  'compact',
]);

/** A request is served when balancing begins for it, or when kswapd goes to sleep on a node that is balanced for it. */
function serves(step: Step, request: Asked): boolean {
  const { node, system, thread } = step.after;
  if (step.at === 'wake') return covers({ order: thread.order, zoneIdx: thread.classzoneIdx }, request);
  return asleep(step) && nodeInBalance(system, node, request.order, request.zoneIdx);
}

const servedOrPending = watchProperty({
  id: 'a-request-is-served-or-pending',
  family: 'requests',
  title: 'A recorded request is served or stays pending',
  statement:
    'From when a wake-up is recorded until a balancing run for it begins, or kswapd sleeps on a node balanced for ' +
    'it, it is covered by the pending request or ' +
    'by what kswapd holds of requests it has read.',
  sources: [WAKEUP, LOOP],
  verdicts: {
    'v4.0': knownToFail(
      'kswapd forgets a request that it has read: when it is not harder than the one before and the sleep check ' +
        'fails, or when ' +
        'the freezer comes between reading and balancing.',
      'LATENT-2',
      'LATENT-3',
    ),
  },
  mustSee: { 'a recorded request': 0.3, served: 0.2 },
  watch: {
    begin: () => ({ open: undefined as Asked | undefined }),
    next: (seen, step, see) => {
      const request = requestOf(step);
      const pending = step.after.node.kswapd;
      if (request !== undefined && step.before.node.kswapd.order < request.order) {
        see('a recorded request');
        seen.open = { order: pending.order, zoneIdx: pending.zoneIdx };
      }
      if (seen.open === undefined) return undefined;
      if (serves(step, seen.open)) {
        see('served');
        seen.open = undefined;
      } else if (!covers(pending, seen.open) && !(holds(step.after, seen.open) && !RUNNING.has(step.after.thread.at))) {
        return { clause: `the request for ${shown(seen.open)} is no longer pending, and was not served` };
      }
      return undefined;
    },
  },
});

const noUnreadRequestInSleep = stepProperty({
  id: 'no-unread-request-in-sleep',
  family: 'requests',
  title: 'kswapd does not sleep on an unread request',
  statement: 'When kswapd goes fully to sleep, no request is pending.',
  sources: [LOOP],
  verdicts: {
    'v4.0': knownToFail(
      'A pending request is read only if the last run ended at no lower a zone and the same order as it was asked ' +
        'for. That a run ' +
        'had to end lower, because higher zones were given up or balanced, counts as failure, and the request ' +
        'waits unread.',
      '81c5857b279e',
    ),
  },
  mustSee: { 'asleep with nothing pending': 0.3 },
  check: ({ step }, see) => {
    if (!asleep(step)) return undefined;
    const { node } = step.after;
    const { order, zoneIdx } = node.kswapd;
    if (order === 0 && zoneIdx >= nrZones(node) - 1) return void see('asleep with nothing pending');
    return { clause: `kswapd sleeps while a request for ${shown({ order, zoneIdx })} is pending` };
  },
});

/** What becomes of a wake-up’s request. */
export const requestProperties: readonly Property[] = [
  wakeupRaises,
  wakeupIsRecorded,
  servedOrPending,
  noUnreadRequestInSleep,
];
