import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryQuestion } from '../../../generators/index.ts';
import { deriveKernel, makeNode, v4_0, v4_19, v5_9, type Kernel, type Rules, type Zone } from '../../../model/index.ts';
import { comparisons, ruleOf } from '../../../search/diff/comparisons.ts';
import { askAnswering, record, type Call } from '../../../search/diff/recorder.ts';
import { askOf } from '../../../search/diff/rules.ts';
import { namesOfParams, sameRule } from '../../../search/diff/source.ts';
import { answerOf } from '../../../search/diff/answer.ts';

const questions = fc.sample(arbitraryQuestion(), { numRuns: 150, seed: 4 });

describe('a recorded question', () => {
  test.each([v4_0, v4_19, v5_9])(
    'is answered by $name as it is without a recorder, numbers watched or not',
    (kernel) => {
      for (const given of questions) {
        for (const comparison of comparisons) {
          if (comparison.kind !== 'question' || ruleOf(kernel, comparison) === undefined) continue;
          const ask = askOf(comparison, given);
          const answer = answerOf(ask(kernel));
          expect(answerOf(record(kernel, ask).answer)).toEqual(answer);
          expect(answerOf(record(kernel, ask, { reads: true }).answer)).toEqual(answer);
        }
      }
    },
  );

  const { system, node: written } = questions[0]!;
  const zone = makeNode(written).zones[0]!;

  test('keeps what was asked in turn, and the numbers that each rule looked at itself', () => {
    const ask = (k: Rules) => k.zoneReclaimable(v4_0, { ...system, swapPages: 0 }, zone);
    const [call] = record(v4_0, (k) => k.zoneReclaimable(k, { ...system, swapPages: 0 }, zone), { reads: true }).calls;
    expect(call).toMatchObject({ rule: 'zoneReclaimable', number: 0, answer: ask(v4_0) });
    expect(call!.reads.map(({ path }) => path)).toEqual(['pagesScanned']);
    const [asked] = call!.calls as readonly [Call];
    expect(asked).toMatchObject({ rule: 'zoneReclaimablePages', number: 1 });
    expect(asked.reads.map(({ path }) => path)).toEqual(['lru.activeFile', 'lru.inactiveFile', 'swapPages']);
  });

  test('watches a frozen state', () => {
    const frozen = Object.freeze({ ...zone, lru: Object.freeze({ ...zone.lru }) });
    const { answer } = record(v4_0, (k) => k.zoneReclaimablePages(k, system, frozen), { reads: true });
    expect(answer).toBe(v4_0.zoneReclaimablePages(v4_0, system, zone));
  });

  test('does not count what is only copied as looked at', () => {
    const copying = deriveKernel(v4_0, {
      name: 'copies',
      zoneReclaimable: (k, s, one) => k.zoneReclaimablePages(k, s, { ...one, pagesScanned: 0 }) > 0,
    });
    const [call] = record(copying, (k) => k.zoneReclaimable(k, system, zone), { reads: true }).calls;
    expect(call!.reads).toEqual([]);
  });

  test('can have one of its calls answered otherwise', () => {
    const ask = (k: Kernel) => k.zoneReclaimable(k, system, zone);
    expect(askAnswering(v4_0, ask, 1, 1e9)).toBe(true);
    expect(askAnswering(v4_0, ask, 1, 0)).toBe(false);
  });
});

describe('what a rule’s own text says', () => {
  const named = (zoneBalanced: Rules['zoneBalanced']) =>
    namesOfParams(deriveKernel(v4_0, { name: 'own', zoneBalanced }), 'zoneBalanced');

  test('names its parameters, however it is written', () => {
    const names = ['system', 'zone', 'order', 'balanceGap', 'zoneIdx'];
    expect(namesOfParams(v4_0, 'zoneBalanced')).toEqual(names);
    expect(named((_k, _system, zone, order) => zone.present > order)).toEqual(['system', 'zone', 'order']);
    expect(named((_k, _s, { present }, order = 3) => present > order)).toEqual(['s', '', 'order']);
    expect(named((...args) => args.length > 0)).toEqual(names);
    expect(named(() => true)).toEqual(names);
  });

  test('tells whether two kernels have the same rule, and the same rules below it', () => {
    const other = deriveKernel(v4_0, { name: 'other', zoneReclaimablePages: () => 0 });
    expect(sameRule(v4_0, v4_0, 'pgdatBalanced')).toBe(true);
    expect(sameRule(v4_0, other, 'zoneReclaimable')).toBe(false);
    expect(sameRule(v4_0, other, 'pgdatBalanced')).toBe(false);
    expect(sameRule(v4_0, other, 'zoneBalanced')).toBe(true);
  });

  test('counts as asking anything where it hands the kernel on', () => {
    const helper = (k: Kernel, one: Zone): boolean => k.zoneReclaimablePages(k, questions[0]!.system, one) > 0;
    const zoneReclaimable: Rules['zoneReclaimable'] = (k, _system, one) => helper(k, one);
    const first = deriveKernel(v4_0, { name: 'first', zoneReclaimable });
    const second = deriveKernel(first, { name: 'second', swapSetup: (_k, m) => m });
    expect(sameRule(first, deriveKernel(first, { name: 'first again' }), 'zoneReclaimable')).toBe(true);
    expect(sameRule(first, second, 'zoneReclaimable')).toBe(false);
  });
});
