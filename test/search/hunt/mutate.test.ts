import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRule, kernels, type Kernel } from '../../../model/index.ts';
import { judgeOf, type Case, type CaseKind } from '../../../properties/index.ts';
import { arbitraryOf } from '../../../search/arbitraries.ts';
import { mutated } from '../../../search/hunt/mutate/index.ts';
import { makeRandom } from '../../../search/hunt/random.ts';
import { caseSchemas, earlierCaseSchemas } from '../../../search/savedCaseSchema.ts';
import { faultsOf } from '../../../shrinkers/legal.ts';

const KINDS: readonly CaseKind[] = ['setup', 'question', 'direct', 'scenario', 'machine'];
const DRAWN = 30;

/** So many changed cases of a kind, each with what it was made from. */
function changes(kind: CaseKind, kernel: Kernel): readonly (readonly [parent: Case, child: Case])[] {
  const drawn = fc.sample(arbitraryOf(kind, { kernel }), { seed: 3, numRuns: DRAWN });
  const random = makeRandom(5);
  return drawn.flatMap((parent) => {
    const child = mutated(random, kind, parent, random.pick(drawn), kernel);
    return child === undefined ? [] : [[parent, child] as const];
  });
}

describe.each(Object.values(kernels))('a changed case of $name', (kernel) => {
  it.each(KINDS)('is another %s, as legal as the one that it was made from', (kind) => {
    const schemas = hasRule(kernel, 'shrinkNode') ? caseSchemas : earlierCaseSchemas;
    const made = changes(kind, kernel);
    expect(made.length).toBeGreaterThan(DRAWN * 0.9);
    for (const [parent, child] of made) {
      expect(schemas[kind].safeParse(child).error).toBeUndefined();
      expect(faultsOf(child, kernel)).toBeLessThanOrEqual(faultsOf(parent, kernel));
      expect(() => judgeOf(kernel, kind, child)).not.toThrow();
    }
    const others = made.filter(([parent, child]) => JSON.stringify(child) !== JSON.stringify(parent));
    expect(others.length).toBeGreaterThan(made.length / 2);
  });

  it('is the same for the same seed', () => {
    expect(changes('scenario', kernel)).toEqual(changes('scenario', kernel));
  });
});
