import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { InputError } from '../../../kernel/inputError.ts';
import { kernels } from '../../../model/index.ts';
import { litmusCases, parseLitmus } from '../../../search/litmus/litmus.ts';
import { runLitmus } from '../../../search/litmus/run.ts';
import { waysOf } from '../../../search/litmus/ways.ts';

const cases = litmusCases();

describe('the litmus cases', () => {
  it.each(cases)('$name comes out as expected in every kernel', (litmus) => {
    const outcomes = Object.keys(litmus.expect).map((name) => [name, runLitmus(litmus, kernels[name]!).outcome]);
    expect(Object.fromEntries(outcomes)).toEqual(litmus.expect);
  });

  it.each(cases)('$name asks about something that is said of its kernels, in two sentences or so', (litmus) => {
    const { why, expect: expected, property } = litmus;
    expect(Object.keys(expected).filter((name) => property.verdicts[name] === undefined)).toEqual([]);
    expect(why).toMatch(/^[A-Zk][^]*\.$/);
  });

  it('have names of their own, which their files have', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

const file = new URL('../../../litmus/freeze+take.json', import.meta.url);
const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const parsed = (changes: object) => parseLitmus(JSON.stringify({ ...written, ...changes }), 'a case');

test('an event that may happen anywhere happens in every turn, once each', () => {
  const ways = [...waysOf(parsed({}))];
  expect(ways).toHaveLength(3);
  expect(new Set(ways.map((way) => JSON.stringify(way))).size).toBe(3);
  expect(runLitmus(parsed({}), kernels['v5.9']!)).toMatchObject({ ways: 3 });
});

test.each([
  ['names a property that is not known here', { property: 'nothing-happens' }],
  ['expects nothing of any kernel', { expect: {} }],
  ['expects something that is no outcome', { expect: { 'v5.9': 'often' } }],
  ['expects something of an unknown kernel', { expect: { 'v6.6': 'never' } }],
  ['has an event of a zone that is not there', { anywhere: [{ take: { zone: 1, order: 0, count: 1 } }] }],
  ['has no turn for its events to fall on', { script: [] }],
  ['has events that may fall in too many ways', { anywhere: Array.from({ length: 12 }, () => ({ freeze: true })) }],
  ['has no case', { node: undefined }],
])('a file that %s is refused', (_what, changes) => {
  expect(() => parsed(changes)).toThrow(InputError);
});
