import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryWhole } from '../../generators/index.ts';
import { kernels, v5_9, type WholeScenario } from '../../model/index.ts';
import { judge, properties } from '../../properties/index.ts';
import { parseSavedCase } from '../../search/savedCase.ts';
import { shrinkCase, simplifications, type Case } from '../../shrinkers/index.ts';
import { faultsOf } from '../../shrinkers/legal.ts';
import { measure } from '../../shrinkers/measure.ts';
import { failingCases } from './failing.ts';

const accepted = (given: Case): boolean => {
  parseSavedCase(JSON.stringify({ id: 'shrunk', kernel: 'v5.9', ...given }), 'a shrunk machine');
  return true;
};

describe('a machine whose zone gives a page from below its mark', () => {
  const property = properties.find(({ id }) => id === 'page-only-from-above-its-mark')!;
  const fails = (given: Case): boolean => judge(property, v5_9, given) !== undefined;
  const drawn = failingCases(property, v5_9, 3, 40);

  it('shrinks to two requests on one node at most, made in bare turns, of which nothing simpler fails', () => {
    expect(drawn.length).toBeGreaterThan(0);
    for (const given of drawn) {
      const shrunk = shrinkCase('machine', given, fails, { kernel: v5_9 }).case as WholeScenario;
      expect(fails(shrunk)).toBe(true);
      expect(accepted(shrunk)).toBe(true);
      expect([...simplifications('machine', shrunk, v5_9)].filter(fails)).toEqual([]);
      expect(shrunk.nodes).toHaveLength(1);
      expect(shrunk.tasks.flatMap(({ requests }) => requests).length).toBeLessThanOrEqual(2);
      expect(shrunk.script.length).toBeLessThanOrEqual(2);
      for (const turn of shrunk.script) expect(turn).toEqual({ who: { task: 0 } });
    }
  });

  it('shrinks, if everything fails, to a machine without memory or tasks', () => {
    const { case: shrunk } = shrinkCase('machine', drawn[0]!, () => true, { kernel: v5_9 });
    expect(shrunk).toMatchObject({ tasks: [], script: [], limit: 0, afterwards: 'stop' });
    expect(measure(shrunk).slice(0, 4)).toEqual([0, 0, 1, 0]);
  });
});

describe.each(Object.values(kernels))('the simplifications of a machine of $name', (kernel) => {
  it('are all simpler, no less legal, and accepted by the schema', () => {
    for (const given of fc.sample(arbitraryWhole(kernel), { numRuns: 2, seed: 9 })) {
      let count = 0;
      for (const simpler of simplifications('machine', given, kernel)) {
        if (count++ % 197 !== 0) continue;
        expect(faultsOf(simpler, kernel)).toBeLessThanOrEqual(faultsOf(given, kernel));
        expect(accepted(simpler)).toBe(true);
      }
      expect(count).toBeGreaterThan(100);
    }
  });
});
