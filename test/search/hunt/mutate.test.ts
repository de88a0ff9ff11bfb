import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hasRule, kernels, type Kernel, type Question, type ScenarioZone } from '../../../model/index.ts';
import { judgeOf, type Case, type CaseKind } from '../../../properties/index.ts';
import { arbitraryOf } from '../../../search/arbitraries.ts';
import { aimAtMark } from '../../../search/hunt/mutate/aim.ts';
import type { Branch } from '../../../search/hunt/mutate/tree.ts';
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

test('free pages are moved to where a mark turns, and nothing else of the zone is', () => {
  const [question] = fc.sample(arbitraryOf('question', { kernel: kernels['v5.9']! }), { seed: 2, numRuns: 1 });
  const given = question as unknown as Branch;
  const random = makeRandom(1);
  const free = ({ free: lists }: ScenarioZone): number =>
    Object.values(lists).reduce(
      (sum, blocks) => blocks.reduce((pages, count, order) => pages + count * 2 ** order, sum),
      0,
    );
  const zonesIn = (one: Branch): readonly ScenarioZone[] => (one as unknown as Question).node.zones;
  for (let i = 0; i < 50; i++) {
    const zones = zonesIn(aimAtMark(random, given));
    for (const [z, zone] of zones.entries()) {
      const { watermark, boost, lowmemReserve } = zone;
      expect({ ...zone, free: null }).toEqual({ ...zonesIn(given)[z]!, free: null });
      if (free(zone) === free(zonesIn(given)[z]!)) continue;
      const marks = Object.values(watermark).flatMap((mark) => [mark, mark + boost, mark >> 1]);
      const turns = marks.flatMap((mark) => [0, ...lowmemReserve].map((reserve) => mark + reserve));
      // What lies in larger blocks stays.
      const large = free({ ...zone, free: { ...zone.free, movable: (zone.free.movable ?? []).with(0, 0) } });
      expect(free(zone) === large || turns.some((pages) => Math.abs(free(zone) - pages) <= 1)).toBe(true);
    }
  }
});
