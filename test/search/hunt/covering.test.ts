import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScenario, arbitraryWhole } from '../../../generators/index.ts';
import { kernels, runScenario, runWhole, v4_0 } from '../../../model/index.ts';
import { coverageOf } from '../../../report/hunt/coverage.ts';
import { Covering } from '../../../search/hunt/covering.ts';

const hear = (covering: Covering, work: () => void): readonly string[] => {
  covering.hear(work);
  return covering.take();
};

describe.each(Object.values(kernels))('$name, listened to', (kernel) => {
  const covering = new Covering(kernel);

  it('runs as it does alone', () => {
    for (const scenario of fc.sample(arbitraryScenario({ kernel }), { seed: 1, numRuns: 20 })) {
      expect(covering.hear(() => runScenario(covering.kernel, scenario))).toEqual(runScenario(kernel, scenario));
    }
    for (const whole of fc.sample(arbitraryWhole(kernel), { seed: 1, numRuns: 3 })) {
      expect(covering.hear(() => runWhole(covering.kernel, whole))).toEqual(runWhole(kernel, whole));
    }
  });

  it('tells what a run reached, and forgets it for the next one', () => {
    const [scenario] = fc.sample(arbitraryScenario({ kernel }), { seed: 1, numRuns: 1 });
    covering.take();
    const reached = hear(covering, () => runScenario(covering.kernel, scenario!));
    expect(reached.some((feature) => feature.startsWith('steps - > kswapd.'))).toBe(true);
    expect(reached.some((feature) => /^rule __zoneWatermarkOk: (yes|no)$/.test(feature))).toBe(true);
    expect(reached.some((feature) => /^level priority \d+ at kswapd\.\w+$/.test(feature))).toBe(true);
    expect(new Set(reached).size).toBe(reached.length);
    expect(covering.take()).toEqual([]);
    expect(hear(covering, () => runScenario(covering.kernel, scenario!))).toEqual(reached);
  });

  it('hears nothing that is asked of it otherwise', () => {
    const [scenario] = fc.sample(arbitraryScenario({ kernel }), { seed: 1, numRuns: 1 });
    runScenario(covering.kernel, scenario!);
    expect(covering.take()).toEqual([]);
  });
});

describe('what was reached', () => {
  it('names the rules, answers, steps and ways that never were', () => {
    const coverage = coverageOf(
      v4_0,
      new Set([
        'rule zoneBalanced: yes',
        'rule pgdatBalanced: yes',
        'rule pgdatBalanced: no',
        'steps - > kswapd.readRequest > kswapd.checkRequest',
      ]),
    );
    expect(coverage.features).toEqual({ rule: 3, steps: 1 });
    expect(coverage.rules.never).toContain('zoneReclaimable');
    expect(coverage.rules.never).not.toContain('zoneBalanced');
    expect(coverage.answers).toEqual({ of: 4, never: ['zoneBalanced: no'] });
    expect(coverage.steps.never).toContain('kswapd.checkRequest');
    expect(coverage.steps.never.filter((step) => !step.startsWith('kswapd.'))).toEqual([]);
    expect(coverage.ways.never).not.toContain('kswapd.readRequest > checkRequest');
  });
});
