import { hasRule, type Kernel, type RuleName } from '../../model/index.ts';
import { recordMark, ruleMark, wentMark } from './machine/coverage.ts';
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
  return { ways, records, answers: rulesOf(kernel).flatMap((rule) => answersOf(rule, marks, happened)) };
}

/** The rules of a kernel by name, without what only boot and the page allocator ask. */
const rulesOf = (kernel: Kernel): readonly string[] =>
  LOOP_RULES.filter((rule) => hasRule(kernel, rule)).map((rule) => rule as string);

/** The rules that kswapd and those who wake it ask. */
const LOOP_RULES: readonly RuleName[] = [
  'zoneWatermarkOk',
  'zoneWatermarkOkSafe',
  'zoneReclaimable',
  '__compactionSuitable',
  'compactionSuitable',
  'zoneBalanced',
  'pgdatBalanced',
  'pgdatWatermarkBoosted',
];

/** Each answer of a rule: yes and no, or those that it gave. */
function answersOf(
  rule: string,
  marks: Marks,
  happened: (name: string, mark: string) => Happening,
): readonly Happening[] {
  const prefix = ruleMark(rule, '');
  const given = marks
    .lines()
    .map(([name]) => name)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const isYesOrNo = given.some((one) => one === 'yes' || one === 'no');
  const answers = isYesOrNo ? ['yes', 'no'] : given.length === 0 ? ['any'] : given;
  return answers.map((answer) => happened(`${rule}: ${answer}`, ruleMark(rule, answer)));
}

/** What something that can happen may be marked as, by the name that it is listed by. */
export function happeningMarks(name: string): readonly string[] {
  const [at, to] = name.split(' to ');
  const [rule, answer] = name.split(': ');
  return [
    recordMark(name),
    ...(to === undefined ? [] : [wentMark(at!, to)]),
    ...(answer === undefined ? [] : [ruleMark(rule!, answer)]),
  ];
}
