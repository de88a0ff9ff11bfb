import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { bugs, BUG_KINDS, leftOut } from '../../history/index.ts';
import { kernels } from '../../model/index.ts';
import { judge, properties } from '../../properties/index.ts';
import { historyCase } from '../../search/historyCase.ts';
import { readSavedCase } from '../../search/savedCase.ts';
import { faultsOf } from '../../shrinkers/legal.ts';

const entries = [...bugs, ...leftOut];

describe('the entries of the history', () => {
  test('have ids of their own', () => {
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it.each(entries)('$id says what went wrong, in whole sentences', ({ id, title, landed, kind, story }) => {
    expect(id).toMatch(/^([\da-f]{8}(?:[\da-f]{4})?|LATENT-\d+|[a-z][a-z\d-]+)$/);
    expect(title).toMatch(/^\S.*[^.]$/);
    expect(landed).not.toBe('');
    expect(BUG_KINDS).toContain(kind);
    expect(story).toMatch(/^\S[^]*\.$/);
  });

  it.each(leftOut)('$id says why it is left out', ({ why }) => {
    expect(why).toMatch(/^\S[^]*\.$/);
  });
});

describe.each(bugs)('$id, $title', ({ id, faulty, fixed, property: name }) => {
  const property = properties.find((one) => one.id === name);

  it('is caught by a property that is promised where it is fixed', () => {
    expect(property?.verdicts[faulty.base]).toBeDefined();
    expect(fixed.base).toBe(faulty.base);
    expect(faulty === kernels[faulty.base] || fixed === kernels[fixed.base], 'one of both is as specified').toBe(true);
  });

  it('is shown by its kept case, which the fixed kernel passes', () => {
    const path = historyCase(id);
    expect(path, 'a case is kept').toBeDefined();
    const { given, property: named } = readSavedCase(path!);
    expect(named).toBe(name);
    expect(judge(property!, faulty, given)).toBeDefined();
    expect(faultsOf(given, kernels[faulty.base]!), 'what no machine could be or do').toBe(0);
    expect(judge(property!, fixed, given)).toBeUndefined();
  });
});

test('no case is kept of what is not in the history', () => {
  const kept = readdirSync(new URL('../../history/cases', import.meta.url));
  expect(kept.toSorted()).toEqual(bugs.map(({ id }) => `${id}.json`).toSorted());
});
