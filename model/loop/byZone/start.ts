import { NO_BALANCE } from '../../state/balance.ts';
import { nrZones, type Node } from '../../state/node.ts';
import { NO_NODE_BALANCE } from '../../state/nodeBalance.ts';
import type { Thread } from '../../state/thread.ts';

/**
 * kswapd as its thread function starts: nothing asked, nothing done, the highest populated zone in mind.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export function startThread(node: Node): Thread {
  const top = nrZones(node) - 1;
  return {
    at: 'checkRequest',
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
