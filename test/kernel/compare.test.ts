import { describe, expect, test } from 'vitest';
import { firstDifference, recordedAnswer, tracePlace } from '../../kernel/vectors/compare.ts';

describe('the first difference between two answers', () => {
  test('is none when both say the same, whatever the order of their fields', () => {
    expect(firstDifference({ result: { ok: true, pages: 3 } }, { result: { pages: 3, ok: true } })).toBeUndefined();
  });

  test('is named by its path', () => {
    const expected = { result: { nodes: [{ zones: [{ low: 1 }, { low: 2 }] }] } };
    const got = { result: { nodes: [{ zones: [{ low: 1 }, { low: 3 }] }] } };
    expect(firstDifference(expected, got)).toEqual({ at: 'result.nodes[0].zones[1].low', expected: 2, got: 3 });
  });

  test('is the whole record when the records are of different kinds', () => {
    const found = firstDifference({ trace: [{ ev: 'sleep' }] }, { trace: [{ ev: 'limit' }] });
    expect(found).toEqual({ at: 'trace[0]', expected: { ev: 'sleep' }, got: { ev: 'limit' } });
  });

  test('is the missing record when one trace ends early', () => {
    const found = firstDifference({ trace: [{ ev: 'sleep' }] }, { trace: [] });
    expect(found).toEqual({ at: 'trace[0]', expected: { ev: 'sleep' }, got: undefined });
  });

  test('is a field that only one side has', () => {
    expect(firstDifference({ a: 1 }, { a: 1, b: 2 })).toEqual({ at: 'b', expected: undefined, got: 2 });
  });

  test('does not lie in free lists that are left out or cut short where all is zero', () => {
    const expected = { zone: { free: { movable: [1, 0, 0], cma: [0, 0] } } };
    expect(firstDifference(expected, { zone: { free: { movable: [1], unmovable: [0] } } })).toBeUndefined();
  });

  test('does lie in a free list that is left out where not all is zero', () => {
    const found = firstDifference({ zone: { free: {} } }, { zone: { free: { movable: [0, 2] } } });
    expect(found).toEqual({ at: 'zone.free.movable[1]', expected: 0, got: 2 });
  });

  test('tells a number from NaN', () => {
    expect(firstDifference({ result: 1 }, { result: NaN })).toEqual({ at: 'result', expected: 1, got: NaN });
  });
});

describe('the place in a trace', () => {
  const wake = { ev: 'wake', order: 0, zoneIdx: 2 };
  const sleep = { ev: 'sleep' };

  test('comes with the record before, on which both agree', () => {
    const expected = { trace: [wake, sleep], final: {} };
    const got = { trace: [wake], final: {} };
    const place = { at: 'trace[1]', before: { at: 'trace[0]', record: wake }, expected: sleep };
    expect(tracePlace(expected, got, 'trace[1]')).toEqual(place);
  });

  test('is found inside a result, and for a field of a record', () => {
    const place = tracePlace(
      { result: { trace: [wake] } },
      { result: { trace: [{ ...wake, order: 1 }] } },
      'result.trace[0].order',
    );
    expect(place).toEqual({ at: 'result.trace[0]', expected: wake, got: { ...wake, order: 1 } });
  });

  test('is none for a difference elsewhere', () => {
    expect(tracePlace({ result: true }, { result: false }, 'result')).toBeUndefined();
  });
});

test('a recorded answer is a result, or a trace with the final state, or absent', () => {
  expect(recordedAnswer({ id: 'a', result: false })).toEqual({ result: false });
  expect(recordedAnswer({ id: 'a', trace: [], final: {} })).toEqual({ trace: [], final: {} });
  expect(recordedAnswer({ id: 'a', trace: [] })).toBeUndefined();
});
