import type { Kernel } from '../../model/index.ts';
import { placeOf, readLines, type Line } from '../files.ts';
import { InputError } from '../inputError.ts';
import { parseJson } from '../parse.ts';
import { answerCase, type Answer } from './answer.ts';
import { firstDifference, recordedAnswer, tracePlace, type Difference, type TracePlace } from './compare.ts';

/** One case whose recorded answer is not the model's. */
export interface Disagreement {
  readonly id: string;
  readonly fn: string;
  readonly line: number;
  readonly difference: Difference;
  /** The records around the difference, if it lies in a trace. */
  readonly trace?: TracePlace;
}

/** How many cases of one function agree. */
export interface Agreement {
  readonly fn: string;
  readonly cases: number;
  readonly agree: number;
}

export interface FileReport {
  readonly file: string;
  /** By the functions' names. */
  readonly functions: readonly Agreement[];
  readonly disagreements: readonly Disagreement[];
}

/** Called after each case, for progress. */
export type OnCase = (done: number, of: number) => void;

const HINT = 'check that the file is complete; vectors are JSON Lines, one case a line';

const parseLine = (file: string, { number, text }: Line): { readonly where: string; readonly input: unknown } => {
  const where = `${placeOf(file)}:${number}`;
  return { where, input: parseJson(text, where, HINT) };
};

/** A rule threw while a case was asked: where the case stands, and as the cause what was thrown. */
export class CaseThrew extends Error {
  readonly where: string;

  constructor(where: string, cause: unknown) {
    super('a rule threw', { cause });
    this.name = 'CaseThrew';
    this.where = where;
  }
}

function ask(input: unknown, where: string, kernel: Kernel | undefined): Answer {
  try {
    return answerCase(input, where, kernel);
  } catch (error) {
    throw error instanceof InputError ? error : new CaseThrew(where, error);
  }
}

/** The model's own answers to the cases of a file, in order; the cases need no recorded ones. */
export function* answersOf(file: string, kernel?: Kernel, onCase?: OnCase): Generator<Answer> {
  const lines = readLines(file);
  for (const [i, line] of lines.entries()) {
    const { where, input } = parseLine(file, line);
    yield ask(input, where, kernel);
    onCase?.(i + 1, lines.length);
  }
}

/** The differing cases of a file, one by one, and how many agree as the return value. */
function* compareFile(file: string, kernel?: Kernel, onCase?: OnCase): Generator<Disagreement, readonly Agreement[]> {
  const counts = new Map<string, { cases: number; agree: number }>();
  const lines = readLines(file);
  for (const [i, line] of lines.entries()) {
    const { where, input } = parseLine(file, line);
    const { id, fn, got } = ask(input, where, kernel);
    const expected = recordedAnswer(input as object);
    if (expected === undefined) {
      throw new InputError({
        what: 'the case has no recorded answer to compare with',
        where: `${where} (${id})`,
        expected: '`result`, or `trace` and `final`',
        hint: 'use --print to write the model’s own answers',
      });
    }
    const difference = firstDifference(expected, got);
    const count = counts.get(fn) ?? { cases: 0, agree: 0 };
    counts.set(fn, { cases: count.cases + 1, agree: count.agree + (difference === undefined ? 1 : 0) });
    if (difference !== undefined) {
      const trace = tracePlace(expected, got, difference.at);
      yield { id, fn, line: line.number, difference, ...(trace === undefined ? {} : { trace }) };
    }
    onCase?.(i + 1, lines.length);
  }
  return [...counts].map(([fn, { cases, agree }]) => ({ fn, cases, agree })).toSorted(byName);
}

const bareName = ({ fn }: Agreement): string => fn.replace(/^_+/, '');
const byName = (a: Agreement, b: Agreement): number =>
  bareName(a) === bareName(b) ? b.fn.length - a.fn.length : bareName(a) < bareName(b) ? -1 : 1;

/** Runs a file's cases through the model and compares. */
export function conformFile(file: string, kernel?: Kernel, onCase?: OnCase): FileReport {
  const disagreements: Disagreement[] = [];
  const comparing = compareFile(file, kernel, onCase);
  for (;;) {
    const next = comparing.next();
    if (next.done === true) return { file: placeOf(file), functions: next.value, disagreements };
    disagreements.push(next.value);
  }
}
