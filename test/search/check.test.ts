import { describe, expect, it } from 'vitest';
import { deriveKernel, v4_0 } from '../../model/index.ts';
import { HOLDS, properties, questionProperty, type Property } from '../../properties/index.ts';
import { jsonReporter } from '../../report/check/json.ts';
import { check, checkProperty } from '../../search/check.ts';
import { exitCodeOf } from '../../search/result.ts';

const byId = (id: string): Property => properties.find((property) => property.id === id)!;

const always = (id: string, mustSee: Record<string, number>): Property =>
  questionProperty({
    id,
    family: 'balance',
    title: 'a property for a test',
    statement: 'It holds.',
    sources: ['v4.0 mm/vmscan.c pgdat_balanced'],
    verdicts: { 'v4.0': HOLDS },
    mustSee,
    check: ({ node }, see) => void (node.zones.length > 9 && see('ten zones')),
  });

/** v4.0 with a node that is balanced for a high order by an eighth of its pages. */
const eighth = deriveKernel(v4_0, {
  name: 'v4.0',
  pgdatBalanced: (k, system, node, order, zoneIdx) => {
    if (order === 0) return v4_0.pgdatBalanced(k, system, node, order, zoneIdx);
    let managed = 0;
    let balanced = 0;
    for (const [i, zone] of node.zones.slice(0, zoneIdx + 1).entries()) {
      if (zone.present === 0) continue;
      managed += zone.managed;
      if (!k.zoneReclaimable(k, system, zone) || k.zoneBalanced(k, system, zone, order, 0, i)) balanced += zone.managed;
    }
    return balanced >= Math.floor(managed / 8);
  },
});

describe('a check', () => {
  it('finds a broken rule, and shrinks the case that shows it', () => {
    const result = checkProperty(byId('quarter-rule-is-exact'), eighth, { seed: 1, runs: 2000 });
    expect(result.outcome).toBe('counterexample');
    const { given } = result.counterexample!;
    expect('node' in given && given.node.zones.length).toBeLessThanOrEqual(2);
    expect(exitCodeOf([result])).toBe(1);
  });

  it('calls a property vacuous that never met its cases', () => {
    const result = checkProperty(always('vacuous-one', { 'ten zones': 0.1 }), v4_0, { runs: 100 });
    expect(result.outcome).toBe('vacuous');
    expect(exitCodeOf([result])).toBe(3);
  });

  it('reports a known failure that no longer fails', () => {
    const verdicts = { 'v4.0': { holds: false, why: 'it was broken', history: [] } } as const;
    const result = checkProperty({ ...byId('order-0-is-all-zones'), verdicts }, v4_0, { runs: 500 });
    expect(result.outcome).toBe('no longer fails');
    expect(exitCodeOf([result])).toBe(4);
  });

  it('tries the cases at hand before it draws any', () => {
    const property = byId('quarter-rule-is-exact');
    const { given } = checkProperty(property, eighth, { seed: 1, runs: 2000 }).counterexample!;
    const again = checkProperty(property, eighth, { runs: 1, first: () => [{ given, from: 'saved' }] });
    expect(again.counterexample?.from).toBe('saved');
  });

  it('gives byte-identical JSON for the same seed, and other cases for another', () => {
    const report = (seed: number) => {
      const results = check({ kernel: v4_0, properties, seed, runs: 60 });
      return jsonReporter().end({ kernel: 'v4.0', seed, again: '', results, exitCode: exitCodeOf(results), ms: seed });
    };
    expect(report(11)).toBe(report(11));
    expect(report(11)).not.toBe(report(12).replaceAll('"seed": 12', '"seed": 11'));
  });
});
