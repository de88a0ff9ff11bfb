import type { DirectRun } from '../../model/index.ts';
import { HOLDS, directProperty, knownToFail, type DirectProperty } from '../property.ts';
import { reclaimedBy, TRY_TO_FREE } from './walks.ts';

const V5_9_TRY_TO_FREE = 'v5.9 mm/vmscan.c do_try_to_free_pages';

/** A pass over the priorities: how it spares, what it spared, and what it came to. */
interface Pass {
  readonly step: number;
  readonly belowLow: boolean;
  readonly deactivates: boolean;
  /** Control groups, or active lists, were spared in it. */
  readonly sparedGroups: boolean;
  readonly sparedLists: boolean;
}

/** The passes of a run; nothing if reclaim spared what its pass does not spare, as no kernel's does. */
function passes({ steps }: DirectRun): readonly Pass[] | undefined {
  const found: Pass[] = [];
  for (const [step, one] of steps.entries()) {
    const { memcgLowReclaim: belowLow, forceDeactivate: deactivates } = one.before.task.sc;
    if (one.at === 'doTryToFreePages') {
      found.push({ step, belowLow, deactivates, sparedGroups: false, sparedLists: false });
    }
    if (one.kind !== 'work' || one.at !== 'shrink') continue;
    const { memcgLowSkipped: groups = false, skippedDeactivate: lists = false } = one.input;
    if ((groups && belowLow) || (lists && deactivates)) return undefined;
    const pass = found.at(-1)!;
    found[found.length - 1] = {
      ...pass,
      sparedGroups: pass.sparedGroups || groups,
      sparedLists: pass.sparedLists || lists,
    };
  }
  return found;
}

const V4_0_THRASH = knownToFail(
  'Up to v4.11 the pass below the low limits was made whenever nothing had been reclaimed, also where no control ' +
    'group has a limit: all the work was done twice before a task was killed.',
);

const retriedForASparedGroup = directProperty({
  id: 'low-limits-are-overrun-once-and-for-a-reason',
  family: 'direct',
  title: 'Low limits are overrun once, and only if a control group was spared for them',
  statement:
    'Control groups are reclaimed below their low limits only after nothing was reclaimed in a pass, or its retry, ' +
    'that spared one; it begins at most once, and holds until the task returns.',
  sources: [TRY_TO_FREE, V5_9_TRY_TO_FREE],
  verdicts: { 'v4.0': V4_0_THRASH, 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { overrun: 0.05, 'nothing spared': 0.02 },
  check: (run, see) => {
    const found = passes(run);
    if (found === undefined) return undefined;
    if (!found.some(({ sparedGroups }) => sparedGroups) && reclaimedBy(run) === 0) see('nothing spared');
    let spared = false;
    for (const [i, pass] of found.entries()) {
      const before = found[i - 1];
      const began = pass.belowLow && before?.belowLow !== true;
      if (began) see('overrun');
      if (began && !spared)
        return { clause: 'low limits are overrun although no control group was spared', step: pass.step };
      if (before?.belowLow === true && !pass.belowLow) {
        return { clause: 'low limits are heeded again in a further pass', step: pass.step };
      }
      if (before !== undefined && reclaimedBy(run, pass.step) > 0) {
        return { clause: 'a further pass begins although pages were reclaimed', step: pass.step };
      }
      spared ||= pass.sparedGroups;
    }
    const last = found.at(-1);
    if (run.end !== 'returned' || run.task.result !== 0 || last === undefined) return undefined;
    if (!spared || last.belowLow) return undefined;
    return { clause: '0 is returned although a control group was spared', step: run.steps.length - 1 };
  },
});

const deactivatedBeforeGivingUp = directProperty({
  id: 'spared-active-lists-are-tried-first',
  family: 'direct',
  title: 'Active lists that were spared are deactivated before low limits are overrun',
  statement:
    'A pass that reclaimed nothing and spared active lists is followed by one that deactivates them with the same ' +
    'limits; no other pass does, and at most one with the low limits heeded and one with them overrun.',
  sources: [V5_9_TRY_TO_FREE],
  verdicts: {
    'v4.0': knownToFail(
      'Up to v5.4 a list is deactivated by its own control group’s proportions, and there is no such retry.',
    ),
    'v4.19': knownToFail(
      'Up to v5.4 a list is deactivated by its own control group’s proportions, and there is no such retry.',
    ),
    'v5.9': HOLDS,
  },
  mustSee: { 'lists spared': 0.1 },
  check: (run, see) => {
    const found = passes(run);
    if (found === undefined) return undefined;
    for (const [i, { sparedLists, belowLow, step, deactivates }] of found.entries()) {
      if (deactivates && found.findIndex((one) => one.deactivates && one.belowLow === belowLow) < i) {
        return { clause: 'one more pass deactivates with the same limits', step };
      }
      const before = found[i - 1];
      if (deactivates && !(before?.sparedLists === true && before.belowLow === belowLow)) {
        return { clause: 'a pass deactivates although the one before it spared no active lists', step };
      }
      if (!sparedLists) continue;
      see('lists spared');
      const next = found[i + 1];
      if (next === undefined && (run.end !== 'returned' || run.task.result !== 0)) continue;
      if (next?.deactivates === true && next.belowLow === belowLow) continue;
      return { clause: 'active lists were spared, and no pass deactivates them', step };
    }
    return undefined;
  },
});

const V5_9_TWICE = knownToFail(
  'The pass below the low limits heeds the lists’ proportions again, so that lists can be spared anew, and a second ' +
    'retry deactivates them: four passes and 52 walks before the task gives up.',
);

const deactivatedOnce = directProperty({
  id: 'active-lists-are-forced-at-most-once',
  family: 'direct',
  title: 'Active lists are forced at most once',
  statement: 'At most one pass of a direct reclaim deactivates pages whatever the proportions of their lists.',
  sources: [V5_9_TRY_TO_FREE],
  verdicts: { 'v4.0': HOLDS, 'v4.19': HOLDS, 'v5.9': V5_9_TWICE },
  mustSee: { 'several passes': 0.05 },
  check: (run, see) => {
    const found = passes(run);
    if (found === undefined) return undefined;
    if (found.length > 1) see('several passes');
    const forced = found.filter(({ deactivates }) => deactivates);
    if (forced.length <= 1) return undefined;
    return { clause: `${forced.length} of ${found.length} passes deactivate`, step: forced[1]!.step };
  },
});

/** What is tried again, and how often. */
export const retryProperties: readonly DirectProperty[] = [
  retriedForASparedGroup,
  deactivatedBeforeGivingUp,
  deactivatedOnce,
];
