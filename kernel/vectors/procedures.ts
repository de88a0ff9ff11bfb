import {
  describeZone,
  runBalancePgdat,
  runKswapdShrinkZone,
  runKswapdTryToSleep,
  type Kernel,
  type Machine,
} from '../../model/index.ts';
import type { PredicateArgs } from './args.ts';

const withThrottled = (m: Machine, throttled: boolean): Machine => ({
  ...m,
  waits: { ...m.waits, throttled: throttled ? 1 : 0 },
});

/** kswapd_shrink_zone: its verdict, and the accounts and the zone that it leaves. */
export function answerKswapdShrinkZone(k: Kernel, m: Machine, args: PredicateArgs<'kswapd_shrink_zone'>): unknown {
  const { zone, zoneIdx, order, priority, nrReclaimed, nrAttempted, script } = args;
  const given = { ...m.thread.balance, zone, endZone: zoneIdx, order, priority, nrReclaimed, nrAttempted };
  const start = { ...m, thread: { ...m.thread, balance: { ...given, nrScanned: 0, raisePriority: true } } };
  const { machine, trace } = runKswapdShrinkZone(k, start, { script });
  const { balance } = machine.thread;
  const after = machine.node.zones[zone]!;
  return {
    ok: !balance.raisePriority,
    nrToReclaim: balance.nrToReclaim,
    nrScanned: balance.nrScanned,
    nrReclaimed: balance.nrReclaimed,
    nrAttempted: balance.nrAttempted,
    pagesScanned: after.pagesScanned,
    freePages: after.freeArea.pages,
    flags: describeZone(after).flags,
    trace,
  };
}

/** balance_pgdat: what it returns, or that it was cut off. */
export function answerBalancePgdat(k: Kernel, m: Machine, args: PredicateArgs<'balance_pgdat'>): unknown {
  const { order, zoneIdx, throttled, ...environment } = args;
  const { end, machine, trace } = runBalancePgdat(k, withThrottled(m, throttled), order, zoneIdx, environment);
  if (end !== 'reached') return { limit: true, trace };
  const { balancedOrder, balancedClasszoneIdx, balance } = machine.thread;
  return { order: balancedOrder, zoneIdx: balancedClasszoneIdx, priority: balance.priority, trace };
}

/** kswapd_try_to_sleep: whether it still sleeps, and the pending request. */
export function answerKswapdTryToSleep(k: Kernel, m: Machine, args: PredicateArgs<'kswapd_try_to_sleep'>): unknown {
  const { order, zoneIdx, throttled, script } = args;
  const { end, machine, trace } = runKswapdTryToSleep(k, withThrottled(m, throttled), order, zoneIdx, { script });
  const { kswapd } = machine.node;
  return { asleep: end === 'asleep', order: kswapd.order, zoneIdx: kswapd.zoneIdx, trace };
}
