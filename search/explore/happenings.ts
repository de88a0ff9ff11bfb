import type { Kernel, RuleName } from '../../model/index.ts';
import { asksOf, decidingRules, ownClauses } from './clauses.ts';
import { recordMark, wentMark } from './machine/coverage.ts';
import { askedClause, clauseMark, ruleMark } from './machine/marked.ts';
import type { Marks } from './marks.ts';
import type { Coverage, Happening } from './result.ts';

interface Point {
  readonly to: readonly string[];
}

/** Points of a program, and where each may lead. */
interface Points {
  readonly transitions: object;
  readonly yields: object;
}

/** Programs beside kswapd's own, each with what the names of its ways begin with. */
type Programs = readonly (readonly [prefix: string, program: Points])[];

/** Every way from a point of a program to another. */
const waysIn = (prefix: string, { transitions, yields }: Points): readonly (readonly [at: string, to: string])[] =>
  Object.entries({ ...transitions, ...yields } as Readonly<Record<string, Point>>).flatMap(([at, { to }]) =>
    to.map((next) => [`${prefix}${at}`, next] as const),
  );

/** What was and was not taken of what a kernel has. `movesTo` says how many moves it takes to go on from a state. */
export function coverageIn(
  kernel: Kernel,
  marks: Marks,
  movesTo: (state: number) => number,
  beside: Programs = [],
): Coverage {
  const happened = (name: string, mark: string): Happening => {
    const { count, first } = marks.get(mark);
    return count === 0 ? { name, times: 0 } : { name, times: count, moves: movesTo(first) };
  };
  const { transitions, yields } = kernel;
  const programs: Programs = [['', { transitions, yields }], ...beside];
  const ways = programs
    .flatMap(([prefix, program]) => waysIn(prefix, program))
    .map(([at, to]) => happened(`${at} to ${to}`, wentMark(at, to)));
  const records = marks
    .lines()
    .map(([name]) => name)
    .filter((name) => name.startsWith(recordMark('')))
    .map((name) => happened(name.slice(recordMark('').length), name));
  const rules = decidingRules(kernel, beside.length > 0).map((rule) => ruleHappening(rule, marks, movesTo));
  const asked = rules.filter(({ times }) => times > 0).map(({ name }) => name as RuleName);
  const answers = asked.flatMap((rule) => answersTo(marks, ruleMark(rule, ''), `${rule}: `, happened));
  return { ways, records, rules, answers, clauses: clausesOf(kernel, asked, marks, happened) };
}

type Happened = (name: string, mark: string) => Happening;

/** What a kind of mark was hit with. */
const namesAfter = (marks: Marks, prefix: string): readonly string[] =>
  marks
    .lines()
    .map(([name]) => name)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));

/** Whether a rule was asked at all, whatever it said. */
function ruleHappening(rule: RuleName, marks: Marks, movesTo: (state: number) => number): Happening {
  const said = namesAfter(marks, ruleMark(rule, '')).map((answer) => marks.get(ruleMark(rule, answer)));
  if (said.length === 0) return { name: rule, times: 0 };
  const times = said.reduce((sum, { count }) => sum + count, 0);
  return { name: rule, times, moves: movesTo(Math.min(...said.map(({ first }) => first))) };
}

/** Each answer that was asked for: yes and no, or those that were given. */
function answersTo(marks: Marks, prefix: string, shown: string, happened: Happened): readonly Happening[] {
  const given = namesAfter(marks, prefix);
  const isYesOrNo = given.some((one) => one === 'yes' || one === 'no');
  return (isYesOrNo ? ['yes', 'no'] : given).map((answer) => happened(`${shown}${answer}`, `${prefix}${answer}`));
}

/** Each clause of the rules that were asked: what other rules told them, and which comparison of their own decided. */
function clausesOf(kernel: Kernel, rules: readonly RuleName[], marks: Marks, happened: Happened): readonly Happening[] {
  return rules.flatMap((rule) => {
    const own = ownClauses(kernel, rule)?.names.map((clause) => `${rule}: ${clause}`) ?? [];
    const heard = namesAfter(marks, clauseMark(askedClause(rule, ''))).map((name) => name.slice(0, name.indexOf(':')));
    const told = [...new Set([...asksOf(kernel, rule), ...heard])].flatMap((asked) => {
      const clause = askedClause(rule, asked);
      const answers = answersTo(marks, clauseMark(`${clause}: `), `${clause}: `, happened);
      return answers.length > 0 ? answers : [{ name: clause, times: 0 }];
    });
    return [...told, ...own.map((clause) => happened(clause, clauseMark(clause)))];
  });
}

/** What something that can happen may be marked as, by the name that it is listed by. */
export function happeningMarks(name: string): readonly string[] {
  const [at, to] = name.split(' to ');
  const [rule, answer] = name.split(': ');
  return [
    recordMark(name),
    clauseMark(name),
    ...(to === undefined ? [] : [wentMark(at!, to)]),
    ...(answer === undefined ? [] : [ruleMark(rule!, answer)]),
  ];
}
