import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { kernels } from '../../../model/index.ts';
import { FAMILIES, judge, properties } from '../../../properties/index.ts';
import { litmusCases, OUTCOMES, type Litmus } from '../../../search/litmus/litmus.ts';
import { waysOf } from '../../../search/litmus/ways.ts';

const cases = litmusCases();
const missing = <T>(all: readonly T[], found: (one: T) => boolean): readonly T[] => all.filter((one) => !found(one));

describe('the litmus cases as a whole', () => {
  it('ask about every family of properties', () => {
    expect(missing(FAMILIES, (family) => cases.some(({ property }) => property.family === family))).toEqual([]);
  });

  it('come out in all three ways in every kernel', () => {
    const wanted = Object.keys(kernels).flatMap((name) => OUTCOMES.map((outcome) => ({ name, outcome })));
    expect(missing(wanted, ({ name, outcome }) => cases.some(({ expect: e }) => e[name] === outcome))).toEqual([]);
  });

  it('are of every kind', () => {
    const kinds = ['scenario', 'question', 'setup', 'direct', 'machine'] as const;
    expect(missing(kinds, (kind) => cases.some((one) => one.kind === kind))).toEqual([]);
  });

  it('differ in what they ask about, or in what comes of it', () => {
    const shapes = cases.map(({ property, expect: e }) => `${property.id} ${JSON.stringify(e)}`);
    expect(shapes.filter((shape, i) => shapes.indexOf(shape) !== i)).toEqual([]);
  });

  it('show where the timing decides in ten cases and more', () => {
    const decided = cases.filter(({ expect: e }) => Object.values(e).includes('sometimes'));
    expect(decided.length).toBeGreaterThanOrEqual(10);
  });

  it('show every known failure of every kernel', () => {
    const failures = properties.flatMap(({ id, verdicts }) =>
      Object.entries(verdicts).flatMap(([name, { holds }]) => (holds ? [] : [{ id, name }])),
    );
    const isShown = ({ property, expect: e }: Litmus, id: string, name: string): boolean =>
      property.id === id && e[name] !== undefined && e[name] !== 'never';
    expect(missing(failures, ({ id, name }) => cases.some((one) => isShown(one, id, name)))).toEqual([]);
  });

  it('have files by their names', () => {
    const files = readdirSync(new URL('../../../litmus', import.meta.url));
    expect(files.toSorted()).toEqual(cases.map(({ name }) => `${name}.json`).toSorted());
  });
});

it.each(cases)('$name is asked of every kernel that its property is asked of', ({ property, expect: e }) => {
  expect(Object.keys(e).toSorted()).toEqual(Object.keys(property.verdicts).toSorted());
});

/** Whether a case is one that its property is about, in some kernel and some of its ways. */
function isOfInterest(litmus: Litmus): boolean {
  let seen = false;
  for (const name of Object.keys(litmus.expect)) {
    for (const way of waysOf(litmus)) {
      const failure = judge(litmus.property, kernels[name]!, way, (label) => {
        seen ||= Object.hasOwn(litmus.property.mustSee, label);
      });
      if (seen || failure !== undefined) return true;
    }
  }
  return false;
}

test.each(cases)('$name is a case that its property is about', (litmus) => {
  expect(isOfInterest(litmus)).toBe(true);
});
