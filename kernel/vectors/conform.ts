import { InputError } from '../inputError.ts';
import { readLines, type Line } from '../files.ts';
import { parseJson } from '../parse.ts';
import type { Kernel } from '../../model/index.ts';
import { answerCase, type Answer } from './answer.ts';
import { firstDifference, recordedAnswer, type Difference } from './compare.ts';

/** One case whose recorded answer is not the model's. */
export interface Disagreement {
  readonly id: string;
  readonly fn: string;
  readonly line: number;
  readonly difference: Difference;
}

/** How many cases of one function agree. */
export interface Agreement {
  readonly fn: string;
  readonly cases: number;
  readonly agree: number;
}

export interface FileReport {
  readonly file: string;
  readonly functions: readonly Agreement[];
  readonly disagreements: readonly Disagreement[];
}

const parseLine = (file: string, { number, text }: Line): { readonly where: string; readonly input: unknown } => {
  const where = `${file}:${number}`;
  return { where, input: parseJson(text, where) };
};

/** The model's own answers to the cases of a file, in order. */
export function* answersOf(file: string, kernel?: Kernel): Generator<Answer> {
  for (const line of readLines(file)) {
    const { where, input } = parseLine(file, line);
    yield answerCase(input, where, kernel);
  }
}

/** Runs a file's cases through the model and compares. `onCase` is called after each, for progress. */
export function conformFile(file: string, kernel?: Kernel, onCase?: (done: number, of: number) => void): FileReport {
  const counts = new Map<string, { cases: number; agree: number }>();
  const disagreements: Disagreement[] = [];
  const lines = readLines(file);
  lines.forEach((line, i) => {
    const { where, input } = parseLine(file, line);
    const { id, fn, got } = answerCase(input, where, kernel);
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
    if (difference !== undefined) disagreements.push({ id, fn, line: line.number, difference });
    onCase?.(i + 1, lines.length);
  });
  const functions = [...counts].map(([fn, { cases, agree }]) => ({ fn, cases, agree }));
  return { file, functions, disagreements };
}
