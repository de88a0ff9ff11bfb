import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arbitraryQuestion,
  arbitraryScenario,
  arbitrarySetupCase,
  illegalities,
  layoutOf,
} from '../../generators/index.ts';
import { setupSchema } from '../../kernel/vectors/setup.ts';
import { runScenario, v4_0, type Scenario } from '../../model/index.ts';
import { percentOf, sampleOf } from './share.ts';

describe('the same seed draws the same', () => {
  test.each([
    ['scenarios', () => arbitraryScenario()],
    ['questions', () => arbitraryQuestion()],
    ['set-up cases', () => arbitrarySetupCase()],
  ])('%s', (_, arbitrary) => {
    const draw = (seed: number): string => JSON.stringify(fc.sample<unknown>(arbitrary(), { numRuns: 100, seed }));
    expect(draw(7)).toBe(draw(7));
    expect(draw(7)).not.toBe(draw(8));
  });
});

describe('with a layout', () => {
  const layouts = sampleOf(arbitraryScenario(), 40).map(({ node }) => layoutOf(node));

  test('scenarios keep its zones, sizes, marks and reserves', () => {
    for (const layout of layouts) {
      for (const { node } of sampleOf(arbitraryScenario({ layout }), 20)) {
        expect(layoutOf(node)).toEqual(layout);
        expect(illegalities(node)).toEqual([]);
      }
    }
  });

  test('questions keep them too', () => {
    for (const layout of layouts) {
      for (const { node } of sampleOf(arbitraryQuestion({ layout }), 20)) expect(layoutOf(node)).toEqual(layout);
    }
  });

  test('the rest is drawn', () => {
    const drawn = sampleOf(arbitraryScenario({ layout: layouts[0]! }), 100).map((scenario) => JSON.stringify(scenario));
    expect(new Set(drawn).size).toBeGreaterThan(95);
  });
});

describe('set-up cases', () => {
  const cases = sampleOf(arbitrarySetupCase(), 1000);

  test('are accepted by the validator of set-up vectors', () => {
    for (const drawn of cases) {
      expect(setupSchema.parse({ fn: 'setup_per_zone_wmarks', ...drawn })).toMatchObject(drawn);
    }
  });

  test.each([1, 2, 3, 4])('have %d nodes', (count) => {
    expect(percentOf(cases, ({ nodes }) => nodes.length === count)).toBeGreaterThan(10);
  });

  test('hold no HighMem beside Movable, and manage no more than is present', () => {
    for (const { zones } of cases.flatMap(({ nodes }) => nodes)) {
      const populated = new Set(zones.filter(({ present }) => present > 0).map(({ name }) => name));
      expect(populated.has('HighMem') && populated.has('Movable')).toBe(false);
      for (const { present, managed } of zones) expect(managed).toBeLessThanOrEqual(present);
    }
  });
});

describe('a failing case shrinks to a small one', () => {
  const smallest = (fails: (scenario: Scenario) => boolean): Scenario => {
    const { counterexample } = fc.check(
      fc.property(arbitraryScenario(), (scenario) => !fails(scenario)),
      { seed: 3, numRuns: 2000 },
    );
    return counterexample![0];
  };

  test('one that sleeps: one zone and an empty script', () => {
    const { node, script } = smallest((scenario) => runScenario(v4_0, scenario).trace.some(({ ev }) => ev === 'sleep'));
    expect(node.zones).toHaveLength(1);
    expect(script).toEqual([]);
  });

  test('one that is woken from its sleep: three turns at most, with a take and a wake-up', () => {
    const { node, script } = smallest((scenario) =>
      runScenario(v4_0, scenario).trace.some(({ ev }) => ev === 'wakeup'),
    );
    expect(node.zones).toHaveLength(1);
    expect(script.length).toBeLessThanOrEqual(3);
    expect(script.flatMap(({ events = [] }) => events).length).toBeLessThanOrEqual(2);
  });
});
