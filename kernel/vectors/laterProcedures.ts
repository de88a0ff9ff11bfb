import {
  DEF_PRIORITY,
  hasRule,
  runBalanceNode,
  runKswapdShrinkNode,
  runNodeTryToSleep,
  type Kernel,
  type Machine,
} from '../../model/index.ts';
import type { LaterPredicateArgs } from './laterArgs.ts';

const withThrottled = (m: Machine, throttled: boolean): Machine => ({
  ...m,
  waits: { ...m.waits, throttled: throttled ? 1 : 0 },
});

/** kswapd_shrink_node: its verdict, and the accounts that it leaves. */
export function answerKswapdShrinkNode(k: Kernel, m: Machine, args: LaterPredicateArgs<'kswapd_shrink_node'>): unknown {
  const { script, ...given } = args;
  const fresh = { priority: DEF_PRIORITY, mayWritepage: true, maySwap: true, nrScanned: 0, raisePriority: true };
  const nodeBalance = { ...m.thread.nodeBalance, ...fresh, ...given };
  const { machine, trace } = runKswapdShrinkNode(k, { ...m, thread: { ...m.thread, nodeBalance } }, { script });
  const { order, nrToReclaim, nrScanned, nrReclaimed, raisePriority } = machine.thread.nodeBalance;
  const { failures } = machine.node.kswapd;
  return { ok: !raisePriority, order, nrToReclaim, nrScanned, nrReclaimed, failures, trace };
}

/** balance_pgdat: what it returns and leaves, or that it was cut off. */
export function answerBalanceNode(k: Kernel, m: Machine, args: LaterPredicateArgs<'balance_pgdat'>): unknown {
  const { order, zoneIdx, throttled, ...environment } = args;
  const { end, machine, trace } = runBalanceNode(k, withThrottled(m, throttled), order, zoneIdx, environment);
  if (end !== 'reached') return { limit: true, trace };
  const { node, thread } = machine;
  const boosts = hasRule(k, 'pgdatWatermarkBoosted') ? { boost: node.zones.map(({ boost }) => boost) } : {};
  const { priority } = thread.nodeBalance;
  return { order: thread.balancedOrder, priority, failures: node.kswapd.failures, ...boosts, trace };
}

/** kswapd_try_to_sleep: whether it still sleeps, and the pending request. */
export function answerNodeTryToSleep(k: Kernel, m: Machine, args: LaterPredicateArgs<'kswapd_try_to_sleep'>): unknown {
  const { allocOrder, reclaimOrder, zoneIdx, throttled, freezing, shouldStop, script } = args;
  const waiting = withThrottled(m, throttled);
  const told = { ...waiting, waits: { ...waiting.waits, freezing, shouldStop } };
  const { end, machine, trace } = runNodeTryToSleep(k, told, allocOrder, reclaimOrder, zoneIdx, { script });
  const { kswapd } = machine.node;
  return { asleep: end === 'asleep', order: kswapd.order, zoneIdx: kswapd.zoneIdx, trace };
}
