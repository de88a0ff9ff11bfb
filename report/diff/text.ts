import { sideWords } from '../../search/diff/clause.ts';
import type { Diff, RuleDiff } from '../../search/diff/result.ts';
import { count } from '../check/reporter.ts';
import { givenLines } from '../counterexample/case.ts';
import { colorsOf, type Colors } from '../counterexample/style.ts';
import { tableLines, type TableRow } from '../counterexample/table.ts';
import { wrapTo } from './columns.ts';
import { explainCase, explainedLines } from './explain.ts';
import { loopGroupLines } from './loopText.ts';
import { CASES, namedLine, sideBySide, type DiffStyle, type Pair } from './show.ts';

/** What a comparison is shown with. */
export interface DiffShown {
  readonly kernels: Pair;
  /** The kernels as they were asked for. */
  readonly asked: readonly [string, string];
  readonly diff: Diff;
  /** One rule or the runs were asked for: then every clause is shown with its smallest case, and else the first. */
  readonly only: boolean;
  /** The files that smallest cases were saved as, by their groups. */
  readonly savedAs: ReadonlyMap<object, string>;
}

/** A comparison as lines for people: a table of the rules, and each clause with its smallest case. */
export function* diffLines(shown: DiffShown, style: DiffStyle): Generator<string> {
  const c = colorsOf(style);
  const { kernels, diff, only } = shown;
  const { rules, loop } = diff;
  if (rules.length > 0) {
    yield c.bold(`${kernels[0].name} and ${kernels[1].name}, seed ${diff.seed}`);
    yield* tableLines({ columns: ['rule', 'cases', 'differ', 'clauses'], rows: rules.map(rowOf) }, c);
  }
  for (const rule of rules) {
    const { groups, rare, kind, first } = rule;
    for (const [i, group] of groups.entries()) {
      yield '';
      yield* groupLines(kernels, rule, group, only || i === 0, style);
      yield* savedLines(shown, group, c);
    }
    yield* restLines(shown, rare, groups.length, CASES[kind], `--rule ${first}`, c);
  }
  if (loop === undefined) return;
  if (rules.length > 0) yield '';
  const found = loop.differ === 0 ? 'no difference found in' : `decided differently in ${count(loop.differ)} of`;
  yield c.bold(`Runs of ${kernels[0].name} and ${kernels[1].name}, seed ${diff.seed}: ${found} ${count(loop.asked)}`);
  for (const [i, group] of loop.groups.entries()) {
    yield '';
    yield* loopGroupLines(kernels, group, only || i === 0, style);
    yield* savedLines(shown, group, c);
  }
  yield* restLines(shown, loop.rare, loop.groups.length, CASES.scenario, '--loop', c);
}

function rowOf(rule: RuleDiff): TableRow {
  const { first, second, same, asked, differ, groups } = rule;
  if (same) return { cells: [first, '', '', ''], end: 'the same functions' };
  const renamed = first === second ? [] : [`then ${second}`];
  const end = [...renamed, ...elsewhereText(rule)].join(', ');
  return { cells: [first, count(asked), count(differ), String(groups.length)], end };
}

/** The rules that cases part in which are shown with those rules. */
function elsewhereText({ elsewhere }: RuleDiff): readonly string[] {
  const [first, ...others] = Object.keys(elsewhere);
  if (first === undefined) return [];
  return [`by ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`];
}

function* groupLines(
  kernels: Pair,
  rule: RuleDiff,
  { clause, cases, witness }: RuleDiff['groups'][number],
  whole: boolean,
  style: DiffStyle,
): Generator<string> {
  const c = colorsOf(style);
  const asked = clause.parting === rule.first ? '' : ` asks ${clause.parting}, which`;
  yield c.bold(`${rule.first}${asked} differs: ${count(cases)} ${CASES[rule.kind]}`);
  for (const i of [0, 1] as const) {
    const line = namedLine(kernels, i, sideWords(i === 0 ? clause.first : clause.second));
    yield* wrapTo(line, style.width, namedLine(kernels, i, '').length - 2);
  }
  if (!whole) return;
  yield '';
  yield* givenLines(kernels[0], rule.kind, witness, c);
  yield '';
  const [a, b] = explainCase(kernels, rule, witness);
  yield* sideBySide(kernels, [explainedLines(a), explainedLines(b)], style.width, c);
}

function* restLines(
  { asked, diff, only }: DiffShown,
  rare: number,
  groups: number,
  cases: string,
  what: string,
  c: Colors,
): Generator<string> {
  if (rare > 0) yield c.dim(`\nand ${count(rare)} ${cases} of rarer clauses`);
  if (only || groups < 2) return;
  const command = `kswapd-spec diff ${asked.join(' ')} ${what} --seed ${diff.seed}`;
  yield c.dim(`\nthe smallest cases of all ${groups} clauses: ${command}`);
}

function* savedLines({ savedAs }: DiffShown, group: object, c: Colors): Generator<string> {
  const path = savedAs.get(group);
  if (path !== undefined) yield c.dim(`\nsaved as ${path}`);
}
