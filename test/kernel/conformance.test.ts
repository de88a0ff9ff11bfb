import { describe, expect, test } from 'vitest';
import { conformFile } from '../../kernel/vectors/conform.ts';
import { CASES } from './recorded.ts';
import { vectorFile } from './vectors.ts';

const files = Object.entries(CASES).flatMap(([kernel, named]) =>
  Object.entries(named).map(([name, functions]) => ({ kernel, name, functions })),
);

describe.each(files)('$name.jsonl.gz, recorded from the functions of Linux $kernel', ({ kernel, name, functions }) => {
  const report = conformFile(vectorFile(name, kernel));

  test.each(Object.entries(functions))('%s: the model answers as the kernel did in all %i cases', (fn, cases) => {
    expect(report.disagreements.filter((one) => one.fn === fn)).toEqual([]);
    expect(report.functions.find((one) => one.fn === fn)).toEqual({ fn, cases, agree: cases });
  });

  test('no function is asked that is not counted here', () => {
    expect(report.functions.map(({ fn }) => fn).toSorted()).toEqual(Object.keys(functions).toSorted());
  });
});

test.each([
  ['v4.0', 6660],
  ['v4.19', 5360],
  ['v5.9', 5460],
])('of %s there are %i cases in all', (kernel, cases) => {
  const counts = Object.values(CASES[kernel]!).flatMap((functions) => Object.values(functions));
  expect(counts.reduce((sum, count) => sum + count)).toBe(cases);
});
