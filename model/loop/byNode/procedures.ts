import type { Kernel } from '../../kernel.ts';
import { runMachine, type Ended, type Environment } from '../../run.ts';
import { withThread, type Machine } from '../../state/machine.ts';
import { threadAt, withOrders } from '../../state/thread.ts';

/**
 * Shrinks the node once: the stretch of the loop from what is asked to what came of it. `machine.thread.nodeBalance`
 * says up to which zone, for which order and at which priority.
 * @kernel v4.19 mm/vmscan.c kswapd_shrink_node
 */
export function runKswapdShrinkNode(k: Kernel, machine: Machine, environment: Environment): Ended {
  const from = withThread(machine, threadAt(machine.thread, 'kswapdShrinkNode'));
  return runMachine(k, from, { ...environment, until: 'endRound' });
}

/**
 * One balancing run over the node, from its entry to its return, for `order` (0 to 10) and zone index `zoneIdx`.
 * @kernel v4.19 mm/vmscan.c balance_pgdat
 */
export function runBalanceNode(
  k: Kernel,
  machine: Machine,
  order: number,
  zoneIdx: number,
  environment: Environment,
): Ended {
  const from = withThread(machine, withOrders(machine.thread, 'balancePgdat', order, order, zoneIdx));
  return runMachine(k, from, { ...environment, until: 'checkOrder' });
}

/**
 * One attempt to sleep, for the order that was asked for, the order that the last run ended at, and the zone index. It
 * ends when kswapd is back, or asleep with no turn left.
 * @kernel v4.19 mm/vmscan.c kswapd_try_to_sleep
 */
export function runNodeTryToSleep(
  k: Kernel,
  machine: Machine,
  allocOrder: number,
  reclaimOrder: number,
  zoneIdx: number,
  environment: Environment,
): Ended {
  const thread = withOrders(machine.thread, 'kswapdTryToSleep', allocOrder, reclaimOrder, zoneIdx);
  return runMachine(k, withThread(machine, thread), { ...environment, until: 'takeRequest' });
}
