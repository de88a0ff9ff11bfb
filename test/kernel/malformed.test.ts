import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { oddLine, outcome, withoutAnswer, type Json } from './odd.ts';
import { vectorFile } from './vectors.ts';

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
    const asked = withoutAnswer(text);
    const some = taken.get(asked['fn']) ?? [];
    if (some.length < 4) taken.set(asked['fn'], [...some, asked]);
  }
  return [...taken.values()].flat();
});

describe('a case that is not as it should be', () => {
  test('is answered or refused by a typed error that names its place, in 3,000 odd cases', () => {
    const outcomes = { answered: 0, refused: 0 };
    fc.assert(
      fc.property(oddLine(samples), (text) => {
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
