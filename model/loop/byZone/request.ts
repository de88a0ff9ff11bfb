import { silent, traced } from '../../outcome.ts';
import { withRequest, nrZones } from '../../state/node.ts';
import { withNodeAndThread, withThread, type Machine } from '../../state/machine.ts';
import { withBalanced, withServed } from '../../state/thread.ts';
import { obeyFreezerAndStop } from '../freezer.ts';
import type { Transition } from '../transition.ts';

/** The machine with its pending request read and forgotten: order 0, highest zone. */
const forgetRequest = (m: Machine) => withRequest(m.node, 0, nrZones(m.node) - 1);

/**
 * kswapd looks for a request only if the last run achieved what was asked (same order, no lower a zone). A pending
 * request that is larger or restricted to lower zones than the one at hand is served at once; otherwise kswapd tries
 * to sleep.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export const checkRequest: Transition = {
  to: ['checkFreeze', 'kswapdTryToSleep'],
  does: 'Reads the pending request if the last run achieved the one before, and serves a harder one at once.',
  step: (_k, m) => {
    const { thread } = m;
    const achieved = thread.balancedClasszoneIdx >= thread.newClasszoneIdx && thread.balancedOrder === thread.newOrder;
    const newOrder = achieved ? m.node.kswapd.order : thread.newOrder;
    const newClasszoneIdx = achieved ? m.node.kswapd.zoneIdx : thread.newClasszoneIdx;
    const node = achieved ? forgetRequest(m) : m.node;
    const harder = thread.order < newOrder || thread.classzoneIdx > newClasszoneIdx;
    const asked = harder
      ? withServed(thread, 'checkFreeze', newOrder, newClasszoneIdx, newOrder, newClasszoneIdx)
      : withServed(thread, 'kswapdTryToSleep', thread.order, thread.classzoneIdx, newOrder, newClasszoneIdx);
    return silent(withNodeAndThread(m, node, asked));
  },
};

/**
 * After an attempt to sleep, whatever came of it, kswapd takes the pending request as its own and forgets it.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export const takeRequest: Transition = {
  to: ['checkFreeze'],
  does: 'Takes the pending request over and resets it to order 0 and the highest zone.',
  step: (_k, m) => {
    const { order, zoneIdx } = m.node.kswapd;
    const thread = withServed(m.thread, 'checkFreeze', order, zoneIdx, order, zoneIdx);
    return silent(withNodeAndThread(m, forgetRequest(m), thread));
  },
};

/**
 * The freezer and a stop are obeyed before balancing; after a freeze the run is skipped, so that thawing is quick.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export const checkFreeze: Transition = {
  to: ['wake', 'checkRequest', 'stopped'],
  does: 'Stands still for the freezer, ends if told to stop, and goes on to balance if neither.',
  step: (_k, m) => obeyFreezerAndStop(m, 'checkRequest', 'wake'),
};

/**
 * Balancing begins, for the request at hand.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export const wake: Transition = {
  to: ['balancePgdat'],
  does: 'Begins to balance for the order and zone index at hand.',
  step: (_k, m) => {
    const { order, classzoneIdx } = m.thread;
    const { thread } = m;
    return traced(withThread(m, withBalanced(thread, 'balancePgdat', thread.balancedOrder, classzoneIdx)), {
      ev: 'wake',
      order,
      zoneIdx: classzoneIdx,
    });
  },
};
