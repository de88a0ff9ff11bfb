import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson } from '../../kernel/parse.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { vectorFile } from './vectors.ts';

type Json = Record<string, unknown>;

/** A few cases of every function, without their answers. */
const samples = [
  ['predicates', 'v4.0'],
  ['loops', 'v4.0'],
  ['setup', 'v4.0'],
  ['predicates', 'v5.9'],
  ['loops', 'v5.9'],
  ['alloc', 'v4.0'],
  ['alloc', 'v5.9'],
].flatMap(([name, kernel]) => {
  const taken = new Map<unknown, Json[]>();
  for (const { text } of readLines(vectorFile(name!, kernel))) {
    const { trace: _trace, final: _final, result: _result, tags: _tags, ...asked } = JSON.parse(text) as Json;
    const some = taken.get(asked['fn']) ?? [];
    if (some.length < 4) taken.set(asked['fn'], [...some, asked]);
  }
  return [...taken.values()].flat();
});

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
] as const;

/** The value with the one at `path` changed; `undefined` takes it away. */
function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Json;
  if (rest.length === 0 && put === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = withValue(copy[key], rest, put);
  return copy;
}

/** A case with one or a few places made odd, as the line of a file. */
const oddLine = fc
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
function outcome(text: string): 'answered' | 'refused' {
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

describe('a case that is not as it should be', () => {
  test('is answered or refused by a typed error that names its place, in 3,000 odd cases', () => {
    const outcomes = { answered: 0, refused: 0 };
    fc.assert(
      fc.property(oddLine, (text) => {
        outcomes[outcome(text)]++;
      }),
      { seed: 4, numRuns: 3000 },
    );
    expect(outcomes.refused).toBeGreaterThan(2000);
    expect(outcomes.answered).toBeGreaterThan(50);
  });

  test.each(['', 'null', '[]', '7', '{', '{}', '{"id":1}', '{"id":"a","kernel":"v4.0"}'])('%s is refused', (text) => {
    expect(outcome(text)).toBe('refused');
  });

  test('lists and records that nest too deep for anything are refused, wherever they stand', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const recorded = JSON.stringify({ ...samples[0], result: '@' });
    for (const text of [deep, recorded.replace('"@"', deep), recorded.replace('"v4.0"', deep)]) {
      expect(outcome(text)).toBe('refused');
    }
  });

  test('brackets in a text are no nesting', () => {
    const note = `\\"${'[{'.repeat(200)}`;
    expect(outcome(JSON.stringify({ ...samples[0], note }))).toBe('answered');
  });

  test.each(['v4.18', 'v9.9', '__proto__', 'toString'])('a case of the kernel %s is refused', (kernel) => {
    expect(outcome(JSON.stringify({ ...samples[0], kernel }))).toBe('refused');
  });

  test.each(['__alloc_pages_nodemask', '__proto__', 'constructor', ''])(
    'a case of the function "%s" is refused',
    (fn) => {
      expect(outcome(JSON.stringify({ ...samples[0], fn }))).toBe('refused');
    },
  );
});

describe('a state that is unusual but legal is answered', () => {
  const pgdat = samples.find(({ fn }) => fn === 'pgdat_balanced')!;
  const node = pgdat['node'] as { readonly zones: readonly Json[] };

  test('a node on which no zone is populated', () => {
    const zones = node.zones.map((zone) => ({ ...zone, present: 0 }));
    expect(answerCase({ ...pgdat, node: { ...node, zones } }, 'here').got).toEqual({ result: true });
  });

  test('free swap that is below zero for a moment', () => {
    const system = { ...(pgdat['system'] as object), swapPages: -2 };
    expect(outcome(JSON.stringify({ ...pgdat, system }))).toBe('answered');
  });

  test('free lists that are left out or cut short', () => {
    const zones = node.zones.map((zone) => ({ ...zone, free: { movable: [1], cma: [] } }));
    expect(outcome(JSON.stringify({ ...pgdat, node: { ...node, zones } }))).toBe('answered');
  });
});

test.each([
  ['v4.0', 'allow_direct_reclaim'],
  ['v4.19', 'zone_balanced'],
  ['v4.19', 'kswapd_highest_zoneidx'],
  ['v5.9', 'kswapd_classzone_idx'],
])('a case that asks %s a function that it does not have (%s) is named', (kernel, fn) => {
  const asked = { ...samples[0], id: 'x', kernel, fn };
  expect(() => answerCase(asked, 'here')).toThrow(InputError);
  expect(() => answerCase(asked, 'here')).toThrow(/a function that vectors of this kernel do not ask/);
});
