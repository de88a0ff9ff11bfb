import type { Scenario } from '../../model/index.ts';
import { shrinkCase, type Case } from '../../shrinkers/index.ts';
import { diffScenarios } from './cases.ts';
import { partingOf, reasonsIn, seeThrough, type Reason } from './clause.ts';
import { runsPart, type Decision, type RunsPart } from './decisions.ts';
import { drawCases } from './draw.ts';
import { ClauseTally, type Group } from './grouping.ts';
import { boundsOf, type DiffPlan } from './plan.ts';
import { stretchOf } from './stretch.ts';

/** What one kswapd decides, and where it stands. */
export interface LoopSide {
  readonly decision: Decision['ev'];
  /** The point of the loop that it decides at, or waits at while another task does something. */
  readonly at: string;
  /** What it was told on the way that decides; it tells no cases apart. */
  readonly because: readonly Reason[];
}

/** Where two kswapds part: runs with equal clauses first differ in the same decision, for the same reasons. */
export interface LoopClause {
  /** The innermost rule that both asked alike on the way there, that answered differently, and that decides. */
  readonly parting?: string;
  readonly first: LoopSide;
  readonly second: LoopSide;
}

/** What came of comparing whole runs. */
export interface LoopDiff {
  /** Scenarios run on both. */
  readonly asked: number;
  /** Runs in which the two decided differently. */
  readonly differ: number;
  /** Those runs by the first decision that differs; the most frequent first. */
  readonly groups: readonly Group<LoopClause>[];
  /** Runs of rare clauses, that no witness was looked for. */
  readonly rare: number;
}

/** The clause by which two runs part. */
function loopClauseOf({ runs, made }: RunsPart): LoopClause {
  const ways = [stretchOf(runs[0], made[0]), stretchOf(runs[1], made[1])] as const;
  const seen = [seeThrough(runs[0].kernel, ways[0].ask), seeThrough(runs[1].kernel, ways[1].ask)] as const;
  const parting = partingOf(seen[0], seen[1]);
  const side = (own: 0 | 1): LoopSide => {
    const { calls, decisive } = seen[own];
    const asked = parting === undefined ? calls : parting[own === 0 ? 'first' : 'second'].calls;
    return {
      decision: made[own].decision.ev,
      at: ways[own].step.at,
      because: reasonsIn(asked, decisive),
    };
  };
  return { ...(parting && { parting: parting.first.rule }), first: side(0), second: side(1) };
}

/** The clause as a text; equal clauses have equal ones. */
const loopClauseKey = ({ parting = '', first, second }: LoopClause): string =>
  [parting, first.decision, first.at, second.decision, second.at].join('|');

/** Clauses that a smallest run is looked for: the most frequent ones. */
const MOST_CLAUSES = 10;

/** Most runs that are tried to make one small. */
const MOST_TRIES = 2500;

/** Compares whole runs of two kernels: the same scenarios, by the first decision that they take differently. */
export function diffLoop(plan: DiffPlan): LoopDiff {
  const { first, second } = plan;
  const clauseOf = (given: Case): LoopClause | undefined => {
    const parts = runsPart(first, second, given as Scenario);
    return parts && loopClauseOf(parts);
  };
  const tally = new ClauseTally<LoopClause>({
    keyOf: loopClauseKey,
    shrink: (given, whole) => {
      const fails = (candidate: Case): boolean => {
        const part = clauseOf(candidate);
        return part !== undefined && loopClauseKey(part) === loopClauseKey(whole);
      };
      const witness = shrinkCase('scenario', given, fails, { maxTries: MOST_TRIES }).case;
      return { witness, clause: clauseOf(witness)! };
    },
  });
  let asked = 0;
  const scenarios = diffScenarios(plan);
  drawCases(scenarios, boundsOf(plan, 'scenario', 1), (given) => {
    asked++;
    const clause = clauseOf(given);
    if (clause !== undefined) tally.add(clause, given);
    plan.onProgress?.(`runs: ${asked}`);
  });
  const grouped = tally.groups(
    () => true,
    MOST_CLAUSES,
    () => plan.onProgress?.('making runs small'),
  );
  return { asked, differ: tally.differ, ...grouped };
}
