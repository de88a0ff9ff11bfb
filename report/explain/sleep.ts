import {
  managedZone,
  NO_WAITS,
  withFailures,
  type Kernel,
  type Machine,
  type Node,
  type System,
} from '../../model/index.ts';

/** The node's kswapd on its wait queue, without a pending request of its own. */
const asleep = (k: Kernel, system: System, node: Node): Machine => ({
  system,
  node,
  thread: k.startThread(node),
  waits: { ...NO_WAITS, queued: true },
});

/** Whether kswapd would sleep, as the kernel's own rule answers: balanced or not, it may have given up. */
export const wouldSleep = (k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean =>
  k.prepareKswapdSleep(k, asleep(k, system, node), order, 0, zoneIdx).sleep;

/** Whether kswapd sleeps whatever the balance, and would not if its last runs had not been in vain. */
export function hasGivenUp(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean {
  const neverBalanced: Kernel = { ...k, pgdatBalanced: () => false };
  const sleeps = (of: Node): boolean => wouldSleep(neverBalanced, system, of, order, zoneIdx);
  return sleeps(node) && !sleeps(withFailures(node, node.zones, 0));
}

/** Whether an allocator that asks the same would wake kswapd, were it asleep. */
export function wouldWake(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean {
  const low = node.zones.findLastIndex((zone, index) => index <= zoneIdx && managedZone(zone));
  return low >= 0 && k.wakeupKswapd(k, asleep(k, system, node), low, order, zoneIdx).machine.waits.woken;
}
