import { silent, traced } from '../../outcome.ts';
import { wakeupKcompactd } from '../../rules/v4_19/kcompactd.ts';
import { withThread, withThreadAndWaits, withWaits } from '../../state/machine.ts';
import { threadAt, withRemaining } from '../../state/thread.ts';
import { finishWait, prepareToWait } from '../../state/waits.ts';
import type { Transition, Yield } from '../transition.ts';
import { keepRequest } from './request.ts';

/**
 * kswapd queues itself and, if the node is balanced at the order that the last run ended at or is past hope, wakes
 * kcompactd for the order that was asked for and dozes for a tenth of a second. A freezer or a stop turns it away at
 * the door.
 * @kernel v4.19 mm/vmscan.c kswapd_try_to_sleep
 */
export const kswapdTryToSleep: Transition = {
  to: ['shortSleep', 'recheckSleep', 'takeRequest'],
  does: 'Queues itself to be woken, checks a first time whether it may sleep, and if so wakes kcompactd.',
  step: (k, m) => {
    if (m.waits.freezing || m.waits.shouldStop) {
      return silent(withThread(m, threadAt(m.thread, 'takeRequest')));
    }
    const waiting = withWaits(m, prepareToWait(m.waits));
    const { order, balancedOrder, classzoneIdx } = m.thread;
    const { sleep, machine, records } = k.prepareKswapdSleep(k, waiting, balancedOrder, 0, classzoneIdx);
    const checked = withThread(machine, withRemaining(machine.thread, sleep ? 'shortSleep' : 'recheckSleep', 0));
    if (!sleep) return { machine: checked, records };
    return traced(checked, ...records, ...wakeupKcompactd(m.system, order, classzoneIdx), { ev: 'short_sleep' });
  },
};

/**
 * The short sleep: a tenth of a second. If it is cut short, what kswapd was at is asked for again.
 * @kernel v4.19 mm/vmscan.c kswapd_try_to_sleep
 */
export const shortSleep: Yield = {
  to: ['recheckSleep'],
  does: 'Dozes for a tenth of a second, so that a node that is under pressure is noticed.',
  waitsFor: 'a tenth of a second to pass, or a wake-up',
  work: (_k, m) => m,
  resume: (k, m, turn) => {
    const remaining = m.waits.woken ? (turn.remaining ?? 0) : 0;
    const asked = remaining === 0 ? m : keepRequest(k, m);
    return withThreadAndWaits(asked, withRemaining(m.thread, 'recheckSleep', remaining), prepareToWait(m.waits));
  },
};

/**
 * After an undisturbed short sleep a second check decides on the full sleep. If kswapd does not sleep, one of two
 * events is counted: low_wmark_hit_quickly when it was woken from the short sleep, high_wmark_hit_quickly when the node
 * was not balanced.
 * @kernel v4.19 mm/vmscan.c kswapd_try_to_sleep
 */
export const recheckSleep: Transition = {
  to: ['sleep', 'takeRequest'],
  does: 'Checks a second time, and either sleeps fully or counts why it does not.',
  step: (k, m) => {
    const { balancedOrder, classzoneIdx, remaining } = m.thread;
    if (remaining !== 0) {
      const woken = withThreadAndWaits(m, threadAt(m.thread, 'takeRequest'), finishWait(m.waits));
      return traced(woken, { ev: 'low_wmark_hit_quickly' });
    }
    const { sleep, machine, records } = k.prepareKswapdSleep(k, m, balancedOrder, 0, classzoneIdx);
    if (sleep && !m.waits.shouldStop) {
      return traced(withThread(machine, threadAt(machine.thread, 'sleep')), ...records, { ev: 'sleep' });
    }
    const back = withThreadAndWaits(machine, threadAt(machine.thread, 'takeRequest'), finishWait(machine.waits));
    return traced(back, ...records, { ev: sleep ? 'sleep' : 'high_wmark_hit_quickly' });
  },
};
