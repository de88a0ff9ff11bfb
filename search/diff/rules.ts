import type fc from 'fast-check';
import { arbitrarySetupCase } from '../../generators/index.ts';
import type { Kernel, Question, SetupCase } from '../../model/index.ts';
import { shrinkCase, type Case } from '../../shrinkers/index.ts';
import { sameAnswer } from './answer.ts';
import { diffQuestions } from './cases.ts';
import { clauseKey, clauseOf, isPartOf, seeThrough, type Clause } from './clause.ts';
import { askedOf, ruleOf, setupOf, type Comparison } from './comparisons.ts';
import { drawCases } from './draw.ts';
import { ClauseTally } from './grouping.ts';
import { boundsOf, type DiffKind, type DiffPlan } from './plan.ts';
import type { RuleDiff } from './result.ts';
import { sameRule } from './source.ts';

/** Clauses of one rule that a smallest case is looked for: the most frequent ones. */
const MOST_CLAUSES = 12;

/** Most cases that are tried to make one small. */
const MOST_TRIES = 3000;

type Ask = (k: Kernel) => unknown;

/** A case as a question to either kernel. */
export function askOf(comparison: Comparison, given: Case): Ask {
  if (comparison.kind === 'setup') {
    const machine = setupOf(given as SetupCase);
    return (k) => comparison.ask(k, machine);
  }
  const asked = askedOf(given as Question);
  return (k) => comparison.ask(k, asked);
}

/** The clause by which two kernels differ about a case; undefined if they agree. */
function clauseOfCase(
  { first, second }: Pick<DiffPlan, 'first' | 'second'>,
  comparison: Comparison,
  given: Case,
): Clause | undefined {
  const ask = askOf(comparison, given);
  if (sameAnswer(ask(first), ask(second))) return undefined;
  return clauseOf(seeThrough(first, ask), seeThrough(second, ask));
}

interface Compared {
  readonly comparison: Comparison;
  readonly tally: ClauseTally<Clause>;
  asked: number;
}

function compared(plan: DiffPlan, comparison: Comparison): Compared {
  const clause = (given: Case): Clause | undefined => clauseOfCase(plan, comparison, given);
  const tally = new ClauseTally<Clause>({
    keyOf: clauseKey,
    shrink: (given, whole) => {
      const fails = (candidate: Case): boolean => {
        const part = clause(candidate);
        return part !== undefined && isPartOf(part, whole);
      };
      const witness = shrinkCase(comparison.kind, given, fails, { maxTries: MOST_TRIES }).case;
      return { witness, clause: clause(witness)! };
    },
  });
  return { comparison, tally, asked: 0 };
}

/** Asks both kernels about the same drawn cases. */
function draw(plan: DiffPlan, kind: Comparison['kind'], all: readonly Compared[], kinds: number): void {
  const cases: fc.Arbitrary<Case> = kind === 'setup' ? arbitrarySetupCase() : diffQuestions(plan);
  let done = 0;
  drawCases(cases, boundsOf(plan, kind, kinds), (given) => {
    for (const one of all) {
      one.asked++;
      const clause = clauseOfCase(plan, one.comparison, given);
      if (clause !== undefined) one.tally.add(clause, given);
    }
    plan.onProgress?.(`${kind}s: ${++done}`);
  });
}

/**
 * The comparison that shows the cases in which kernels part in a rule: the rule's own if it is compared, or else the
 * first that meets it.
 */
function showerOf(parting: string, all: readonly Compared[]): Compared | undefined {
  return (
    all.find(({ comparison }) => comparison.rules.some((rule) => rule === parting)) ??
    all.find(({ tally }) => tally.count((clause) => clause.parting === parting) > 0)
  );
}

function diffOf(plan: DiffPlan, one: Compared, all: readonly Compared[]): RuleDiff {
  const { comparison, tally, asked } = one;
  const isOwn = ({ parting }: Clause): boolean => showerOf(parting, all) === one;
  const partings = new Set(tally.clauses().map(({ parting }) => parting));
  const elsewhere = [...partings]
    .map((rule) => [rule, tally.count(({ parting }) => parting === rule)] as const)
    .filter(([rule]) => showerOf(rule, all) !== one);
  const { groups, rare } = tally.groups(isOwn, MOST_CLAUSES, () =>
    plan.onProgress?.(`making cases of ${comparison.rules[0]} small`),
  );
  return {
    comparison,
    first: ruleOf(plan.first, comparison)!,
    second: ruleOf(plan.second, comparison)!,
    kind: comparison.kind,
    same: !all.includes(one),
    asked,
    differ: tally.differ,
    elsewhere: Object.fromEntries(elsewhere.toSorted(([, a], [, b]) => b - a)),
    groups,
    rare,
  };
}

/**
 * Compares rules of two kernels. Of several rules, each shows the cases in which the kernels part in the rule itself:
 * where they part in one that it asks, that one shows them.
 */
export function diffRules(plan: DiffPlan, comparisons: readonly Comparison[]): readonly RuleDiff[] {
  const { first, second } = plan;
  const both = comparisons.filter(
    (comparison) => ruleOf(first, comparison) !== undefined && ruleOf(second, comparison) !== undefined,
  );
  const isSame = ({ rules }: Comparison): boolean => rules.every((rule) => sameRule(first, second, rule));
  const all = both.map((comparison) => compared(plan, comparison));
  const open = all.filter(({ comparison }) => !isSame(comparison));
  const ofKind = (kind: DiffKind) => open.filter(({ comparison }) => comparison.kind === kind);
  const kinds = (['setup', 'question'] as const).filter((kind) => ofKind(kind).length > 0);
  for (const kind of kinds) draw(plan, kind, ofKind(kind), kinds.length);
  return all.map((one) => diffOf(plan, one, open));
}
