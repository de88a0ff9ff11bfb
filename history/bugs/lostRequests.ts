import {
  deriveKernel,
  finishWait,
  populatedZone,
  threadAt,
  traced,
  v4_0,
  v5_9,
  withNode,
  withRequest,
  withThreadAndWaits,
  type Transition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { checkRequest } = v4_0.transitions;

/** A request that is not served at once stays pending. */
const leavesPending: Transition = {
  ...checkRequest,
  step: (k, m) => {
    const { machine, records } = checkRequest.step(k, m);
    return { machine: machine.thread.at === 'kswapdTryToSleep' ? withNode(machine, m.node) : machine, records };
  },
};

/** Before it stands still for the freezer, kswapd makes what it has taken over pending again. */
const asksAgain: Transition = {
  ...v5_9.transitions.checkFreeze!,
  step: (k, m) => {
    const { machine, records } = v5_9.transitions.checkFreeze!.step(k, m);
    if (machine.thread.at !== 'readRequest') return { machine, records };
    const { node, thread } = machine;
    const { order, zoneIdx } = node.kswapd;
    const highest = zoneIdx === node.zones.length ? thread.classzoneIdx : Math.max(zoneIdx, thread.classzoneIdx);
    return { machine: withNode(machine, withRequest(node, Math.max(order, thread.order), highest)), records };
  },
};

/** kswapd sleeps fully only if it may rest on the pending request too. */
const looksBeforeSleep: Transition = {
  ...v5_9.transitions.recheckSleep!,
  step: (k, m) => {
    const { order, zoneIdx } = m.node.kswapd;
    const asked = zoneIdx < m.node.zones.length && m.thread.remaining === 0;
    if (!asked || k.prepareKswapdSleep(k, m, order, 0, zoneIdx).sleep) return v5_9.transitions.recheckSleep!.step(k, m);
    const back = withThreadAndWaits(m, threadAt(m.thread, 'takeRequest'), finishWait(m.waits));
    return traced(back, { ev: 'high_wmark_hit_quickly' });
  },
};

/** Ways to lose a request that nobody reported: they were found by reading. */
export const lostRequestBugs: readonly Bug[] = [
  {
    id: 'LATENT-1',
    title: 'a request for lower zones is not recorded unless its order is higher than the pending one',
    landed: '4.8',
    kind: 'lost request',
    status: 'latent',
    story:
      'The pending zone index falls only together with a rise of the pending order. A request of the same order that ' +
      'may use lower zones only leaves no trace. Since 4.8 order and index are kept each by itself.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0 that records order and zone each by itself',
      wakeupKswapd: (k, m, zoneIndex, order, zoneIdx) => {
        const { machine, records } = v4_0.wakeupKswapd(k, m, zoneIndex, order, zoneIdx);
        const { node } = machine;
        if (!populatedZone(node.zones[zoneIndex]!)) return { machine, records };
        const lower = Math.min(node.kswapd.zoneIdx, zoneIdx);
        return { machine: withNode(machine, withRequest(node, node.kswapd.order, lower)), records };
      },
    }),
    property: 'a-request-is-recorded',
  },
  {
    id: 'LATENT-2',
    title: 'a request that was read is gone when kswapd cannot sleep after all',
    landed: '4.8',
    kind: 'lost request',
    status: 'latent',
    story:
      'After a run that succeeded kswapd reads and forgets the pending request. If it is no harder than the one ' +
      'just served kswapd tries to sleep, and if that fails it goes on with what is pending by then: nothing, which ' +
      'stands for order 0. Since 4.8 a request stays pending until it is taken over.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0 that reads requests without forgetting them',
      transitions: { checkRequest: leavesPending },
    }),
    property: 'a-request-is-served-or-pending',
  },
  {
    id: 'LATENT-3',
    title: 'a freeze loses the request that was just taken over',
    landed: 'open',
    kind: 'lost request',
    status: 'latent',
    story:
      'kswapd takes the pending request over, forgets it, and then asks the freezer. After the thaw it skips the ' +
      'run that was to serve the request, so that thawing is quick, and reads what is pending: nothing. Who had ' +
      'asked has to ask again.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9 that keeps its request over a freeze',
      transitions: { checkFreeze: asksAgain },
    }),
    property: 'a-freeze-loses-no-request',
  },
  {
    id: 'LATENT-7',
    title: 'a run that gave its order up hides a request that came meanwhile',
    landed: 'open',
    kind: 'lost request',
    status: 'latent',
    story:
      'A run that fell back to order 0 is followed by an attempt to sleep on order 0 and the old index. A request ' +
      'that came during the run, for more zones say, is not looked at: kswapd sleeps on it until someone else wakes ' +
      'it.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9 that looks for requests before it sleeps',
      transitions: { recheckSleep: looksBeforeSleep },
    }),
    property: 'a-fallen-back-order-hides-no-request',
  },
];
