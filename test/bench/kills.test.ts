import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isolates } from '../../bench/kills/keep.ts';
import { readKept } from '../../bench/kills/kept.ts';
import { mayTell } from '../../bench/kills/matrix.ts';
import { killsPage, PAGE } from '../../bench/kills/page.ts';
import { objectionTo, worthOf } from '../../bench/kills/summary.ts';
import { suspectOf } from '../../bench/kills/suspect.ts';
import { kernels } from '../../model/index.ts';
import { isAskedOf, properties } from '../../properties/index.ts';

const kept = Object.keys(kernels).map((kernel) => readKept(kernel)!);
const worth = worthOf(properties, kept);

describe.each(kept)('what properties notice of faults in $kernel', ({ kernel, properties: judged }) => {
  test('is kept of every property that is asked of it', () => {
    const asked = properties.filter((property) => isAskedOf(property, kernels[kernel]!));
    expect(Object.keys(judged).toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
  });

  const shown = Object.entries(judged).flatMap(([id, { by, mistake, given }]) =>
    by === undefined || given === undefined ? [] : [{ id, suspect: suspectOf(kernel, by, mistake), given }],
  );

  test.each(shown)('$id alone tells on its case: $suspect.id', ({ id, suspect, given }) => {
    const property = properties.find((one) => one.id === id)!;
    expect(mayTell(suspect.sound, property)).toBe(true);
    // A kernel with a fix may fail all the same what its base is known to fail.
    const others = properties.filter(({ verdicts }) => verdicts[kernel]?.holds === true);
    expect(isolates(suspect, property, others, given)).toBe(true);
  });
});

test('every property alone notices something, or says what it is kept for', () => {
  expect(worth.flatMap((one) => objectionTo(one) ?? [])).toEqual([]);
});

test('docs/strength.md is in step: npm run kills -- --page', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(killsPage(kept, worth));
});
