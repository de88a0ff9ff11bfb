import { SILENT, FROZEN } from '../record.ts';
import { traced, type Outcome } from '../outcome.ts';
import { withThreadAndWaits, type Machine } from '../state/machine.ts';
import { threadAt, type RunningPoint } from '../state/thread.ts';
import { thaw } from '../state/waits.ts';

/**
 * The freezer and a stop are obeyed: kswapd stands still, ends if it was told to, and goes on to a point that depends
 * on whether it was frozen.
 * @kernel v4.0 mm/vmscan.c kswapd
 */
export function obeyFreezerAndStop(m: Machine, thawed: RunningPoint, undisturbed: RunningPoint): Outcome {
  const { freezing, shouldStop } = m.waits;
  const waits = freezing ? thaw(m.waits) : m.waits;
  const records = freezing ? [FROZEN] : SILENT;
  if (shouldStop) {
    return traced(withThreadAndWaits(m, threadAt(m.thread, 'stopped'), waits), ...records, { ev: 'stopped' });
  }
  return { machine: withThreadAndWaits(m, threadAt(m.thread, freezing ? thawed : undisturbed), waits), records };
}
