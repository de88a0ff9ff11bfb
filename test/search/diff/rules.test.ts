import { describe, expect, test } from 'vitest';
import { kswapdFaults } from '../../../faults/index.ts';
import { deriveKernel, v4_0, v4_19, v5_9, type Kernel, type Question } from '../../../model/index.ts';
import { comparisons } from '../../../search/diff/comparisons.ts';
import { differs, type RuleDiff } from '../../../search/diff/result.ts';
import { askOf, diffRules } from '../../../search/diff/rules.ts';
import { sameAnswer } from '../../../search/diff/answer.ts';
import { isLegalScenarioNode } from '../../../generators/index.ts';

const comparisonOf = (rule: string) => comparisons.find(({ rules }) => rules.some((name) => name === rule))!;

const diffOf = (first: Kernel, second: Kernel, rule: string, runs = 1500): RuleDiff =>
  diffRules({ first, second, seed: 3, runs }, [comparisonOf(rule)])[0]!;

const words = ({ groups }: RuleDiff) =>
  groups.map(({ clause: { parting, first, second } }) => ({ parting, first, second }));

/** v4.0 in which a quarter of the pages is not enough: every zone must be balanced, whatever the order. */
const noQuarter = deriveKernel(v4_0, {
  name: 'no quarter rule',
  pgdatBalanced: (k, system, node, order, zoneIdx) =>
    node.zones
      .slice(0, zoneIdx + 1)
      .every(
        (zone, i) =>
          zone.present === 0 || !k.zoneReclaimable(k, system, zone) || k.zoneBalanced(k, system, zone, order, 0, i),
      ),
});

describe('two kernels asked about the same states', () => {
  test('do not differ if they are one', () => {
    for (const kernel of [v4_0, v4_19, v5_9]) {
      const rules = diffRules({ first: kernel, second: kernel, seed: 1, runs: 50 }, comparisons);
      expect(differs({ seed: 1, rules })).toBe(false);
      expect(rules.every(({ same, asked }) => same && asked === 0)).toBe(true);
    }
  });

  test('do not differ if a rule is only written otherwise', () => {
    const same = deriveKernel(v4_0, {
      name: 'as v4.0',
      zoneReclaimable: (k, s, zone) => v4_0.zoneReclaimable(k, s, zone),
    });
    const found = diffOf(v4_0, same, 'zoneReclaimable', 300);
    expect(found).toMatchObject({ same: false, asked: 300, differ: 0, groups: [] });
  });

  test('part in the quarter rule where one of them lacks it', () => {
    const found = diffOf(v4_0, noQuarter, 'pgdatBalanced', 4000);
    expect(found.differ).toBeGreaterThan(0);
    const unbalanced = [
      { rule: 'zoneBalanced', answer: 'no' },
      { rule: 'zoneReclaimable', answer: 'yes' },
    ];
    for (const { parting, first, second } of words(found)) {
      expect(parting).toBe('pgdatBalanced');
      expect(first.answer).toEqual(['yes']);
      expect(second.answer).toEqual(['no']);
      expect(unbalanced).toEqual(expect.arrayContaining([...second.because]));
    }
    for (const { witness } of found.groups) {
      const { node, args } = witness as Question;
      expect(isLegalScenarioNode(node)).toBe(true);
      expect(args.order).toBe(1);
      expect(node.zones.length).toBeLessThanOrEqual(3);
    }
  });

  test('are shown a case in which they do differ, by the clause that it is filed under', () => {
    const { groups, comparison } = diffOf(v4_0, v4_19, 'wakeupKswapd');
    expect(groups.length).toBeGreaterThan(1);
    for (const { witness } of groups) {
      const ask = askOf(comparison, witness);
      expect(sameAnswer(ask(v4_0), ask(v4_19))).toBe(false);
    }
    const keys = words({ groups } as RuleDiff).map((clause) => JSON.stringify(clause));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('give the same answer for the same seed, and other cases for another', () => {
    const found = (seed: number) =>
      JSON.stringify(diffRules({ first: v4_0, second: noQuarter, seed, runs: 600 }, [comparisonOf('pgdatBalanced')]));
    expect(found(5)).toBe(found(5));
    expect(found(5)).not.toBe(found(6));
  });

  test('count every case that differs in one clause, or in a rarer one, or with another rule', () => {
    const rules = diffRules({ first: v4_0, second: v4_19, seed: 2, runs: 150 }, comparisons);
    for (const { groups, rare, elsewhere, differ } of rules) {
      const shown = groups.reduce((sum, { cases }) => sum + cases, rare);
      expect(Object.values(elsewhere).reduce((sum, cases) => sum + cases, shown)).toBe(differ);
    }
  });
});

describe('the kernels of this specification', () => {
  test('v4.0 asks every zone or a quarter, v4.19 is content with one', () => {
    const clauses = words(diffOf(v4_0, v4_19, 'pgdatBalanced'));
    expect(clauses).toContainEqual({
      parting: 'pgdatBalanced',
      first: {
        answer: ['no'],
        because: [
          { rule: 'zoneBalanced', answer: 'no' },
          { rule: 'zoneReclaimable', answer: 'yes' },
        ],
      },
      second: { answer: ['yes'], because: [{ rule: 'zoneWatermarkOkSafe', answer: 'yes' }] },
    });
    expect(clauses).toContainEqual({
      parting: 'pgdatBalanced',
      first: { answer: ['yes'], because: [{ rule: 'zoneReclaimable', answer: 'no' }] },
      second: { answer: ['no'], because: [{ rule: 'zoneWatermarkOkSafe', answer: 'no' }] },
    });
  });

  test('v5.9 reads a boosted mark where v4.19 reads the mark', () => {
    const found = diffOf(v4_19, v5_9, 'pgdatBalanced');
    expect(words(found).map(({ parting }) => parting)).toEqual(['highWmarkPages']);
    const { node } = found.groups[0]!.witness as Question;
    expect(node.zones).toHaveLength(1);
    expect(node.zones[0]!.boost).toBe(1);
  });

  test('v5.9 wakes kswapd for a boost', () => {
    const reasons = words(diffOf(v4_19, v5_9, 'wakeupKswapd')).flatMap(({ second }) => second.because);
    expect(reasons).toContainEqual({ rule: 'pgdatWatermarkBoosted', answer: 'yes' });
  });
});

/** Rules that a state cannot tell from v4.0's, or that are asked through others only. */
const asked = kswapdFaults.filter(({ name }) => comparisonOf(name) !== undefined);
const UNSEEN = new Set(['a short sleep that was cut short does not matter']);

describe('v4.0 with one rule broken', () => {
  test.each(asked.filter(({ what }) => !UNSEEN.has(what)))('parts from v4.0 in $name: $what', ({ name, kernel }) => {
    const found = diffOf(v4_0, kernel, name, 1000);
    expect(found.groups.map(({ clause }) => clause.parting)).toContain(name);
  });
});
