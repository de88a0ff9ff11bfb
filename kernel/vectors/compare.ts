import type { AnswerBody } from './answer.ts';

/** The first place where two answers part. */
export interface Difference {
  /** `result.trace[3].priority`, or `trace[12]` for a whole record. */
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** The recorded answer of a case, whatever its form; undefined if it has none. */
export function recordedAnswer(input: object): AnswerBody | undefined {
  if ('result' in input) return { result: input.result };
  if ('trace' in input && 'final' in input) return { trace: input.trace, final: input.final };
  return undefined;
}

/** The first difference between two answers, or undefined if they say the same. Free lists left out are all zero. */
export function firstDifference(expected: unknown, got: unknown, at = ''): Difference | undefined {
  if (Object.is(expected, got)) return undefined;
  if (Array.isArray(expected) && Array.isArray(got)) return differenceInLists(expected, got, at);
  if (isRecord(expected) && isRecord(got)) {
    if ('ev' in expected && expected['ev'] !== got['ev']) return { at, expected, got };
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const inside = at === '' ? key : `${at}.${key}`;
      const found = at.endsWith('.free')
        ? firstDifference(withoutTrailingZeros(expected[key]), withoutTrailingZeros(got[key]), inside)
        : firstDifference(expected[key], got[key], inside);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return { at, expected, got };
}

function differenceInLists(expected: readonly unknown[], got: readonly unknown[], at: string): Difference | undefined {
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    if (i >= expected.length || i >= got.length) return { at: `${at}[${i}]`, expected: expected[i], got: got[i] };
    const found = firstDifference(expected[i], got[i], `${at}[${i}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutTrailingZeros = (blocks: unknown): readonly unknown[] => {
  const list = Array.isArray(blocks) ? [...(blocks as readonly unknown[])] : [];
  while (list.at(-1) === 0) list.pop();
  return list;
};
