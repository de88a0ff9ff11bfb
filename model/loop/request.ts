import { silent, traced } from '../outcome.ts';
import { type TraceRecord } from '../record.ts';
import { withRequest, nrZones } from '../state/node.ts';
import { withThread, type Machine } from '../state/machine.ts';
import { threadAt } from '../state/thread.ts';
import type { Transition } from './transition.ts';

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
    return silent({
      ...m,
      node,
      thread: {
        ...thread,
        at: harder ? 'checkFreeze' : 'kswapdTryToSleep',
        order: harder ? newOrder : thread.order,
        classzoneIdx: harder ? newClasszoneIdx : thread.classzoneIdx,
        newOrder,
        newClasszoneIdx,
      },
    });
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
    return silent({
      ...m,
      node: forgetRequest(m),
      thread: {
        ...m.thread,
        at: 'checkFreeze',
        order,
        classzoneIdx: zoneIdx,
        newOrder: order,
        newClasszoneIdx: zoneIdx,
      },
    });
  },
};

/**
 * The freezer and a stop are obeyed before balancing; after a freeze the run is skipped, so that thawing is quick.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export const checkFreeze: Transition = {
  to: ['wake', 'checkRequest', 'stopped'],
  does: 'Stands still for the freezer, ends if told to stop, and goes on to balance if neither.',
  step: (_k, m) => {
    const frozen = m.waits.freezing;
    const records: TraceRecord[] = frozen ? [{ ev: 'frozen' }] : [];
    const waits = frozen ? { ...m.waits, freezing: false } : m.waits;
    if (m.waits.shouldStop) {
      return traced({ ...m, waits, thread: threadAt(m.thread, 'stopped') }, ...records, { ev: 'stopped' });
    }
    return { machine: { ...m, waits, thread: threadAt(m.thread, frozen ? 'checkRequest' : 'wake') }, records };
  },
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
    return traced(withThread(m, { ...m.thread, at: 'balancePgdat', balancedClasszoneIdx: classzoneIdx }), {
      ev: 'wake',
      order,
      zoneIdx: classzoneIdx,
    });
  },
};
