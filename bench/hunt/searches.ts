import fc from 'fast-check';
import type { Bug } from '../../history/index.ts';
import { caseKind, judge, type Case, type Property } from '../../properties/index.ts';
import { findFirst } from '../../search/find.ts';
import { Hunter } from '../../search/hunt/hunter.ts';
import { Ledger } from '../../search/hunt/ledger.ts';
import { schedule } from '../../search/hunt/schedule.ts';
import { plainCase } from './plain/index.ts';

/** Looks for a case that shows a bug, in at most so many executions. Returns how many it took, or undefined. */
export type Search = (bug: Bug, property: Property, seed: number, most: number) => number | undefined;

function fails(property: Property, kernel: Bug['faulty'], given: Case): boolean {
  try {
    return judge(property, kernel, given) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a case shows the bug itself: the faulty kernel fails it, and the fixed one does not. */
const shows =
  ({ faulty, fixed }: Bug, property: Property) =>
  (given: Case): boolean =>
    fails(property, faulty, given) && !fails(property, fixed, given);

/** The hunt, with nothing at hand, on one thread. */
const hunted: Search = (bug, property, seed, most) => {
  const kind = caseKind(property);
  const hunter = new Hunter(bug.faulty, [property]);
  const ledger = new Ledger();
  const showsBug = shows(bug, property);
  for (const planned of schedule(seed, [kind], new Map(), most)) {
    let found = false;
    const result = hunter.run({ ...planned, ...ledger.startOf(kind, planned.seed, planned.from) }, (given) => {
      found = showsBug(given);
      return found;
    });
    ledger.merge(result);
    if (found) return ledger.sums.runs;
  }
  return undefined;
};

/** The same generators, without anything that guides them: what a check does. */
const drawn: Search = (bug, property, seed, most) =>
  findFirst(property, bug.faulty, seed, most, shows(bug, property))?.executions;

/** A harness of plain arbitraries and fast-check's commands. */
const plain: Search = (bug, property, seed, most) => {
  const showsBug = shows(bug, property);
  let executions = 0;
  let found = false;
  fc.check(
    fc.property(plainCase(caseKind(property), bug.faulty), (given) => {
      executions++;
      found ||= showsBug(given);
      return !found;
    }),
    { seed, numRuns: most, endOnFailure: true },
  );
  return found ? executions : undefined;
};

export const SEARCHES: Readonly<Record<'hunt' | 'check' | 'plain', Search>> = { hunt: hunted, check: drawn, plain };
