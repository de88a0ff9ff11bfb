import { describe, expect, test } from 'vitest';
import { InputError } from '../../../kernel/inputError.ts';
import { kernels } from '../../../model/index.ts';
import { parseScope, readScope, scopePath, shippedScopes } from '../../../search/explore/scopeFile.ts';

const problemOf = (text: string): InputError['problem'] => {
  try {
    parseScope(text, 'scope.json');
  } catch (error) {
    if (error instanceof InputError) return error.problem;
    throw error;
  }
  throw new Error('it was taken for a scope');
};

const ZONE = {
  name: 'Normal',
  managed: 4,
  watermark: { min: 0, low: 1, high: 2 },
  lowmemReserve: [0],
  free: [[1]],
};
const SCOPE = { title: 'A', covers: 'B', zones: [ZONE] };

const withZone = (change: object): string => JSON.stringify({ ...SCOPE, zones: [{ ...ZONE, ...change }] });

test('a scope says little, and the rest is taken as nothing', () => {
  const scope = parseScope(JSON.stringify(SCOPE), 'scope.json');
  expect(scope).toMatchObject({ events: {}, turns: { scanned: [0], reclaimed: [0] }, failures: [0] });
});

describe('a bad scope is refused, with the place', () => {
  test.each([
    ['a zone of more pages than it manages', withZone({ file: [4] }), /zones\[0\]\.managed/, /5 pages/],
    ['marks that fall', withZone({ watermark: { min: 3, low: 1, high: 2 } }), /watermark/, /ascend/],
    ['too few reserves', withZone({ lowmemReserve: [] }), /lowmemReserve/, /1 entries/],
    ['a list without a choice', withZone({ free: [] }), /free/, /./],
    ['a machine too large to be explored', withZone({ managed: 1e6 }), /managed/, /4096/],
    ['a word that scopes do not have', withZone({ colour: 1 }), /zones\[0\]/, /colour/],
    [
      'zones in the wrong order',
      JSON.stringify({ ...SCOPE, zones: Array.from({ length: 2 }, () => ({ ...ZONE, lowmemReserve: [0, 0] })) }),
      /zones\[1\]\.name/,
      /highest/,
    ],
    [
      'a request beyond the zones',
      JSON.stringify({ ...SCOPE, pending: [{ order: 0, zoneIdx: 2 }] }),
      /pending\[0\]\.zoneIdx/,
      /at most 1/,
    ],
    [
      'a merge into smaller blocks',
      JSON.stringify({ ...SCOPE, turns: { merged: [{ from: 1, to: 1, count: 1 }] } }),
      /turns\.merged\[0\]\.to/,
      /above 1/,
    ],
  ])('%s', (_name, text, what, expected) => {
    const problem = problemOf(text);
    expect(problem.where).toBe('scope.json');
    expect(problem.what).toMatch(what);
    expect(problem.expected).toMatch(expected);
    expect(problem.hint).toContain('explore --list');
  });

  test('a text that is no JSON', () => {
    const { what, hint } = problemOf('{');
    expect(what).toBe('not JSON');
    expect(hint).toContain('explore --list');
  });

  test('a name that no scope has, with those that there are', () => {
    expect(() => scopePath('no-zones')).toThrow(/one-zone/);
  });
});

test('every scope that comes with it is one, and names kernels that there are', () => {
  expect(shippedScopes().size).toBeGreaterThan(0);
  for (const path of shippedScopes().values()) {
    for (const kernel of readScope(path).kernels ?? []) expect(kernels).toHaveProperty([kernel]);
  }
});
