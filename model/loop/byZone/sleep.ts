import { silent, traced } from '../../outcome.ts';
import { withThread, withThreadAndWaits, withWaits } from '../../state/machine.ts';
import { threadAt, withRemaining } from '../../state/thread.ts';
import { finishWait, prepareToWait } from '../../state/waits.ts';
import type { Transition, Yield } from '../transition.ts';

/**
 * kswapd queues itself and, if the node is balanced at the order and zone index that it last reclaimed at, dozes for a
 * tenth of a second. A freezer or a stop turns it away at the door.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export const kswapdTryToSleep: Transition = {
  to: ['shortSleep', 'recheckSleep', 'takeRequest'],
  does: 'Queues itself to be woken and checks a first time whether it may sleep.',
  step: (k, m) => {
    if (m.waits.freezing || m.waits.shouldStop) {
      return silent(withThread(m, threadAt(m.thread, 'takeRequest')));
    }
    const waiting = withWaits(m, prepareToWait(m.waits));
    const { balancedOrder, balancedClasszoneIdx } = m.thread;
    const { sleep, machine, records } = k.prepareKswapdSleep(k, waiting, balancedOrder, 0, balancedClasszoneIdx);
    const checked = withThread(machine, withRemaining(machine.thread, sleep ? 'shortSleep' : 'recheckSleep', 0));
    return sleep ? traced(checked, ...records, { ev: 'short_sleep' }) : { machine: checked, records };
  },
};

/**
 * The short sleep: a tenth of a second, in which a wake-up shows that sleeping would be premature.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export const shortSleep: Yield = {
  to: ['recheckSleep'],
  does: 'Dozes for a tenth of a second, so that a node that is under pressure is noticed.',
  waitsFor: 'a tenth of a second to pass, or a wake-up',
  work: (_k, m) => m,
  resume: (_k, m, turn) => {
    const remaining = m.waits.woken ? (turn.remaining ?? 0) : 0;
    return withThreadAndWaits(m, withRemaining(m.thread, 'recheckSleep', remaining), prepareToWait(m.waits));
  },
};

/**
 * A second check decides on the full sleep. If kswapd may not sleep, one of two events is counted:
 * low_wmark_hit_quickly when it was woken from the short sleep, high_wmark_hit_quickly when the node was not
 * balanced.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export const recheckSleep: Transition = {
  to: ['sleep', 'takeRequest'],
  does: 'Checks a second time, and either sleeps fully or counts why it does not.',
  step: (k, m) => {
    const { balancedOrder, balancedClasszoneIdx, remaining } = m.thread;
    const { sleep, machine, records } = k.prepareKswapdSleep(k, m, balancedOrder, remaining, balancedClasszoneIdx);
    if (sleep && !m.waits.shouldStop) {
      return traced(withThread(machine, threadAt(machine.thread, 'sleep')), ...records, { ev: 'sleep' });
    }
    const back = withThreadAndWaits(machine, threadAt(machine.thread, 'takeRequest'), finishWait(machine.waits));
    if (sleep) return traced(back, ...records, { ev: 'sleep' });
    return traced(back, ...records, { ev: remaining !== 0 ? 'low_wmark_hit_quickly' : 'high_wmark_hit_quickly' });
  },
};

/**
 * The full sleep, until someone wakes kswapd: an allocator through the queue, or the freezer or a stop directly.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export const sleep: Yield = {
  to: ['takeRequest'],
  does: 'Sleeps until it is woken.',
  waitsFor: 'a wake-up through its queue, the freezer or a stop',
  work: (_k, m) => m,
  resume: (_k, m) =>
    m.waits.woken ? withThreadAndWaits(m, threadAt(m.thread, 'takeRequest'), finishWait(m.waits)) : undefined,
};
