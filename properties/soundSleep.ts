import { isHopeless, mayRest } from './independent/node.ts';
import { saw } from './byNode/steps.ts';
import { LATER } from './byNode/verdicts.ts';
import { EVERY_KERNEL, watchProperty, type Property } from './property.ts';

const shortRunIsSleptOn = watchProperty({
  id: 'a-run-that-falls-short-is-followed-by-an-attempt-to-sleep',
  family: 'sleep',
  title: 'After a run that fell short kswapd tries to sleep',
  statement:
    'After a run that ended at a lower order than it was for kswapd tries to sleep before it balances again, ' +
    'whatever is pending by then: a request no easier is not likely to fare better at once.',
  keptFor: 'It says how runs follow one another, whatever each of them did.',
  sources: ['v4.0 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a lower order': 0.05, 'with a request pending': 0.02 },
  watch: {
    begin: () => ({ served: 0, short: false }),
    next: (seen, step, see) => {
      const { thread, node } = step.after;
      if (step.at === 'wake') {
        if (seen.short) return { clause: 'kswapd balances again right after a run that fell short' };
        seen.served = thread.order;
      }
      if (step.at === 'balanced') {
        seen.short = thread.balancedOrder < seen.served;
        if (seen.short) see('a lower order');
        if (seen.short && node.kswapd.order > 0) see('with a request pending');
      }
      if (step.at === 'kswapdTryToSleep') seen.short = false;
      return undefined;
    },
  },
});

const sleepsOnItsLastRun = watchProperty({
  id: 'without-a-request-kswapd-sleeps-on-its-last-run',
  family: 'sleep',
  title: 'Without a new request kswapd sleeps on what its last run was for',
  statement:
    'When kswapd goes fully to sleep at its first attempt after a run, and nothing was asked of it since the run ' +
    'began, it may rest on order 0 and the zone index of that run.',
  keptFor: 'It says what kswapd does when nobody asks, over all steps between.',
  sources: ['v4.19 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd_try_to_sleep'],
  verdicts: LATER,
  mustSee: { asleep: 0.1, 'sleep refused': 0.05, hopeless: 0.01 },
  watch: {
    begin: () => ({ zoneIdx: -1 }),
    next: (seen, step, see) => {
      const { system, node, thread } = step.after;
      if (step.at === 'wake') seen.zoneIdx = thread.classzoneIdx;
      if (step.at === 'takeRequest' || (step.kind === 'event' && 'wakeup' in step.event)) seen.zoneIdx = -1;
      if (step.at !== 'recheckSleep' || seen.zoneIdx < 0) return undefined;
      if (!saw(step, 'sleep')) {
        see('sleep refused');
        return undefined;
      }
      see(isHopeless(node) ? 'hopeless' : 'asleep');
      if (mayRest(system, node, 0, seen.zoneIdx)) return undefined;
      return { clause: `kswapd sleeps, and no zone up to ${seen.zoneIdx}, which its run was for, is in balance` };
    },
  },
});

/** What kswapd sleeps on after a run. */
export const soundSleepProperties: readonly Property[] = [shortRunIsSleptOn, sleepsOnItsLastRun];
