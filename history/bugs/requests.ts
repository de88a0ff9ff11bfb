import {
  deriveKernel,
  v4_0,
  v4_19,
  v5_9,
  withBalanced,
  withNode,
  withServed,
  withThread,
  type Kernel,
  type Machine,
  type Transition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { checkRequest, takeRequest } = v4_0.transitions;

/** Takes the pending request over and leaves it pending. */
const takesAndKeeps: Transition = {
  ...takeRequest,
  step: (k, m) => {
    const { machine, records } = takeRequest.step(k, m);
    return { machine: withNode(machine, m.node), records };
  },
};

/** Takes the pending request over, but holds the one before for what it last read. */
const takesHalf: Transition = {
  ...takeRequest,
  step: (k, m) => {
    const { machine, records } = takeRequest.step(k, m);
    const { order, classzoneIdx, at } = machine.thread;
    const { newOrder, newClasszoneIdx } = m.thread;
    return {
      machine: withThread(machine, withServed(machine.thread, at, order, classzoneIdx, newOrder, newClasszoneIdx)),
      records,
    };
  },
};

/** The machine as if kswapd had served just what its last run came to. */
function asAchieved(m: Machine): Machine {
  const { at, balancedOrder: order, balancedClasszoneIdx: zoneIdx } = m.thread;
  return withThread(m, withServed(m.thread, at, order, zoneIdx, order, zoneIdx));
}

/** Reads the pending request whatever came of the last run, and measures it by what that run came to. */
const readsAnyway: Transition = { ...checkRequest, step: (k, m) => checkRequest.step(k, asAchieved(m)) };

/** Whether the last run succeeded is told by its order alone. */
const readsByOrder: Transition = {
  ...checkRequest,
  step: (k, m) => {
    const { at, balancedOrder, balancedClasszoneIdx, newClasszoneIdx } = m.thread;
    const reached = Math.max(balancedClasszoneIdx, newClasszoneIdx);
    const { machine, records } = checkRequest.step(
      k,
      withThread(m, withBalanced(m.thread, at, balancedOrder, reached)),
    );
    const { thread } = machine;
    return {
      machine: withThread(machine, withBalanced(thread, thread.at, balancedOrder, balancedClasszoneIdx)),
      records,
    };
  },
};

/** With nothing pending kswapd goes on at its index. */
const goesOn: Transition = {
  ...v5_9.transitions.takeRequest!,
  step: (k, m) => {
    const { zones, kswapd } = m.node;
    const { transitions } = kswapd.zoneIdx === zones.length ? v5_9 : v4_19;
    return transitions.takeRequest!.step(k, m);
  },
};

/** The kernel with a wake-up that looks at one zone only, at its low mark. */
const byLowMark = (kernel: Kernel): Kernel => ({
  ...kernel,
  zoneBalanced: (k, system, zone, order) =>
    k.zoneWatermarkOkSafe(k, system, zone, order, k.lowWmarkPages(k, zone), 0, 0),
});

/** The kernel with a node that is balanced if one zone is, without reserve. */
const byOneZone = (kernel: Kernel, zoneIndex: number): Kernel => ({
  ...kernel,
  pgdatBalanced: (k, system, { zones }, order) => {
    const zone = zones[zoneIndex]!;
    return k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone), 0, 0);
  },
});

/** Bugs in what becomes of a request to kswapd: made, filtered, read, forgotten. */
export const requestBugs: readonly Bug[] = [
  {
    id: '4d40502ea7ac',
    title: 'a request that was taken over stayed pending',
    landed: '2.6.38',
    kind: 'accounting',
    status: 'bug',
    story:
      'kswapd took the pending order and zone over when it woke, and left them pending. When its run was over they ' +
      'looked like a new request, and a second run for the high order followed that nobody had asked for; where no ' +
      'run can serve the order, one followed the other without end. They are reset as they are read.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that leaves requests pending',
      transitions: { takeRequest: takesAndKeeps },
    }),
    fixed: v4_0,
    property: 'a-high-order-is-balanced-for-when-asked',
  },
  {
    id: '215ddd6664ce',
    title: 'after a run that fell short kswapd went on without trying to sleep',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'A run that gives up an order or the highest zone returns the lower ones. kswapd compared the pending request ' +
      'with these, so that one no harder than what it had just failed at looked like a harder one, and it began ' +
      'again at once, taking a processor to shrink slab. Now it tries to sleep first. The report has it that the ' +
      'idle index alone was enough; here it takes a request that came during the run.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that reads requests after any run',
      transitions: { checkRequest: readsAnyway },
    }),
    fixed: v4_0,
    property: 'a-run-that-falls-short-is-followed-by-an-attempt-to-sleep',
  },
  {
    id: 'f0dfcde09945',
    title: 'a run for the request that woke kswapd was held against the request before it',
    landed: '3.2',
    kind: 'lost request',
    status: 'bug',
    story:
      'kswapd took over what it was woken for, but kept the older request as the one to measure its run by. A run ' +
      'that did all that was asked then looked like a failure, and a harder request that had come meanwhile was not ' +
      'read: kswapd tried to sleep instead. The older request could also pass for a new one, and be served in turn ' +
      'with the other for ever. Both are set now when a request is taken over.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that takes requests over by half',
      transitions: { takeRequest: takesHalf },
    }),
    fixed: v4_0,
    property: 'a-harder-request-is-served-after-success',
  },
  {
    id: 'mm-vmscan-fix-numa-reclaim-balance',
    title: 'a zone between its low and its high mark had no one woken',
    landed: '3.12',
    kind: 'lost request',
    status: 'bug',
    story:
      'An allocator that found a zone below its low mark by the cheap counter asked for kswapd, which was not woken ' +
      'if a closer look found the zone above that mark. So that node was left out while others were reclaimed, and ' +
      'its pages aged later. The wake-up now asks what kswapd works for, the high mark.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 that wakes kswapd below low only',
      wakeupKswapd: (k, m, zone, order, zoneIdx) => v4_0.wakeupKswapd(byLowMark(k), m, zone, order, zoneIdx),
    }),
    fixed: v4_0,
    property: 'wake-up-filter-is-exact',
  },
  {
    id: '81c5857b279e',
    title: 'a run that ended at a lower zone left the next request unread',
    landed: '4.6',
    kind: 'lost request',
    status: 'bug',
    story:
      'kswapd read the pending request only if its run had ended at no lower a zone than it was for. Where a run ' +
      'ended says up to where there was work, not whether it was done: with the highest zone in balance, or given ' +
      'up, it always ended lower, and kswapd slept on a request that had come meanwhile. Only the order is asked ' +
      'now: what came during a run that gave its order up still waits.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0 that reads requests by order',
      transitions: { checkRequest: readsByOrder },
    }),
    property: 'no-unread-request-in-sleep',
  },
  {
    id: 'e1a556374abc',
    title: 'kswapd was woken for a low zone although another zone could serve the request',
    landed: '4.8',
    kind: 'other',
    status: 'rule change',
    story:
      'A wake-up looked at one zone, without reserve, and each low zone of a node had kswapd woken. Since nodes are ' +
      'reclaimed as a whole one zone in balance is enough: kswapd got up, found nothing to do and lay down again, ' +
      'allocation after allocation. It is woken now if no zone that the request may use is in balance.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19 that wakes kswapd zone by zone',
      wakeupKswapd: (k, m, zone, order, zoneIdx, directReclaim) =>
        v4_19.wakeupKswapd(byOneZone(k, zone), m, zone, order, zoneIdx, directReclaim),
    }),
    fixed: v4_19,
    property: 'kswapd-is-woken-only-for-work',
  },
  {
    id: 'dffcac2cb88e',
    title: 'after an attempt to sleep that failed kswapd balanced zone 0 alone',
    landed: '5.3',
    kind: 'liveness',
    status: 'bug',
    story:
      'Without a new request kswapd went on at index 0 when it could not sleep. The run looked for pages of the ' +
      'lowest zone on lists of hundreds of gigabytes, with their lock held, and could do nothing for the zone that ' +
      'was low. It goes on at the index that it had.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19 that goes on at its index',
      transitions: { takeRequest: goesOn },
    }),
    property: 'a-failed-sleep-keeps-the-index',
  },
];
