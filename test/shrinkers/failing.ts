import fc from 'fast-check';
import {
  arbitraryDirectCase,
  arbitraryQuestion,
  arbitraryScenario,
  arbitrarySetupCase,
  arbitraryWhole,
} from '../../generators/index.ts';
import type { Kernel } from '../../model/index.ts';
import { judge, type Property } from '../../properties/index.ts';
import type { Case } from '../../shrinkers/index.ts';

const arbitraries = (kernel: Kernel) =>
  ({
    step: arbitraryScenario(),
    run: arbitraryScenario(),
    question: arbitraryQuestion(),
    setup: arbitrarySetupCase(),
    direct: arbitraryDirectCase(),
    machine: arbitraryWhole(kernel),
  }) satisfies Record<Property['over'], fc.Arbitrary<Case>>;

const MOST_DRAWN = 4000;
const BATCH = 200;

/** As many cases as asked for (or all of those drawn) that fail a property, the same for the same seed. */
export function failingCases(property: Property, kernel: Kernel, count: number, seed: number): readonly Case[] {
  const found: Case[] = [];
  for (let drawn = 0; drawn < MOST_DRAWN && found.length < count; drawn += BATCH) {
    const cases = fc.sample<Case>(arbitraries(kernel)[property.over], { numRuns: BATCH, seed: seed + drawn });
    found.push(...cases.filter((given) => judge(property, kernel, given) !== undefined));
  }
  return found.slice(0, count);
}
