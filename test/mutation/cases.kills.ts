import { describe, expect, test } from 'vitest';
import { bugs } from '../../history/index.ts';
import { kernels } from '../../model/index.ts';
import { judge, properties } from '../../properties/index.ts';
import { witnessPath } from '../../search/atHand.ts';
import { litmusCases } from '../../search/litmus/litmus.ts';
import { runBug } from '../../search/litmus/bugs.ts';
import { runLitmus } from '../../search/litmus/run.ts';
import { readSavedCase } from '../../search/savedCase.ts';

describe('litmus cases come out as expected', () => {
  const asked = litmusCases().flatMap((litmus) =>
    Object.entries(litmus.expect).map(([kernel, outcome]) => ({ litmus, name: litmus.name, kernel, outcome })),
  );

  test.each(asked)('$name in $kernel', ({ litmus, kernel, outcome }) => {
    expect(runLitmus(litmus, kernels[kernel]!).outcome).toBe(outcome);
  });
});

test.each(bugs)('the case of $id shows the bug, and not without it', (bug) => {
  expect(runBug(bug)).toMatchObject({ withIt: 'always', withoutIt: 'never' });
});

describe.each(Object.values(kernels))('witnesses fail in $name', (kernel) => {
  const known = properties.filter(({ verdicts }) => verdicts[kernel.name]?.holds === false);

  test.each(known)('$id', (property) => {
    expect(judge(property, kernel, readSavedCase(witnessPath(kernel.name, property.id)!).given)).toBeDefined();
  });
});
