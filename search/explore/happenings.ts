import { hasRule, type Kernel, type RuleName } from '../../model/index.ts';
import { recordMark, ruleMark, wentMark } from './machine/coverage.ts';
import type { Marks } from './marks.ts';
import type { Coverage, Happening } from './result.ts';

/** What was and was not taken of what a kernel has. `movesTo` says how many moves it takes to go on from a state. */
export function coverageIn(kernel: Kernel, marks: Marks, movesTo: (state: number) => number): Coverage {
  const happened = (name: string, mark: string): Happening => {
    const { count, first } = marks.get(mark);
    return count === 0 ? { name, times: 0 } : { name, times: count, moves: movesTo(first) };
  };
  const { transitions, yields } = kernel;
  const ways = Object.entries({ ...transitions, ...yields }).flatMap(([at, { to }]) =>
    to.map((next) => happened(`${at} to ${next}`, wentMark(at, next))),
  );
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
