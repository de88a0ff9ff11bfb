import { v4_0 } from '../../model/index.ts';
import { shellWord } from '../../report/counterexample/index.ts';
import { spanText } from '../options.ts';

/** What a hunt was asked for by. */
export interface HuntWords {
  readonly names: readonly string[];
  /** A name or a file. */
  readonly kernel: string;
  readonly seed: number;
  readonly runs?: number;
  /** Milliseconds. */
  readonly time?: number;
}

const wordsOf = ({ names, kernel, seed }: HuntWords, ...limit: readonly string[]): readonly string[] => [
  ...names,
  ...(kernel === v4_0.name ? [] : ['--kernel', shellWord(kernel)]),
  ...limit,
  '--seed',
  String(seed),
];

const limitOf = ({ runs, time }: HuntWords): readonly string[] => {
  if (runs !== undefined) return ['--runs', String(runs)];
  return time === undefined ? [] : ['--time', spanText(time)];
};

/**
 * The options that make the same hunt again: for as many cases as it came to, since another time the clock may leave
 * room for more or for fewer.
 */
export const againOf = (words: HuntWords, drawn: number): string =>
  wordsOf(words, ...(drawn === 0 ? limitOf(words) : ['--runs', String(drawn)])).join(' ');

/** The options that go on with a hunt. */
export const resumeOf = (words: HuntWords): string => [...wordsOf(words, ...limitOf(words)), '--resume'].join(' ');
