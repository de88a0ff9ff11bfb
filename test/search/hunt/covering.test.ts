import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScenario, arbitraryWhole } from '../../../generators/index.ts';
import { kernels, runScenario, runWhole, v4_0 } from '../../../model/index.ts';
import { coverageOf } from '../../../report/hunt/coverage.ts';
import { judgeOf, type Case } from '../../../properties/index.ts';
import { arbitraryOf } from '../../../search/arbitraries.ts';
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

/** Kinds of case of which it is written down what they can reach, and how many are drawn here. */
const KINDS = [
  ['setup', 30],
  ['scenario', 60],
  ['direct', 60],
] as const;

describe.each(Object.values(kernels))('what cases can reach of $name', (kernel) => {
  it.each(KINDS)('holds all that a %s reaches', (kind, numRuns) => {
    const covering = new Covering(kernel);
    const cases: fc.Arbitrary<Case> = arbitraryOf(kind, { kernel });
    const reached = new Set<string>();
    for (const given of fc.sample(cases, { seed: 1, numRuns })) {
      for (const feature of hear(covering, () => judgeOf(covering.kernel, kind, given))) reached.add(feature);
    }
    const asked = [...reached].filter((one) => one.startsWith('rule ')).map((one) => one.slice(5, one.indexOf(':')));
    const { rules, steps } = coverageOf(kernel, new Set([kind]), new Set());
    expect([...new Set(asked)].filter((rule) => !rules.never.includes(rule))).toEqual([]);
    const taken = [...reached].filter((one) => one.startsWith('steps ')).map((one) => one.split(' > ')[1]!);
    expect(taken.filter((step) => !steps.never.includes(step))).toEqual([]);
  });

  it('is all that there is in whole machines, and of no kind more than that', () => {
    const { rules } = coverageOf(kernel, new Set(['machine']), new Set());
    expect(rules.of).toBe(rules.never.length);
    for (const [kind] of KINDS) {
      const own = coverageOf(kernel, new Set([kind]), new Set()).rules.never;
      expect(rules.never).toEqual(expect.arrayContaining([...own]));
      expect(own.length).toBeLessThan(rules.of);
    }
  });
});

describe('what was reached', () => {
  const coverage = coverageOf(
    v4_0,
    new Set(['scenario']),
    new Set([
      'rule zoneBalanced: yes',
      'rule pgdatBalanced: yes',
      'rule pgdatBalanced: no',
      'asked pgdatBalanced > zoneBalanced: yes',
      'asked kswapd.checkBalanced > zoneBalanced: yes',
      'both pgdatBalanced: yes, zoneBalanced: yes',
      'steps - > kswapd.readRequest > kswapd.checkRequest',
    ]),
  );

  it('names the rules, answers, steps and ways that never were', () => {
    expect(coverage.rules.never).toContain('zoneReclaimable');
    expect(coverage.rules.never).not.toContain('zoneBalanced');
    expect(coverage.answers.never).toContain('zoneBalanced: no');
    expect(coverage.answers.never.filter((one) => /^(pgdatBalanced|zoneBalanced: yes)/.test(one))).toEqual([]);
    expect(coverage.steps.never).toContain('kswapd.checkRequest');
    expect(coverage.steps.never.filter((step) => !step.startsWith('kswapd.'))).toEqual([]);
    expect(coverage.ways.never).not.toContain('kswapd.readRequest > checkRequest');
  });

  it('names the clauses that never were: what a rule was told by one that it asks', () => {
    expect(coverage.clauses.never).not.toContain('pgdatBalanced > zoneBalanced: yes');
    expect(coverage.clauses.never).toEqual(
      expect.arrayContaining(['pgdatBalanced > zoneBalanced: no', 'zoneBalanced > zoneWatermarkOkSafe: no']),
    );
    expect(coverage.clauses.of).toBe(coverage.clauses.never.length + 1);
  });

  it('counts what has no fixed number by itself', () => {
    expect(coverage.met).toEqual({ asked: 2, both: 1, steps: 1 });
  });

  it('is, of questions, what the properties ask and what that asks', () => {
    const asked = new Set(['rule zoneWatermarkOk: yes', 'asked - > zoneWatermarkOk: yes']);
    const { rules, ways } = coverageOf(v4_0, new Set(['question']), asked);
    expect(rules).toEqual({ of: 2, never: ['__zoneWatermarkOk'] });
    expect(ways).toEqual({ of: 0, never: [] });
  });
});
