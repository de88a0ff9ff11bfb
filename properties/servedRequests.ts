import { hasRule, type Request } from '../model/index.ts';
import { saw } from './byNode/steps.ts';
import { nodeInBalance } from './independent/balance.ts';
import { anyZoneInBalance } from './independent/node.ts';
import {
  EVERY_KERNEL,
  HOLDS,
  knownToFail,
  stepProperty,
  type Property,
  type StepSubject,
  watchProperty,
} from './property.ts';

const LOOP = 'v4.0 mm/vmscan.c kswapd';

type Asked = Pick<Request, 'order' | 'zoneIdx'>;

const wasAskedFor = watchProperty({
  id: 'a-high-order-is-balanced-for-when-asked',
  family: 'requests',
  title: 'kswapd balances for a high order only if one was asked for',
  statement:
    'A balancing run for a high order begins only if so high an order was asked for since kswapd took requests over ' +
    'before: by a wake-up, or by kswapd itself, which from v4.8 on asks for the order of its last run again when its ' +
    'short sleep is cut short. One request makes one run.',
  keptFor: 'It follows a request from the wake-up to the run, over all steps between.',
  sources: [LOOP, 'v4.19 mm/vmscan.c kswapd'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a high order': 0.2, 'nothing asked since': 0.2, 'asked again': 0.1 },
  watch: {
    begin: (start) => ({ asked: start.node.kswapd.order, taken: 0 }),
    next: (seen, step, see) => {
      const { thread, node } = step.after;
      if (step.kind === 'event' && 'wakeup' in step.event) seen.asked = Math.max(seen.asked, step.event.wakeup.order);
      if (node.kswapd.order > step.before.node.kswapd.order) seen.asked = Math.max(seen.asked, node.kswapd.order);
      const reads = step.at === 'takeRequest' || (step.at === 'checkRequest' && node.kswapd.order === 0);
      if (reads) {
        if (seen.taken > 0) see(seen.asked > 0 ? 'asked again' : 'nothing asked since');
        seen.taken = seen.asked;
        seen.asked = 0;
      }
      if (step.at !== 'wake' || thread.order === 0) return undefined;
      see('a high order');
      if (thread.order > seen.taken) return { clause: `kswapd balances for order ${thread.order}, asked by no one` };
      return undefined;
    },
  },
});

const harderIsServed = watchProperty({
  id: 'a-harder-request-is-served-after-success',
  family: 'requests',
  title: 'A harder request that comes during a run is served after it',
  statement:
    'When a run has ended at the order that it was for, and at no lower a zone, a request for a higher order or for ' +
    'lower zones that is pending by then is what kswapd turns to next, before any attempt to sleep.',
  sources: [LOOP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a run that succeeds': 0.3, 'a harder request': 0.02 },
  watch: {
    begin: () => ({ served: undefined as Asked | undefined, succeeded: false }),
    next: (seen, step, see) => {
      const { thread } = step.after;
      if (step.at === 'wake') seen.served = { order: thread.order, zoneIdx: thread.classzoneIdx };
      if (step.at === 'balanced' && seen.served !== undefined) {
        seen.succeeded =
          thread.balancedOrder === seen.served.order && thread.balancedClasszoneIdx >= seen.served.zoneIdx;
        if (seen.succeeded) see('a run that succeeds');
      }
      if (step.at !== 'checkRequest' || seen.served === undefined || !seen.succeeded) return undefined;
      seen.succeeded = false;
      const { order, zoneIdx } = step.before.node.kswapd;
      if (order <= seen.served.order && zoneIdx >= seen.served.zoneIdx) return undefined;
      see('a harder request');
      if (thread.at === 'checkFreeze' && thread.order === order && thread.classzoneIdx === zoneIdx) return undefined;
      return { clause: `order ${order} up to zone ${zoneIdx} is pending, and kswapd turns to ${thread.at}` };
    },
  },
});

const isBalancedFor = ({ kernel: k, step }: StepSubject, { order, zoneIdx }: Asked): boolean => {
  const { system, node } = step.before;
  return (hasRule(k, 'shrinkNode') ? anyZoneInBalance : nodeInBalance)(system, node, order, zoneIdx);
};

const wokenForWork = stepProperty({
  id: 'kswapd-is-woken-only-for-work',
  family: 'requests',
  title: 'kswapd is woken only if there is work for it',
  statement:
    'When an allocator wakes kswapd through a zone that it may use, the node is out of balance for what it asks, or ' +
    'marks of its zones are boosted.',
  keptFor: 'It says that no wake-up is for nothing, which fails in v4.0.',
  sources: ['v4.0 mm/vmscan.c wakeup_kswapd', 'v4.19 mm/vmscan.c wakeup_kswapd', 'v5.9 mm/vmscan.c wakeup_kswapd'],
  verdicts: {
    'v4.0': knownToFail(
      'A wake-up looks at the zone that it comes through: kswapd is woken for one that it has given up, or is not ' +
        'needed for a quarter of the pages, and goes to sleep again without a round.',
      'e1a556374abc',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  mustSee: { woken: 0.1, 'not woken': 0.05 },
  check: (subject, see) => {
    const { kernel: k, step } = subject;
    if (step.kind !== 'event' || !('wakeup' in step.event) || !step.before.waits.queued) return undefined;
    const { wakeup } = step.event;
    if (wakeup.zone > wakeup.zoneIdx) return undefined;
    const woken = saw(step, 'wakeup');
    see(woken ? 'woken' : 'not woken');
    if (!woken) return undefined;
    const boosted = hasRule(k, 'pgdatWatermarkBoosted') && step.before.node.zones.some(({ boost }) => boost > 0);
    if (boosted || !isBalancedFor(subject, wakeup)) return undefined;
    return {
      clause: `kswapd is woken for order ${wakeup.order} up to zone ${wakeup.zoneIdx}, which there is enough for`,
    };
  },
});

/** That requests are served, each when it is its turn, and once, and that kswapd is woken for nothing else. */
export const servedRequestProperties: readonly Property[] = [wasAskedFor, harderIsServed, wokenForWork];
