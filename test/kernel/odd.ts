import fc from 'fast-check';
import { expect } from 'vitest';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson } from '../../kernel/parse.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';

export type Json = Record<string, unknown>;

/** A recorded case without its answer. */
export function withoutAnswer(text: string): Json {
  const { trace: _trace, final: _final, result: _result, tags: _tags, ...asked } = JSON.parse(text) as Json;
  return asked;
}

/** Every place in a value, as paths. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inside]) => placesIn(inside, [...path, key]))];
}

const ODD_VALUES = [
  null,
  true,
  '',
  'DMA',
  '__proto__',
  -1,
  0.5,
  4,
  11,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  [[]],
  {},
  { ev: 'sleep' },
  [null, 'x', -3],
  [[0, 9]],
] as const;

/** The value with the one at `path` changed; `undefined` takes it away. */
function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Json;
  if (rest.length === 0 && put === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = withValue(copy[key], rest, put);
  return copy;
}

/** One of some cases with one or a few places made odd, as the line of a file. */
export const oddLine = (samples: readonly Json[]): fc.Arbitrary<string> =>
  fc
    .record({
      sample: fc.constantFrom(...samples),
      changes: fc.array(fc.record({ at: fc.noBias(fc.nat()), put: fc.constantFrom(undefined, ...ODD_VALUES) }), {
        minLength: 1,
        maxLength: 3,
      }),
      cut: fc.oneof({ weight: 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.noBias(fc.nat()) }),
    })
    .map(({ sample, changes, cut }) => {
      let value: unknown = sample;
      for (const { at, put } of changes) {
        const places = placesIn(value);
        value = withValue(value, places[at % places.length]!, put);
      }
      const text = JSON.stringify(value) ?? '';
      return cut === null ? text : text.slice(0, cut % (text.length + 1));
    });

/** What becomes of a line: an answer, or the message of a typed error. Anything else is a fault and escapes. */
export function outcome(text: string): 'answered' | 'refused' {
  try {
    answerCase(parseJson(text, 'odd.jsonl:1'), 'odd.jsonl:1');
    return 'answered';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).toMatch(/^odd\.jsonl:1/);
    expect(error.message.length).toBeLessThan(2000);
    return 'refused';
  }
}
