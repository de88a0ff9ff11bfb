import type { AnswerBody } from './answerBody.ts';

/** The first place where two answers part. */
export interface Difference {
  /** `result.trace[3].priority`, or `trace[12]` for a whole record. */
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** The records around a difference that lies in a trace; a record that one side lacks is left out. */
export interface TracePlace {
  /** `trace[12]` */
  readonly at: string;
  /** The record before, on which both sides agree. */
  readonly before?: { readonly at: string; readonly record: unknown };
  readonly expected?: unknown;
  readonly got?: unknown;
}

const PARTS: ReadonlySet<string> = new Set<keyof AnswerBody>(['trace', 'result', 'final', 'finalZlc']);

/** The recorded answer of a case, whatever its form; undefined if it has none. */
export function recordedAnswer(input: object): AnswerBody | undefined {
  if (!('result' in input) && !('trace' in input && 'final' in input)) return undefined;
  return Object.fromEntries(Object.entries(input).filter(([part]) => PARTS.has(part)));
}

/** The first difference between two answers, or undefined if they say the same. Free lists left out are all zero. */
export function firstDifference(expected: unknown, got: unknown, at = ''): Difference | undefined {
  if (expected === got) return undefined;
  if (Array.isArray(expected) && Array.isArray(got)) return differenceInLists(expected, got, at);
  if (isRecord(expected) && isRecord(got)) {
    if ('ev' in expected && expected['ev'] !== got['ev']) return { at, expected, got };
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
      const inside = at === '' ? key : `${at}.${key}`;
      const found = at.endsWith('.free')
        ? differenceInBlocks(expected[key], got[key], inside)
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

/** Blocks of one free list, where an order that is left out has none. */
function differenceInBlocks(expected: unknown, got: unknown, at: string): Difference | undefined {
  const ours = Array.isArray(expected) || expected === undefined ? (expected ?? []) : undefined;
  const theirs = Array.isArray(got) || got === undefined ? (got ?? []) : undefined;
  if (ours === undefined || theirs === undefined) return { at, expected, got };
  const orders = Math.max(ours.length, theirs.length);
  return differenceInLists(padded(ours, orders), padded(theirs, orders), at);
}

const padded = (blocks: readonly unknown[], length: number): readonly unknown[] =>
  Array.from({ length }, (_, order) => blocks[order] ?? 0);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where in a trace a difference lies, with the record before it; undefined if it lies elsewhere. */
export function tracePlace(expected: AnswerBody, got: AnswerBody, at: string): TracePlace | undefined {
  const match = /^((?:result\.)?trace)\[(\d+)\]/.exec(at);
  if (match === null) return undefined;
  const name = match[1]!;
  const index = Number(match[2]);
  const [ours, theirs] = [traceOf(expected), traceOf(got)];
  return {
    at: `${name}[${index}]`,
    ...(index === 0 ? {} : { before: { at: `${name}[${index - 1}]`, record: ours[index - 1] } }),
    ...(index < ours.length ? { expected: ours[index] } : {}),
    ...(index < theirs.length ? { got: theirs[index] } : {}),
  };
}

function traceOf(answer: AnswerBody): readonly unknown[] {
  const holder: unknown = 'trace' in answer ? answer : answer.result;
  const trace = isRecord(holder) ? holder['trace'] : undefined;
  return Array.isArray(trace) ? (trace as readonly unknown[]) : [];
}
