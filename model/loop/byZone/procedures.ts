import { runMachine, type Ended, type Environment } from '../../run.ts';
import type { Kernel } from '../../kernel.ts';
import { withThread, type Machine } from '../../state/machine.ts';
import { threadAt, withBalanced, withServed } from '../../state/thread.ts';

/**
 * Shrinks one zone if it needs it: the stretch of the loop from the decision to the accounts.
 * `machine.thread.balance` says for which zone, order and priority; the run ends when the next zone would be looked at.
 * @kernel v4.0 mm/vmscan.c kswapd_shrink_zone
 */
export function runKswapdShrinkZone(k: Kernel, machine: Machine, environment: Environment): Ended {
  const from = withThread(machine, threadAt(machine.thread, 'kswapdShrinkZone'));
  return runMachine(k, from, { ...environment, until: 'nextZone' });
}

/**
 * One balancing run, from its entry to its return, for `order` (0 to 10) and zone index `zoneIdx`.
 * @kernel v4.0 mm/vmscan.c balance_pgdat
 */
export function runBalancePgdat(
  k: Kernel,
  machine: Machine,
  order: number,
  zoneIdx: number,
  environment: Environment,
): Ended {
  const { thread } = machine;
  const asked = withServed(thread, 'balancePgdat', order, thread.classzoneIdx, thread.newOrder, thread.newClasszoneIdx);
  const from = withThread(machine, withBalanced(asked, 'balancePgdat', thread.balancedOrder, zoneIdx));
  return runMachine(k, from, { ...environment, until: 'checkRequest' });
}

/**
 * One attempt to sleep on the order and zone index last reclaimed at. It ends when kswapd is back, or asleep with no
 * turn left.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export function runKswapdTryToSleep(
  k: Kernel,
  machine: Machine,
  order: number,
  zoneIdx: number,
  environment: Environment,
): Ended {
  const from = withThread(machine, withBalanced(machine.thread, 'kswapdTryToSleep', order, zoneIdx));
  return runMachine(k, from, { ...environment, until: 'takeRequest' });
}
