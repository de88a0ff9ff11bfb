import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { kswapdFaults } from '../../faults/index.ts';
import { v4_0, v4_19, type Kernel } from '../../model/index.ts';
import { diffJson } from '../../report/diff/json.ts';
import { diffLines } from '../../report/diff/text.ts';
import { comparisons } from '../../search/diff/comparisons.ts';
import { diffLoop } from '../../search/diff/loop.ts';
import type { Diff } from '../../search/diff/result.ts';
import { diffRules } from '../../search/diff/rules.ts';

const broken = (what: string): Kernel => ({
  ...kswapdFaults.find((one) => one.what === what)!.kernel,
  name: 'broken',
});
const fiveTimes = broken('a zone is given up at five times its pages');
const confused = broken('confuses the two events');

const rulesOf = (second: Kernel, rule: string, first = v4_0): Diff => ({
  seed: 3,
  rules: diffRules(
    { first, second, seed: 3, runs: 300 },
    comparisons.filter(({ rules }) => rules.some((name) => name === rule)),
  ),
});

function shown(diff: Diff, second: Kernel, { width = 100, only = true, colors = false } = {}): string {
  const asked = [v4_0.name, second.name] as const;
  const text = { kernels: [v4_0, second] as const, asked, diff, only, savedAs: new Map() };
  return [...diffLines(text, { colors, width })].join('\n');
}

describe('a comparison of kernels', () => {
  const rule = rulesOf(fiveTimes, 'zoneReclaimable');

  test('shows the smallest state, and what each kernel asked next to the other', () => {
    expect(shown(rule, fiveTimes)).toMatchInlineSnapshot(`
      "v4.0 and broken, seed 3
        rule             cases  differ  clauses
        zoneReclaimable    300      22        1

      zoneReclaimable differs: 22 states
        v4.0    yes
        broken  no

      The node (pages; reserves against zoneIdx 0)
        zone      managed  free  min/low/high  file/anon  scanned  free against min, low, high
        0 Normal        1     0         0/0/0        1/0        5  h·······························
        system: 0 free swap pages, no compaction; pending request: order 0, zoneIdx 0

      The question
        zone 0 (Normal), order 0, zoneIdx 0, mark 0, balanceGap 0, allocFlags none

      v4.0                                             │ broken
        zoneReclaimable Normal: yes                    │   zoneReclaimable Normal: no
          (pagesScanned 5)                             │     (pagesScanned 5)
          zoneReclaimablePages Normal: 1               │     zoneReclaimablePages Normal: 1
            (lru.activeFile 0, lru.inactiveFile 1,     │       (lru.activeFile 0, lru.inactiveFile 1,
                swapPages 0)                           │           swapPages 0)"
    `);
  });

  test('stands in one column where there is no room for two', () => {
    const lines = shown(rule, fiveTimes, { width: 60 }).split('\n');
    expect(lines).not.toContainEqual(expect.stringContaining('│'));
    const heads = lines.flatMap((line, i) => (line === 'v4.0' || line === 'broken' ? [i] : []));
    expect(heads).toHaveLength(2);
  });

  test.each([60, 80, 100, 140])('keeps its columns within %i characters', (width) => {
    const lines = shown(rulesOf(v4_19, 'pgdatBalanced'), v4_19, { width }).split('\n');
    const wide = lines.filter((line) => /[│▸]/.test(line) && line.length > width);
    expect(wide).toEqual([]);
  });

  test('says the same with colours', () => {
    const coloured = shown(rule, fiveTimes, { colors: true });
    expect(coloured).not.toBe(shown(rule, fiveTimes));
    expect(stripVTControlCharacters(coloured)).toBe(shown(rule, fiveTimes));
  });

  test('shows a run up to the decision that differs', () => {
    const loop = diffLoop({ first: v4_0, second: confused, seed: 3, runs: 100 });
    expect(shown({ seed: 3, rules: [], loop }, confused)).toContain(
      `
  v4.0    stays awake (high_wmark_hit_quickly), at recheckSleep, because prepareKswapdSleep says no
  broken  stays awake (low_wmark_hit_quickly), at recheckSleep, because prepareKswapdSleep says no
`,
    );
  });

  test('names the command that shows the clauses that it left out', () => {
    const diff = rulesOf(v4_19, 'wakeupKswapd');
    const text = shown(diff, v4_19, { only: false });
    expect(text).toContain('clauses: kswapd-spec diff v4.0 v4.19 --rule wakeupKswapd --seed 3');
    expect(shown(diff, v4_19).match(/The question/g)!.length).toBe(diff.rules[0]!.groups.length);
    expect(text.match(/The question/g)).toHaveLength(1);
  });

  test('is told to programs with every case and what each kernel asked', () => {
    expect(diffJson([v4_0, fiveTimes], rule, 1)).toMatchObject({
      first: 'v4.0',
      second: 'broken',
      seed: 3,
      exitCode: 1,
      rules: [
        {
          first: 'zoneReclaimable',
          second: 'zoneReclaimable',
          kind: 'question',
          same: false,
          cases: 300,
          elsewhere: {},
          groups: [
            {
              clause: { parting: 'zoneReclaimable', first: { answer: ['yes'] }, second: { answer: ['no'] } },
              case: { args: { order: 0 } },
              explained: {
                first: [
                  {
                    rule: 'zoneReclaimable',
                    zone: 'Normal',
                    answer: true,
                    calls: [{ rule: 'zoneReclaimablePages', answer: 1, calls: [] }],
                  },
                ],
                second: [{ rule: 'zoneReclaimable', answer: false }],
              },
            },
          ],
        },
      ],
    });
  });
});
