import { NO_BALANCE } from '../../state/balance.ts';
import type { Node } from '../../state/node.ts';
import { NO_NODE_BALANCE } from '../../state/nodeBalance.ts';
import type { Thread } from '../../state/thread.ts';

/**
 * kswapd as its thread function starts: nothing done, the highest zone index in mind, populated or not.
 * @kernel v4.19 mm/vmscan.c kswapd
 */
export function startThread(node: Node): Thread {
  const top = node.zones.length - 1;
  return {
    at: 'startKswapd',
    order: 0,
    newOrder: 0,
    balancedOrder: 0,
    classzoneIdx: top,
    newClasszoneIdx: top,
    balancedClasszoneIdx: top,
    remaining: 0,
    balance: NO_BALANCE,
    nodeBalance: NO_NODE_BALANCE,
  };
}
