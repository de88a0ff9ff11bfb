import { describe, expect, test } from 'vitest';
import { readLines, type Line } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer, type Difference } from '../../kernel/vectors/compare.ts';
import { CASES } from '../kernel/recorded.ts';
import { vectorFile } from '../kernel/vectors.ts';

const files = Object.entries(CASES).flatMap(([kernel, named]) =>
  Object.entries(named).map(([name, functions]) => ({ kernel, name, functions: Object.keys(functions) })),
);
const direct = ['v4.19', 'v5.9'].map((kernel) => ({ kernel, name: 'direct', functions: ['do_try_to_free_pages'] }));

/** Each file is unpacked once. */
const unpacked = new Map<string, readonly Line[]>();
function linesOf(file: string): readonly Line[] {
  const lines = unpacked.get(file) ?? readLines(file);
  unpacked.set(file, lines);
  return lines;
}

/** Whether a line asks a function; runs of kswapd and of direct reclaim name none, and fill files of their own. */
const asks = (fn: string, { text }: Line): boolean => text.includes(`"fn":"${fn}"`) || !text.includes('"fn":"');

/** The first recorded answer of a function that the model does not give; the rest is not asked then. */
function firstDisagreement(file: string, fn: string): Difference | undefined {
  for (const line of linesOf(file)) {
    if (!asks(fn, line)) continue;
    const input = JSON.parse(line.text) as object;
    const difference = firstDifference(recordedAnswer(input), answerCase(input, `line ${line.number}`).got);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

describe.each([...files, ...direct])('what Linux $kernel answered, $name', ({ kernel, name, functions }) => {
  test.each(functions)('%s', (fn) => {
    expect(firstDisagreement(vectorFile(name, kernel), fn)).toBeUndefined();
  });
});
