import fc from 'fast-check';
import { bugs, type Bug } from '../../history/index.ts';
import { baseOf } from '../../model/index.ts';
import { caseKind, judge, properties, type Case, type Property } from '../../properties/index.ts';
import { arbitraryOf } from '../../search/arbitraries.ts';
import { Hunter } from '../../search/hunt/hunter.ts';
import { Ledger } from '../../search/hunt/ledger.ts';
import { schedule } from '../../search/hunt/schedule.ts';
import { plainCase } from './plain/index.ts';

/** The hunt with nothing at hand, a check's generators without guidance, and a harness of plain arbitraries. */
export const SEARCH_NAMES = ['hunt', 'check', 'plain'] as const;
export type SearchName = (typeof SEARCH_NAMES)[number];

/** Bugs to look for with one seed, which are shown by the same kind of case of the same kernel. Plain data. */
export interface Task {
  readonly search: SearchName;
  readonly ids: readonly string[];
  readonly seed: number;
  /** Most cases. */
  readonly most: number;
}

/** What came of looking for a bug with one seed. */
export interface Outcome {
  readonly search: SearchName;
  readonly id: string;
  readonly seed: number;
  /** Cases up to the first that shows it; null: none does of so many as there may be. */
  readonly executions: number | null;
  /** To draw these cases and to judge them. */
  readonly ms: number;
}

/** A bug, and the property that tells it. */
export interface Quarry {
  readonly bug: Bug;
  readonly property: Property;
}

export const quarryOf = (bug: Bug): Quarry => ({
  bug,
  property: properties.find(({ id }) => id === bug.property)!,
});

function fails(property: Property, kernel: Bug['faulty'], given: Case): boolean {
  try {
    return judge(property, kernel, given) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a case shows the bug itself: the faulty kernel fails it, and the fixed one does not. */
const shows = ({ bug: { faulty, fixed }, property }: Quarry, given: Case): boolean =>
  fails(property, faulty, given) && !fails(property, fixed, given);

/** The hunt, on one thread. */
function hunted(quarry: Quarry, { seed, most }: Task): Omit<Outcome, 'search' | 'seed'> {
  const { bug, property } = quarry;
  const start = performance.now();
  const kind = caseKind(property);
  const hunter = new Hunter(bug.faulty, [property]);
  const ledger = new Ledger();
  let found = false;
  for (const planned of schedule(seed, [kind], new Map(), most)) {
    const result = hunter.run({ ...planned, ...ledger.startOf(kind, planned.seed, planned.from) }, (given) => {
      found = shows(quarry, given);
      return found;
    });
    ledger.merge(result);
    if (found) break;
  }
  return { id: bug.id, executions: found ? ledger.sums.runs : null, ms: performance.now() - start };
}

/** Draws cases, once for all bugs that are still to be found: a bug takes its own judging, and the drawing. */
function drawn(
  arbitrary: fc.Arbitrary<Case>,
  quarries: readonly Quarry[],
  { seed, most }: Task,
): readonly Omit<Outcome, 'search' | 'seed'>[] {
  const left = new Map(quarries.map((quarry) => [quarry, 0]));
  const outcomes: Omit<Outcome, 'search' | 'seed'>[] = [];
  let executions = 0;
  let drawing = 0;
  let last = performance.now();
  fc.check(
    fc.property(arbitrary, (given) => {
      executions++;
      let now = performance.now();
      drawing += now - last;
      for (const [quarry, judging] of left) {
        const found = shows(quarry, given);
        const before = now;
        now = performance.now();
        const judged = judging + now - before;
        if (found) {
          left.delete(quarry);
          outcomes.push({ id: quarry.bug.id, executions, ms: drawing + judged });
        } else left.set(quarry, judged);
      }
      last = now;
      return left.size > 0;
    }),
    { seed, numRuns: most, endOnFailure: true },
  );
  for (const [{ bug }, judging] of left) outcomes.push({ id: bug.id, executions: null, ms: drawing + judging });
  return outcomes;
}

/** Looks for the bugs of a task. */
export function searchFor(task: Task): readonly Outcome[] {
  const { search, ids, seed } = task;
  const quarries = bugs.filter(({ id }) => ids.includes(id)).map(quarryOf);
  const [first] = quarries;
  if (first === undefined) return [];
  const kind = caseKind(first.property);
  const kernel = baseOf(first.bug.faulty);
  const outcomes =
    search === 'hunt'
      ? quarries.map((quarry) => hunted(quarry, task))
      : drawn(search === 'check' ? arbitraryOf(kind, { kernel }) : plainCase(kind, kernel), quarries, task);
  return outcomes.map(({ id, executions, ms }) => ({ search, seed, id, executions, ms }));
}
