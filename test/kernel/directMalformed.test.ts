import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { oddLine, outcome, withoutAnswer } from './odd.ts';
import { vectorFile } from './vectors.ts';

const samples = readLines(vectorFile('direct', 'v5.9'))
  .slice(0, 20)
  .map(({ text }) => withoutAnswer(text));

test('an odd direct reclaim is answered or refused by a typed error that names its place', () => {
  const outcomes = { answered: 0, refused: 0 };
  fc.assert(
    fc.property(oddLine(samples), (text) => {
      outcomes[outcome(text)]++;
    }),
    { seed: 4, numRuns: 1500 },
  );
  expect(outcomes.refused).toBeGreaterThan(800);
  expect(outcomes.answered).toBeGreaterThan(20);
});

test.each([
  ['a node that there is not', { zonelist: [[2, 0]] }, 'zonelist[0][0]'],
  ['a zone that there is not', { zonelist: [[0, 9]] }, 'zonelist[0][1]'],
  ['an unknown flag', { args: { order: 0, gfpMask: ['FAST'], nrToReclaim: 1, reclaimIdx: 0 } }, 'args.gfpMask[0]'],
  ['an index above all zones', { args: { order: 0, gfpMask: [], nrToReclaim: 1, reclaimIdx: 9 } }, 'args.reclaimIdx'],
  ['pages of a zone above all', { script: [{ reclaimed: [0, 0, 0, 0, 0, 1] }] }, 'script[0].reclaimed'],
  ['an event in a zone above all', { script: [{ events: [{ take: { zone: 9, order: 0, count: 1 } }] }] }, '.take.zone'],
])('%s is refused where it stands', (_what, change, place) => {
  expect(() => answerCase({ ...samples[0], ...change }, 'odd.jsonl:1')).toThrow(place);
});
