import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryWhole } from '../../generators/index.ts';
import { kernels, type Kernel, type WholeScenario } from '../../model/index.ts';
import { judgeMachine, machineProperties, type MachineProperty } from '../../properties/machine/index.ts';

const RUNS = 250;

const witnessOf = (kernel: Kernel, { id }: MachineProperty): WholeScenario => {
  const at = new URL(`../../properties/machine/witnesses/${kernel.name}/${id}.json`, import.meta.url);
  return JSON.parse(readFileSync(at, 'utf8')) as WholeScenario;
};

/** What the properties of one kernel say of drawn machines: failures, and the share of machines of each kind. */
function judgeDrawn(kernel: Kernel, seed: number) {
  const failures = new Map<string, string>();
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(arbitraryWhole(kernel), (scenario) => {
      const judge = judgeMachine(kernel, scenario);
      for (const property of machineProperties) {
        if (property.verdicts[kernel.name] === undefined) continue;
        const labels = new Set<string>();
        const failure = judge(property, (label) => labels.add(label));
        for (const label of labels)
          seen.set(`${property.id}: ${label}`, (seen.get(`${property.id}: ${label}`) ?? 0) + 1);
        if (failure !== undefined) failures.set(property.id, `${failure.clause} at step ${failure.step}`);
      }
    }),
    { seed, numRuns: RUNS },
  );
  return { failures, seen };
}

describe.each(Object.values(kernels))('on drawn machines of $name', (kernel) => {
  const { failures, seen } = judgeDrawn(kernel, 1);

  const specified = machineProperties.filter(({ verdicts }) => verdicts[kernel.name] !== undefined);

  test('every property that is specified to hold does', () => {
    const holding = specified.filter(({ verdicts }) => verdicts[kernel.name]!.holds);
    expect(holding.flatMap(({ id }) => (failures.has(id) ? [`${id}: ${failures.get(id)!}`] : []))).toEqual([]);
  });

  test('every property that is known to fail does, of the machine that is kept as its witness', () => {
    const failing = specified.filter(({ verdicts }) => !verdicts[kernel.name]!.holds);
    const holding = failing.filter((property) => {
      const judge = judgeMachine(kernel, witnessOf(kernel, property));
      return judge(property, () => undefined) === undefined;
    });
    expect(holding.map(({ id }) => id)).toEqual([]);
  });

  test('every property meets its kinds of case often enough', () => {
    const wanted = specified.flatMap(({ id, mustSee }) =>
      Object.entries(mustSee).map(([label, share]) => ({ at: `${id}: ${label}`, share })),
    );
    const seldom = wanted.filter(({ at, share }) => (seen.get(at) ?? 0) < Math.floor(share * RUNS));
    expect(seldom.map(({ at, share }) => `${at}: ${(seen.get(at) ?? 0) / RUNS} of ${share}`)).toEqual([]);
  });
});
