import { hasRule, type Kernel } from '../../kernel.ts';
import { silent } from '../../outcome.ts';
import { withNode, withNodeAndThread, withThread, type Machine } from '../../state/machine.ts';
import { withRequest, type Node } from '../../state/node.ts';
import { threadAt, withOrders } from '../../state/thread.ts';
import { obeyFreezerAndStop } from '../freezer.ts';
import type { Transition } from '../transition.ts';

/** The node with no request pending: order 0, and the index after the last zone, which stands for none. */
const forgetRequest = (node: Node): Node => withRequest(node, 0, node.zones.length);

/** The pending zone index with a default, by the name that the kernel has for it. */
const pendingZoneIdx = (k: Kernel, node: Node, zoneIdx: number): number =>
  hasRule(k, 'kswapdHighestZoneidx')
    ? k.kswapdHighestZoneidx(k, node, zoneIdx)
    : k.kswapdClasszoneIdx(k, node, zoneIdx);

/**
 * Before its loop kswapd forgets any request.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export const startKswapd: Transition = {
  to: ['readRequest'],
  does: 'Forgets any request that was made before it ran.',
  step: (_k, m) => silent(withNodeAndThread(m, forgetRequest(m.node), threadAt(m.thread, 'readRequest'))),
};

/**
 * At the head of its loop kswapd reads the pending request without forgetting it: by its order and zone index it
 * decides whether it may sleep.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export const readRequest: Transition = {
  to: ['kswapdTryToSleep'],
  does: 'Reads the pending request, to see whether it may sleep on it.',
  step: (k, m) => {
    const { node, thread } = m;
    const { order } = node.kswapd;
    const zoneIdx = pendingZoneIdx(k, node, thread.classzoneIdx);
    return silent(withThread(m, withOrders(thread, 'kswapdTryToSleep', order, order, zoneIdx)));
  },
};

/** kswapd takes the pending request as its own and forgets it; where no zone is asked for, `zoneIdx` is taken. */
export function takePending(k: Kernel, m: Machine, balancedOrder: number, zoneIdx: number): Machine {
  const { node } = m;
  const taken = pendingZoneIdx(k, node, zoneIdx);
  const thread = withOrders(m.thread, 'checkFreeze', node.kswapd.order, balancedOrder, taken);
  return withNodeAndThread(m, forgetRequest(node), thread);
}

/**
 * After an attempt to sleep, whatever came of it, kswapd takes the pending request as its own and forgets it. Without
 * a request since the last one it serves zone 0 alone.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export const takeRequest: Transition = {
  to: ['checkFreeze'],
  does: 'Takes the pending request over and forgets it; without one it serves order 0 and the lowest zone.',
  step: (k, m) => silent(takePending(k, m, m.node.kswapd.order, 0)),
};

/**
 * The freezer and a stop are obeyed before balancing; after a freeze the run is skipped, so that thawing is quick, and
 * the request that was taken over with it.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export const checkFreeze: Transition = {
  to: ['wake', 'readRequest', 'stopped'],
  does: 'Stands still for the freezer, ends if told to stop, and goes on to balance if neither.',
  step: (_k, m) => obeyFreezerAndStop(m, 'readRequest', 'wake'),
};

/**
 * A run that ended at a lower order than it was asked for is followed by an attempt to sleep at that order, for the
 * zone index of the request: a request that was made meanwhile stays pending until after it.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export const checkOrder: Transition = {
  to: ['readRequest', 'kswapdTryToSleep'],
  does: 'Tries to sleep at once if the order was given up for a lower one, and else reads the pending request.',
  step: (_k, m) => {
    const { order, balancedOrder } = m.thread;
    return silent(withThread(m, threadAt(m.thread, balancedOrder < order ? 'kswapdTryToSleep' : 'readRequest')));
  },
};

/**
 * A short sleep that was cut short leaves what kswapd was at as a request, beside the one that woke it.
 * @kernel v4.19 mm/vmscan.c kswapd_try_to_sleep
 */
export function keepRequest(k: Kernel, m: Machine): Machine {
  const { node, thread } = m;
  const zoneIdx = pendingZoneIdx(k, node, thread.classzoneIdx);
  return withNode(m, withRequest(node, Math.max(node.kswapd.order, thread.balancedOrder), zoneIdx));
}
