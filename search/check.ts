import fc from 'fast-check';
import type { Layout } from '../generators/index.ts';
import type { Kernel } from '../model/index.ts';
import {
  caseKind,
  isAskedOf,
  judge,
  judgeOf,
  type Case,
  type CaseKind,
  type Failure,
  type Property,
} from '../properties/index.ts';
import { shrinkCase } from '../shrinkers/index.ts';
import { arbitraryOf } from './arbitraries.ts';
import type { Counterexample, PropertyResult, Share } from './result.ts';
import { Tally } from './tally.ts';
import { ThrewOnCase } from './threw.ts';

/** Cases of each kind that a check draws unless told otherwise. */
export const DEFAULT_RUNS: Readonly<Record<CaseKind, number>> = {
  setup: 1000,
  question: 3000,
  direct: 600,
  scenario: 1500,
  machine: 300,
};

/** How the time of a check is shared out among the kinds of case. */
const TIME_SHARES: Readonly<Record<CaseKind, number>> = {
  setup: 0.1,
  question: 0.2,
  direct: 0.1,
  scenario: 0.4,
  machine: 0.2,
};

/** Most cases that are tried to make one small: running a whole machine takes as long as hundreds of questions. */
const MOST_TRIES: Readonly<Record<CaseKind, number>> = {
  setup: 20_000,
  question: 20_000,
  direct: 20_000,
  scenario: 20_000,
  machine: 3000,
};
const KINDS = Object.keys(TIME_SHARES) as readonly CaseKind[];

export interface Plan {
  readonly kernel: Kernel;
  readonly properties: readonly Property[];
  readonly seed: number;
  /** Cases to draw of each kind. */
  readonly runs?: number;
  /** Milliseconds to search for, instead of a number of cases. */
  readonly time?: number;
  /** Zones that every drawn machine has. */
  readonly layout?: Layout;
  /** Whether a counterexample is made small; it is unless told otherwise. */
  readonly shrink?: boolean;
  /** Cases that are tried before any is drawn. */
  readonly first?: (property: Property) => readonly Pick<Counterexample, 'given' | 'from'>[];
  readonly onProgress?: (done: number, of: number, kind: CaseKind) => void;
  readonly onResult?: (result: PropertyResult) => void;
}

interface Bounds {
  readonly seed: number;
  readonly numRuns: number;
  readonly interruptAfterTimeLimit?: number;
}

function boundsOf(plan: Plan, kind: CaseKind, kinds: readonly CaseKind[]): Bounds {
  const { seed, time } = plan;
  if (time === undefined) return { seed, numRuns: plan.runs ?? DEFAULT_RUNS[kind] };
  const whole = kinds.reduce((sum, other) => sum + TIME_SHARES[other], 0);
  return { seed, numRuns: 2 ** 31 - 1, interruptAfterTimeLimit: (time * TIME_SHARES[kind]) / whole };
}

/** Judges every property of a kind on the same drawn cases, so that a machine is drawn and run once for all of them. */
function judgeDrawn(plan: Plan, kind: CaseKind, tallies: readonly Tally[], bounds: Bounds): void {
  let done = 0;
  let threw: ThrewOnCase | undefined;
  fc.check(
    fc.property(arbitraryOf(kind, plan), (given) => {
      let judging = tallies[0]!;
      try {
        const judgeIt = judgeOf(plan.kernel, kind, given);
        for (const tally of tallies) {
          judging = tally;
          tally.add(given, judgeIt);
        }
      } catch (error) {
        threw = new ThrewOnCase(given, judging.property, error);
        return false;
      }
      plan.onProgress?.(++done, bounds.numRuns, kind);
      return true;
    }),
    { ...bounds, endOnFailure: true },
  );
  if (threw !== undefined) throw threw;
}

/** The same search again for one property that failed, now with fast-check's shrinking, and then ours. */
function shrinkFirst(plan: Plan, kind: CaseKind, tally: Tally, seed: number): Counterexample {
  const { kernel } = plan;
  const { property } = tally;
  const fails = (given: Case) => failureOf(property, kernel, given) !== undefined;
  const { run, given } = tally.first!;
  const found = fc.check(
    fc.property(arbitraryOf(kind, plan), (candidate) => !fails(candidate)),
    { seed, numRuns: run + 1 },
  );
  const smaller = found.counterexample?.[0] ?? given;
  const shrunk = shrinkCase(property.over, smaller, fails, { kernel, maxTries: MOST_TRIES[kind] }).case;
  return { given: shrunk, failure: judge(property, kernel, shrunk)!, from: 'search' };
}

/** Why a case fails; one on which a rule throws does not, for it shows something else. */
function failureOf(property: Property, kernel: Kernel, given: Case): Failure | undefined {
  try {
    return judge(property, kernel, given);
  } catch {
    return undefined;
  }
}

function judged(property: Property, kernel: Kernel, given: Case): Failure | undefined {
  try {
    return judge(property, kernel, given);
  } catch (error) {
    throw new ThrewOnCase(given, property, error);
  }
}

/** The first of the cases at hand that fails. */
function tryFirst(plan: Plan, property: Property): Counterexample | undefined {
  for (const { given, from } of plan.first?.(property) ?? []) {
    const failure = judged(property, plan.kernel, given);
    if (failure !== undefined) return { given, failure, from };
  }
  return undefined;
}

const sharesOf = (tally: Tally): readonly Share[] =>
  Object.entries(tally.property.mustSee).map(([label, least]) => {
    const cases = tally.seen(label);
    const share = tally.runs === 0 ? 0 : cases / tally.runs;
    return { label, cases, share, least, enough: cases >= Math.floor(least * tally.runs) };
  });

/** Given zones may rule some kinds of case out: then a property must only have met one of its kinds often enough. */
const isVacuous = ({ layout }: Plan, shares: readonly Share[]): boolean =>
  layout === undefined
    ? shares.some(({ enough }) => !enough)
    : !shares.some(({ cases, enough }) => enough && cases > 0);

function resultOf(plan: Plan, kind: CaseKind, tally: Tally, seed: number): PropertyResult {
  const { property, runs, failing, ms } = tally;
  const shares = sharesOf(tally);
  const base = { property, runs, failing, shares, ms };
  const atHand = tryFirst(plan, property);
  const knownToFail = property.verdicts[plan.kernel.base]?.holds === false;
  const vacuous = isVacuous(plan, shares);

  if (knownToFail) {
    const found = atHand ?? (tally.first === undefined ? undefined : { ...tally.first, from: 'search' as const });
    if (found === undefined) return { ...base, outcome: 'no longer fails' };
    return { ...base, outcome: vacuous ? 'vacuous' : 'known failure', counterexample: found };
  }
  if (atHand !== undefined) return { ...base, outcome: 'counterexample', counterexample: atHand };
  if (tally.first !== undefined) {
    const found = { ...tally.first, from: 'search' as const };
    const counterexample = plan.shrink === false ? found : shrinkFirst(plan, kind, tally, seed);
    return { ...base, outcome: 'counterexample', counterexample };
  }
  return { ...base, outcome: vacuous ? 'vacuous' : 'holds' };
}

/**
 * Checks properties of a kernel on drawn cases, those that say something of it. The same seed and number of runs give
 * the same results.
 */
export function check(plan: Plan): readonly PropertyResult[] {
  const asked = plan.properties.filter((property) => isAskedOf(property, plan.kernel));
  const kinds = KINDS.filter((kind) => asked.some((property) => caseKind(property) === kind));
  const results = new Map<Property, PropertyResult>();
  for (const kind of kinds) {
    const tallies = asked.filter((property) => caseKind(property) === kind).map((p) => new Tally(p));
    const bounds = boundsOf(plan, kind, kinds);
    judgeDrawn(plan, kind, tallies, bounds);
    for (const tally of tallies) {
      const result = resultOf(plan, kind, tally, bounds.seed);
      results.set(tally.property, result);
      plan.onResult?.(result);
    }
  }
  return asked.map((property) => results.get(property)!);
}

/** Checks one property of a kernel: for a test of one's own. */
export function checkProperty(
  property: Property,
  kernel: Kernel,
  options: Omit<Plan, 'kernel' | 'properties' | 'seed'> & { readonly seed?: number } = {},
): PropertyResult {
  return check({ seed: 1, ...options, kernel, properties: [property] })[0]!;
}
