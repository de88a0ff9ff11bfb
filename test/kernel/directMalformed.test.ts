import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { vectorFile } from './vectors.ts';

type Json = Record<string, unknown>;

const samples = readLines(vectorFile('direct', 'v5.9'))
  .slice(0, 20)
  .map(({ text }) => {
    const { trace: _trace, final: _final, result: _result, tags: _tags, ...asked } = JSON.parse(text) as Json;
    return asked;
  });

/** Every place in a value, as paths. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inside]) => placesIn(inside, [...path, key]))];
}

/** The value with the one at `path` changed; undefined takes it away. */
function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Json;
  if (rest.length === 0 && put === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = withValue(copy[key], rest, put);
  return copy;
}

const ODD_VALUES = [null, true, '', 'DMA', -1, 0.5, 3, 11, 2 ** 31, 2 ** 53, [], [[]], [[0, 9]], {}] as const;

const oddCase = fc
  .record({
    sample: fc.constantFrom(...samples),
    at: fc.noBias(fc.nat()),
    put: fc.constantFrom(undefined, ...ODD_VALUES),
  })
  .map(({ sample, at, put }) => {
    const places = placesIn(sample).filter((path) => path.length > 0);
    return withValue(sample, places[at % places.length]!, put);
  });

/** What becomes of a case: an answer, or a typed error that names its place. Anything else escapes. */
function outcome(input: unknown): 'answered' | 'refused' {
  try {
    answerCase(input, 'odd.jsonl:1');
    return 'answered';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).toMatch(/^odd\.jsonl:1/);
    return 'refused';
  }
}

test('an odd direct reclaim is answered or refused by a typed error that names its place', () => {
  const outcomes = { answered: 0, refused: 0 };
  fc.assert(
    fc.property(oddCase, (input) => {
      outcomes[outcome(input)]++;
    }),
    { seed: 4, numRuns: 1500 },
  );
  expect(outcomes.refused).toBeGreaterThan(800);
  expect(outcomes.answered).toBeGreaterThan(20);
});

test.each([
  ['a node that there is not', { zonelist: [[2, 0]] }, 'zonelist[0][0]'],
  ['a zone that there is not', { zonelist: [[0, 9]] }, 'zonelist[0][1]'],
  ['an unknown flag', { args: { order: 0, gfpMask: ['FAST'], nrToReclaim: 1, reclaimIdx: 0 } }, 'args.gfpMask[0]'],
  ['an index above all zones', { args: { order: 0, gfpMask: [], nrToReclaim: 1, reclaimIdx: 9 } }, 'args.reclaimIdx'],
  ['pages of a zone above all', { script: [{ reclaimed: [0, 0, 0, 0, 0, 1] }] }, 'script[0].reclaimed'],
  ['an event in a zone above all', { script: [{ events: [{ take: { zone: 9, order: 0, count: 1 } }] }] }, '.take.zone'],
])('%s is refused where it stands', (_what, change, place) => {
  expect(() => answerCase({ ...samples[0], ...change }, 'odd.jsonl:1')).toThrow(place);
});
