import { describe, expect, test } from 'vitest';
import { kswapdFaults } from '../../../faults/index.ts';
import { v4_0, v4_19, v5_9, type Kernel, type Scenario } from '../../../model/index.ts';
import { runsPart } from '../../../search/diff/decisions.ts';
import { diffLoop } from '../../../search/diff/loop.ts';

const broken = (what: string): Kernel => kswapdFaults.find((one) => one.what === what)!.kernel;

const compare = (first: Kernel, second: Kernel, runs = 300) => diffLoop({ first, second, seed: 1, runs });

const decisions = ({ groups }: ReturnType<typeof compare>) =>
  groups.map(({ clause: { first, second } }) => `${first.decision} ${first.at} / ${second.decision} ${second.at}`);

describe('two kernels that run the same scenarios', () => {
  test.each([v4_0, v4_19, v5_9])('decide alike if they are both $name', (kernel) => {
    expect(compare(kernel, kernel)).toEqual({ asked: 300, differ: 0, groups: [], rare: 0 });
  });

  test('decide alike if only what no one sees differs', () => {
    expect(compare(v4_0, broken('leaves the flags of balanced zones')).differ).toBe(0);
  });

  test('are told apart by the first decision that differs', () => {
    const found = compare(v4_0, broken('confuses the two events'));
    expect(decisions(found)).toEqual([
      'high_wmark_hit_quickly recheckSleep / low_wmark_hit_quickly recheckSleep',
      'low_wmark_hit_quickly recheckSleep / high_wmark_hit_quickly recheckSleep',
    ]);
    for (const { witness } of found.groups) expect((witness as Scenario).script.length).toBeLessThanOrEqual(2);
  });

  test('are told the rule that parts them', () => {
    const [group] = compare(v4_0, broken('counts anonymous pages without swap'), 60).groups;
    expect(group!.clause.parting).toBe('zoneReclaimablePages');
    expect(group!.clause.first.decision).toBe('short_sleep');
    expect(group!.clause.second.decision).toBe('high_wmark_hit_quickly');
  });

  test('do decide differently in the smallest runs', () => {
    for (const [first, second] of [
      [v4_0, v4_19],
      [v4_19, v5_9],
    ] as const) {
      const { groups, rare, differ } = compare(first, second, 150);
      expect(groups.length).toBeGreaterThan(1);
      expect(groups.reduce((sum, { cases }) => sum + cases, rare)).toBe(differ);
      for (const { witness, clause } of groups) {
        const { made } = runsPart(first, second, witness as Scenario)!;
        expect(made.map(({ decision }) => decision.ev)).toEqual([clause.first.decision, clause.second.decision]);
      }
    }
  });

  test('give the same answer for the same seed', () => {
    expect(compare(v4_0, v4_19, 60)).toEqual(compare(v4_0, v4_19, 60));
  });
});
