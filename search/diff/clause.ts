import type { Kernel, RuleName } from '../../model/index.ts';
import { answerOf, differencesBetween, sameAnswer, sayValue, sideOf, yesOrNoOf, type Difference } from './answer.ts';
import { decisiveCalls } from './decisive.ts';
import { askAnswering, record, type Call } from './recorder.ts';
import { namesOfParams } from './source.ts';

/** A rule, and what it answered, without numbers. */
export interface Reason {
  readonly rule: string;
  readonly answer: string;
}

/** What one kernel says, and by which rules. */
export interface ClauseSide {
  /** Its answer, value by value, as far as it differs from the other kernel's; numbers are `less` and `more`. */
  readonly answer: readonly string[];
  /**
   * What the rule was told that decides: of the rules that it asked itself, those that turn the kernel's answer each
   * alone. Empty if it is no single one.
   */
  readonly because: readonly Reason[];
}

/** Where two kernels part: cases with equal clauses are decided differently for the same reasons. */
export interface Clause {
  /** The innermost rule that both asked alike and that answered differently, and decides. */
  readonly parting: string;
  readonly first: ClauseSide;
  readonly second: ClauseSide;
}

/** A question to a kernel, answered and seen through. */
export interface SeenThrough {
  readonly kernel: Kernel;
  readonly ask: (k: Kernel) => unknown;
  readonly answer: unknown;
  readonly calls: readonly Call[];
  readonly decisive: ReadonlySet<number>;
}

/** Asks a kernel and finds the calls that decide. */
export function seeThrough(kernel: Kernel, ask: (k: Kernel) => unknown): SeenThrough {
  const { answer, calls } = record(kernel, ask);
  return { kernel, ask, answer, calls, decisive: decisiveCalls(kernel, ask, answer, calls) };
}

interface Nested {
  readonly call: Call;
  readonly depth: number;
}

function* nested(calls: readonly Call[], depth = 0): Generator<Nested> {
  for (const call of calls) {
    yield { call, depth };
    yield* nested(call.calls, depth + 1);
  }
}

/** Whether two kernels asked a rule the same, as far as it takes the same arguments in both. */
function askedAlike(first: Kernel, a: Call, second: Kernel, b: Call): boolean {
  if (a.rule !== b.rule) return false;
  const [names, others] = [first, second].map((kernel) => namesOfParams(kernel, a.rule as RuleName)) as [
    readonly string[],
    readonly string[],
  ];
  return names.every((name, i) => {
    const at = name === '' ? i : others.indexOf(name);
    return at < 0 || sameArgument(a.args[i], b.args[at]);
  });
}

/** The argument as a text; of a machine without its kswapd's variables, which no rule reads. */
function argumentText(argument: object): string {
  if (!('thread' in argument && 'node' in argument)) return JSON.stringify(argument);
  const { thread: _thread, ...rest } = argument;
  return JSON.stringify(rest);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const sameArgument = (a: unknown, b: unknown): boolean =>
  a === b || (isObject(a) && isObject(b) && argumentText(a) === argumentText(b));

/** A rule that both kernels asked alike, and that answered differently. */
export interface Parting {
  readonly first: Call;
  readonly second: Call;
}

/** Whether a kernel would answer otherwise if one of its calls were answered as the other kernel's was. */
const matters = ({ kernel, ask, answer }: SeenThrough, { number }: Call, instead: unknown): boolean =>
  !sameAnswer(askAnswering(kernel, ask, number, instead), answer);

/** The innermost parting of those that decide; undefined if only the whole answers differ. */
export function partingOf(first: SeenThrough, second: SeenThrough): Parting | undefined {
  const others = [...nested(second.calls)].map(({ call }) => call);
  let found: (Parting & { readonly depth: number }) | undefined;
  for (const { call, depth } of nested(first.calls)) {
    if (found !== undefined && found.depth >= depth) continue;
    const other = others.find(
      (candidate) =>
        candidate.rule === call.rule &&
        !sameAnswer(candidate.answer, call.answer) &&
        askedAlike(first.kernel, call, second.kernel, candidate) &&
        (matters(first, call, candidate.answer) || matters(second, candidate, call.answer)),
    );
    if (other !== undefined) found = { first: call, second: other, depth };
  }
  return found;
}

/** Names that only say which zone a value belongs to are left out, and each kind of difference is said once. */
const kindOf = ({ name }: Difference): string => name.split('.').findLast((part) => !/^\d*$/.test(part)) ?? '';

/** Which of two numbers is more tells cases apart only where an answer has few: set-up makes many. */
const FEW_VALUES = 16;

function sideText(differences: readonly Difference[], own: 'first' | 'second', values: number): readonly string[] {
  const other = own === 'first' ? 'second' : 'first';
  const said = differences.map((difference) => {
    const kind = kindOf(difference);
    const number = typeof difference[own] === 'number' && typeof difference[other] === 'number';
    if (number && values > FEW_VALUES) return kind;
    return `${kind} ${sideOf(difference[own], difference[other])}`.trim();
  });
  return [...new Set(said)].toSorted();
}

/** A yes, a no or a word is what a rule said; numbers and whole machines are not said. */
function reasonOf({ rule, answer }: Call): Reason {
  const said = yesOrNoOf(answer)?.[1] ?? answer;
  return { rule, answer: typeof said === 'boolean' || typeof said === 'string' ? sayValue(said) : '' };
}

/** The reasons in calls, each once, in the order of their names. */
export function reasonsIn(calls: readonly Call[], decisive: ReadonlySet<number>): readonly Reason[] {
  const reasons = calls.filter(({ number }) => decisive.has(number)).map(reasonOf);
  const byText = new Map(reasons.map((reason) => [`${reason.rule} ${reason.answer}`, reason]));
  return [...byText.keys()].toSorted().map((text) => byText.get(text)!);
}

/** The clause by which two kernels' answers to a rule differ; undefined if they do not. */
export function clauseOf(first: SeenThrough, second: SeenThrough): Clause | undefined {
  if (sameAnswer(first.answer, second.answer)) return undefined;
  // The rule itself was asked alike, though the kernels may have it by other names.
  const parting = partingOf(first, second) ?? { first: first.calls[0]!, second: second.calls[0]! };
  const given = answerOf(parting.first.answer);
  const differences = differencesBetween(given, answerOf(parting.second.answer));
  const values = Object.keys(given).length;
  const side = ({ decisive }: SeenThrough, own: 'first' | 'second'): ClauseSide => ({
    answer: sideText(differences, own, values),
    because: reasonsIn(parting[own].calls, decisive),
  });
  return { parting: parting.first.rule, first: side(first, 'first'), second: side(second, 'second') };
}

const reasonText = ({ rule, answer }: Reason): string => (answer === '' ? rule : `${rule} ${answer}`);

/** The clause as a text; equal clauses have equal ones. */
export const clauseKey = ({ parting, first, second }: Clause): string =>
  [parting, ...[first, second].map(({ answer, because }) => [...answer, ...because.map(reasonText)].join('+'))].join(
    '|',
  );

/** Whether one list has something, and nothing that another one lacks. */
const isSubset = (part: readonly string[], whole: readonly string[]): boolean =>
  part.length > 0 && part.every((item) => whole.includes(item));

const isPartOfSide = (part: ClauseSide, whole: ClauseSide): boolean =>
  isSubset(part.answer, whole.answer) &&
  (whole.because.length === 0 || isSubset(part.because.map(reasonText), whole.because.map(reasonText)));

/**
 * Whether a clause has no difference and no reason that another one lacks. Where no single reason decided, there were
 * too many: then any may be left.
 */
export const isPartOf = (part: Clause, whole: Clause): boolean =>
  part.parting === whole.parting && isPartOfSide(part.first, whole.first) && isPartOfSide(part.second, whole.second);

/** Reasons in words, as they follow an answer; nothing for none. */
export function reasonsText(because: readonly Reason[]): string {
  const reasons = because.map(({ rule, answer }) => (answer === '' ? `of ${rule}` : `${rule} says ${answer}`));
  return reasons.length === 0 ? '' : `, because ${reasons.join(' and ')}`;
}

/** What one side says and why, in words: `no, because zoneReclaimable says yes and zoneBalanced says no`. */
export const sideWords = ({ answer, because }: ClauseSide): string => answer.join(', ') + reasonsText(because);
