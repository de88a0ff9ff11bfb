import { isHopeless, mayRest } from './independent/node.ts';
import { saw } from './byNode/steps.ts';
import { LATER } from './byNode/verdicts.ts';
import { EVERY_KERNEL, runProperty, type Property } from './property.ts';

const shortRunIsSleptOn = runProperty({
  id: 'a-run-that-falls-short-is-followed-by-an-attempt-to-sleep',
  family: 'sleep',
  title: 'After a run that fell short kswapd tries to sleep',
  statement:
    'After a run that ended at a lower order than it was for kswapd tries to sleep before it balances again, ' +
    'whatever is pending by then: a request no easier is not likely to fare better at once.',
  sources: ['v4.0 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a lower order': 0.05, 'with a request pending': 0.02 },
  check: ({ steps }, see) => {
    let served = 0;
    let short = false;
    for (const [i, step] of steps.entries()) {
      const { thread, node } = step.after;
      if (step.at === 'wake') {
        if (short) return { clause: 'kswapd balances again right after a run that fell short', step: i };
        served = thread.order;
      }
      if (step.at === 'balanced') {
        short = thread.balancedOrder < served;
        if (short) see('a lower order');
        if (short && node.kswapd.order > 0) see('with a request pending');
      }
      if (step.at === 'kswapdTryToSleep') short = false;
    }
    return undefined;
  },
});

const sleepsOnItsLastRun = runProperty({
  id: 'without-a-request-kswapd-sleeps-on-its-last-run',
  family: 'sleep',
  title: 'Without a new request kswapd sleeps on what its last run was for',
  statement:
    'When kswapd goes fully to sleep at its first attempt after a run, and nothing was asked of it since the run ' +
    'began, it may rest on order 0 and the zone index of that run.',
  sources: ['v4.19 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd_try_to_sleep'],
  verdicts: LATER,
  mustSee: { asleep: 0.1, 'sleep refused': 0.05, hopeless: 0.01 },
  check: ({ steps }, see) => {
    let zoneIdx = -1;
    for (const [i, step] of steps.entries()) {
      const { system, node, thread } = step.after;
      if (step.at === 'wake') zoneIdx = thread.classzoneIdx;
      if (step.at === 'takeRequest' || (step.kind === 'event' && 'wakeup' in step.event)) zoneIdx = -1;
      if (step.at !== 'recheckSleep' || zoneIdx < 0) continue;
      if (!saw(step, 'sleep')) {
        see('sleep refused');
        continue;
      }
      see(isHopeless(node) ? 'hopeless' : 'asleep');
      if (mayRest(system, node, 0, zoneIdx)) continue;
      return { clause: `kswapd sleeps, and no zone up to ${zoneIdx}, which its run was for, is in balance`, step: i };
    }
    return undefined;
  },
});

/** What kswapd sleeps on after a run. */
export const soundSleepProperties: readonly Property[] = [shortRunIsSleptOn, sleepsOnItsLastRun];
