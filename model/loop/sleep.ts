import { silent, traced } from '../outcome.ts';
import { withThread, type Machine, type Waits } from '../state/machine.ts';
import { threadAt } from '../state/thread.ts';
import type { Transition, Yield } from './transition.ts';

/** @kernel v4.0 kernel/sched/wait.c prepare_to_wait */
const prepareToWait = (waits: Waits): Waits => ({ ...waits, queued: true, woken: false });

/** @kernel v4.0 kernel/sched/wait.c finish_wait */
const finishWait = (waits: Waits): Waits => ({ ...waits, queued: false, woken: false });

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
    const waiting: Machine = { ...m, waits: prepareToWait(m.waits) };
    const { balancedOrder, balancedClasszoneIdx } = m.thread;
    const { sleep, machine, records } = k.prepareKswapdSleep(k, waiting, balancedOrder, 0, balancedClasszoneIdx);
    const thread = { ...machine.thread, at: sleep ? 'shortSleep' : 'recheckSleep', remaining: 0 } as const;
    return traced(withThread(machine, thread), ...records, ...(sleep ? [{ ev: 'short_sleep' } as const] : []));
  },
};

/**
 * The short sleep: a tenth of a second, in which a wake-up shows that sleeping would be premature.
 * @kernel v4.0 mm/vmscan.c kswapd_try_to_sleep
 */
export const shortSleep: Yield = {
  to: ['recheckSleep'],
  does: 'Dozes for a tenth of a second, so that a node that is under pressure is noticed.',
  waitsFor: 'HZ/10 to pass, or a wake-up',
  work: (_k, m) => m,
  resume: (_k, m, turn) => ({
    ...m,
    thread: { ...m.thread, at: 'recheckSleep', remaining: m.waits.woken ? (turn.remaining ?? 0) : 0 },
    waits: prepareToWait(m.waits),
  }),
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
    const back = {
      ...machine,
      thread: threadAt(machine.thread, 'takeRequest'),
      waits: finishWait(machine.waits),
    };
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
    m.waits.woken ? { ...m, thread: threadAt(m.thread, 'takeRequest'), waits: finishWait(m.waits) } : undefined,
};
